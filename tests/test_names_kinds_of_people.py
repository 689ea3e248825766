"""Kinds of names of people in news: each table is one kind, its sentences are invented; everybody found is listed."""

from __future__ import annotations

import pytest
from named import people, read

# Credits behind a dateline, in brackets and in lines: names run together are divided as a whole.
CREDITS = [
    ("江海网南宁5月28日电(王秋霞秦瑞轩)昨天,大桥通车。", ["王秋霞", "秦瑞轩"]),
    ("江海网拉萨5月28日电(拉巴平措江飞波)昨天,大桥通车。", ["拉巴平措", "江飞波"]),
    ("江海网讯(记者 马立新 摄影 任永强)昨天,大桥通车。", ["马立新", "任永强"]),
    ("大桥通车。(责编:瞿丽华)", ["瞿丽华"]),
    ("监制丨李浙申勇强\n摄像丨张晓鹏钟锋", ["李浙", "申勇强", "张晓鹏", "钟锋"]),
    ("大桥通车。(江海新闻客户端记者贺卫通康晓宇)", ["贺卫通", "康晓宇"]),
    ("大桥通车。(江海新闻记者谢茂全詹文见习记者李迎)", ["谢茂全", "詹文", "李迎"]),
    ("大桥通车(资料图),展览开幕(图片来源:江海网)。", []),
]

# Names of minorities and of foreigners are whole.
WHOLE = [
    ("村民卡德尔汗·买买提昨天回家。", ["卡德尔汗·买买提"]),
    ("王海燕书记代表村委会签字。", ["王海燕"]),
    ("裁判官施祖贤昨天宣布裁决,书记官潘敏芳记录。", ["施祖贤", "潘敏芳"]),
    ("邻居林姓男子昨天说,火已经灭了。", []),
    ("他和爷爷陈伯住在一起。", []),
    ("村民卡德尔汗·买买提和热依扎·哈力克昨天回家。", ["卡德尔汗·买买提", "热依扎·哈力克"]),
    ("医生热依扎·哈力克介绍病情。", ["热依扎·哈力克"]),
    ("自治区主席艾尔肯·吐尼亚孜出席会议。", ["艾尔肯·吐尼亚孜"]),
    ("主席艾尔肯吐尼亚孜出席会议。", ["艾尔肯吐尼亚孜"]),
    ("教师吐尔逊·伊不拉音向学生介绍。", ["吐尔逊·伊不拉音"]),
    ("巴西总统卢拉·达席尔瓦发表讲话。", ["卢拉·达席尔瓦"]),
    ("外长斯克里普尼克·亚历山大来访。", ["斯克里普尼克·亚历山大"]),
    ("主席雪克来提•扎克尔讲话。", ["雪克来提•扎克尔"]),
]

# Of what parts a name is made that no dot divides, a list of usual parts tells; brackets add its form in Latin letters.
OF_PARTS = [
    ("藏族姑娘央金卓玛考上了大学。", ["央金卓玛"]),
    ("僧人洛桑丹增和次仁旺堆参加了仪式。", ["洛桑丹增", "次仁旺堆"]),
    ("副州长阿不力米提托乎提讲话。", ["阿不力米提托乎提"]),
    ("旗长苏和巴图到草原调研。", ["苏和巴图"]),
    ("村民阿卜杜拉·吐尔地种了十亩棉花。", ["阿卜杜拉·吐尔地"]),
    ("联储主席博斯滕(Roland Bosten)周五称,利率不变。", ["博斯滕", "Roland Bosten"]),
]

# A verb or a preposition takes a person; what a reporter does is no name.
TAKEN = [
    ("消防员把阮志成从井里救了上来。", ["阮志成"]),
    ("民警随后对管亮进行了询问。", ["管亮"]),
    ("单位同事陪同龙海燕去医院检查。", ["龙海燕"]),
    ("法院判处甄建业有期徒刑三年。", ["甄建业"]),
    ("他反复向记者强调,路已经修好。", []),
]

# Characters of a name with spaces between, in lists, credits and sentences; headings set so are no names.
SPACED = [
    ("签名人:许　亮　孟 小 刚　史秀兰", ["许　亮", "孟 小 刚", "史秀兰"]),
    ("出席会议的有宋　健、唐 志 平、余建国。", ["宋　健", "唐 志 平", "余建国"]),
    ("主任:江　海\n副主任:尹　宁　汤 国 良", ["江　海", "尹　宁", "汤 国 良"]),
    ("目 录\n时 间:上午 地 点:礼堂\n成 绩 单", []),
]

# A title may follow the name, and a body stand before it.
BODY_NAME_TITLE = [
    ("区民政局许静主任介绍情况。", [("许静", "主任")]),
    ("市教育局吴萍局长带队检查。", [("吴萍", "局长")]),
    ("市第一医院心内科郑强主任查房。", [("郑强", "主任")]),
    ("区消防局局长张伟带队夜查商场。", [("张伟", "区消防局局长")]),
]

# A bare surname, or a given name with a word of address, is a person whom the text names in full.
AGAIN = [
    ("被告蒋志强昨天出庭,蒋承认指控。庭审后,蒋表示不上诉。", ["蒋志强", "蒋", "蒋"]),
    ("护士李慧住在江州。昨天,李女士回家了。", ["李慧", "李"]),
    ("蒋志远和冯国栋去年合伙开店。蒋负责进货,冯负责看店。", ["蒋志远", "冯国栋", "蒋", "冯"]),
    ("昨天,王女士回家了,张先生也回家了。", []),
    ("罗思雨今年六岁。思雨小朋友唱了一首歌,大家都夸思雨宝宝。", ["罗思雨", "思雨", "思雨"]),
    ("徒弟卢志杰手脚勤快,小卢很受欢迎,人们都说老卢后继有人。", ["卢志杰", "卢", "卢"]),
    ("邓国良捡到钱包。失主给邓师傅送来锦旗。", ["邓国良", "邓"]),
    ("原告赵红霞起诉。法院认为,赵的请求没有依据,应由李某赔偿。", ["赵红霞", "赵"]),
    # … but not what only begins like one
    ("邓国良来自李村,邓姓是那里的大姓,邓某没有出庭。", ["邓国良"]),
]

# One who begins a clause and does what anybody may.
ACTING = [
    ("郭大海向法院起诉。", ["郭大海"]),
    ("穆长林捡到手机后主动归还。", ["穆长林"]),
    ("受罗春燕影响,妻子也加入了志愿队。", ["罗春燕"]),
    ("救援人员将牛建军抬上担架。", ["牛建军"]),
    ("高质量发展取得成效,张家口迎来游客。", []),
]

# Words, places and offices that only look like a name.
NOBODY = [
    "高雄市长、基隆市长都没有出席。",
    "理高于天,钱财散尽,工地继续施工。",
    "他服完兵役后笃行致远。",
    "胡杨林一片金黄,苏伊士运河恢复通航。",
    "陈某易被刑事拘留,杨某民被行政处罚。",
    "沈海高速公路全线通车,龙舟赛昨天举行。",
]


def test_the_head_of_another_government_holds_no_office_of_the_state_council() -> None:
    """总理 is an office of the State Council only where the country is China."""
    for body in ("印度总理莫汉·拉奥来访。总理莫汉·拉奥说,合作很好。", "越南总理范正明来访。总理范正明说,合作很好。"):
        assert "中华人民共和国国务院" not in [position.organization for position in read(body).positions]
    assert [position.organization for position in read("总理李正国出席会议。").positions] == ["中华人民共和国国务院"]


@pytest.mark.parametrize(("body", "names"), [*CREDITS, *WHOLE, *OF_PARTS, *TAKEN, *SPACED, *AGAIN, *ACTING])
def test_names(body: str, names: list[str]) -> None:
    assert [surface for surface, _, _ in people(read(body))] == names


@pytest.mark.parametrize(("body", "expected"), BODY_NAME_TITLE)
def test_titles_after_names(body: str, expected: list[tuple[str, str]]) -> None:
    assert [(surface, role) for surface, role, _ in people(read(body))] == expected


@pytest.mark.parametrize("body", NOBODY)
def test_nobody(body: str) -> None:
    assert people(read(body)) == []

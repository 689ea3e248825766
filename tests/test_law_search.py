"""What an editor states of a page leaves the rest of it as right as it was, or makes it better."""

from __future__ import annotations

from itertools import chain

import pytest
from banmian.page import read_page
from banmian.records import Page, Ruling

GEESE = "本报讯(记者 项南)大雁又回来了"
PARK = "白鹭洲湿地公园管理处主任"
HOSPITAL = "本报讯(记者 温知行)临江市第二人民医院"
PATH = "道,游人可以"
SHORT = (
    "三千只豆雁落脚白鹭洲",
    "目。院长褚鸿飞介绍,门诊大厅采用一站式服务,患者从挂号到取药平均只需四十分钟。",
    "为方便老年患者,医院保留了人工窗口,并安排六十名志愿者在各楼层引导。家住东门的赵大爷说,以前看眼科要跑到省",
    "本报讯(记者 项南)大雁又回来了。昨天上午,巡护员在白鹭洲湿地公园数到了三千一百只豆雁,比去年同期多出近六百只。",
    "临江大学生命科学学院副教授叶青提醒,投喂面包会伤害候鸟的肠胃,请市民只看不喂。",
    "本报讯(记者 温知行)临江市第二人民医院新院区昨天正式启用,首日接诊两千三百余人次。新院区位于城东大道,设床位八百张,"
    "是市里近十年投资最大的医疗项",
    "首日接诊两千三百余人次",
    "白鹭洲湿地公园管理处主任凌波说,连续三年退渔还湿,让水草和底栖动物多了起来,候鸟有了吃的,自然愿意多住几天。"
    "为了不惊扰候鸟,公园关闭了东侧的观鸟步",
)
WHOLE = (
    *SHORT[:4],
    "市二院新院区启用",
    "道,游人可以在西岸的观鸟塔上用望远镜观看。",
    *SHORT[4:7],
    "城,现在坐三站公交就到了。",
    "医院还开通了夜间儿科门诊,每天开到二十二点。市卫生健康委员会主任孟繁星表示,下一步将把检查结果互认扩大到县级医院,"
    "让病人少抽一次血、少拍一次片。",
    SHORT[7],
)
HEADLINE = ("headline", "市二院新院区启用", HOSPITAL)
SUBHEADLINE = ("subheadline", "首日接诊", HOSPITAL)
OTHER_HEADLINE = ("headline", "三千只", GEESE)
NEXT = ("paragraph", GEESE, PARK)
GOES_ON = ("join", PARK, PATH)

Statement = tuple[str, str, str]


def read(lines: tuple[str, ...], *statements: Statement) -> Page:
    """The page of these lines with statements of a kind on two lines, which it follows."""
    text = "\n\n".join(lines) + "\n"
    at = [text.index(f"\n{line}") + 1 if line != lines[0] else 0 for line in lines]

    def place(begin: str) -> int:
        return next(start for start, line in zip(at, lines, strict=True) if line.startswith(begin))

    page = read_page(text, (), [Ruling(kind, place(one), place(other), "r") for kind, one, other in statements])
    assert page.unheeded == ()
    return page


def margins(page: Page) -> list[float]:
    found = [reading.margin for reading in chain(page.joins, page.moves, page.headings)]
    return [margin for margin in found if margin is not None]


def bodies(page: Page) -> str:
    return "\n".join(article.fields["body"].text for article in page.articles)


def test_a_true_statement_leaves_the_joins_of_other_lines_as_they_were() -> None:
    assert "医疗项目。院长" in bodies(read(SHORT))
    stated = read(SHORT, NEXT)
    assert "医疗项目。院长" in bodies(stated)
    assert "观鸟步目" not in bodies(stated)


@pytest.mark.parametrize(
    ("statements", "joined"),
    [
        ([], "医疗项目。院长 省城,现在"),
        ([SUBHEADLINE], "医疗项目。院长 省城,现在"),
        ([NEXT], "医疗项目。院长 省城,现在"),
        ([GOES_ON], "医疗项目。院长 省城,现在 步道,游人"),
        ([HEADLINE, SUBHEADLINE], "医疗项目。院长 省城,现在"),
        ([HEADLINE, NEXT], "医疗项目。院长 省城,现在 步道,游人"),
        ([HEADLINE, SUBHEADLINE, NEXT], "医疗项目。院长 省城,现在 步道,游人"),
        ([OTHER_HEADLINE, NEXT, GOES_ON], "医疗项目。院长 省城,现在 步道,游人"),
        ([HEADLINE, SUBHEADLINE, OTHER_HEADLINE, NEXT], "医疗项目。院长 省城,现在 步道,游人"),
        ([HEADLINE, SUBHEADLINE, OTHER_HEADLINE, GOES_ON], "医疗项目。院长 省城,现在 步道,游人"),
        ([HEADLINE, SUBHEADLINE, OTHER_HEADLINE, NEXT, GOES_ON], "医疗项目。院长 省城,现在 步道,游人"),
    ],
)
def test_true_statements_make_more_joins_right_and_none_wrong(statements: list[Statement], joined: str) -> None:
    page = read(WHOLE, *statements)
    assert [join for join in joined.split() if join not in bodies(page)] == []
    assert [margin for margin in margins(page) if margin < 0] == []

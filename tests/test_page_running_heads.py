"""Running heads and page lines: the paper's name, date, weekday, number, price and address are furniture."""

from __future__ import annotations

import pytest
from banmian.page import read_page
from banmian.page.marks import read_unit
from banmian.page.source import read_lines

TRADITIONAL = """\
江城日報 中華民國三十五年三月十二日 星期二 第四版
第四版 星期二 中華民國卅五年三月十二日 江城日報
(第四版) 中華民國卅五年三月十二日 (星期二) 江城日報
中華民國三十五年三月十二日(星期二)
星期二 中華民國三十五年三月十二日 夏曆丙戌年二月初九
民國三十五年三月十二日 夏曆丙戌年二月初九日 第二張
大公報 第三版 中華民國三十七年十一月五日 (星期五)
中華民國卅七年十一月五日 農曆十月初五 禮拜五
陰曆七月初五日
舊曆丙寅年七月初五
農曆丙午年正月廿四
第一二三四號
第一千二百三十四號
本報今日出版一大張
今日出紙兩大張半 每份零售國幣一百元
零售每份港幣八元
社址:江城中山路一二〇號 電話:三四五六
館址:江城漢正街十八號
電話:二三四五六
編輯部電話二三四五 營業部電話三四五六
電報掛號:三四五六
印刷者:江城印書館
江城民報 第四版 民國三十五年三月十二日
華僑日報 一九五三年五月六日 星期三 第二張第三頁
星島日報 星期四 一九六二年三月八日 港聞
中華郵政登記認為第二類新聞紙類
內政部登記證警字第一二三四號
創刊於民國元年
民國元年創刊
社長 王強 總編輯 李明
第四頁
第二張第三版
中華民國三十五年三月十二日 第一二三四號 本報今日一張半 零售每份一百元"""
SIMPLIFIED = """\
中华民国三十五年三月十二日 江城日报 星期二 第四版
民国二十六年七月八日 星期四 第一张 第三版
农历丙午年正月廿四 今日16版
农历二月初九
第12345号
第8267期 今日12版
总第1234期
(总第1234期)
每份零售法币五百元
每份国币一百元
零售每份大洋四分
每份定价1.50元
定价:每月三元六角
社址 江城中山路一百二十号
电话 二三四五
发行所:江城日报社
1946年3月12日 星期二 江城日报 04
一九四六年三月十二日 星期二
公元一九四六年三月十二日 江城日报
江城晚报 2026年3月12日 星期四 A4 本埠新闻
2026年3月12日 星期四 农历丙午年正月廿四 第8267期
2026年3月12日 星期四 责编:王强
新闻热线:027-85123456
地址:江城市中山路120号 邮编:430000
Thursday, March 12, 2026
2026-03-12 Thursday A04
MARCH 12, 2026
中华邮政特准挂号认为新闻纸类
创刊于1946年
江城日报 创刊于1946年 第12345号
发行人:王强 社长:李明"""
# Lines that begin or end like one.
TEXT = """\
中华民国三十五年的春天
民国三十五年三月十二日的江城
星期二的会议
电话打了三次没人接
第四版规划通过审议
农历新年到来前各地举行庙会
农历腊月廿三过小年
今日出版的新书
每份爱心都值得珍惜
社址搬迁引发热议
创刊号拍出高价
中美联合公报发表
第12345号决议获通过
定价机制改革启动
零售价格上涨百分之三
第一号台风登陆
三月十二日植树节
第八届园林博览会开幕
二月初九赶大集
总第三届文化节
每份盒饭十五元
地址选在城东
电话销售新规出台
2026年春运今天开始
发行人违约处罚
第1234号文件落地
第一号通报
第3期简报
第二期公报
民國三十五年春季招生
江城日报记者节见闻
邮政改革方案公布
农历正月十五闹元宵
阴历七月十五中元节
旧历年怎么过
今日三张罚单开出
社长李明谈办报
第二张身份证
第四页说明书
一份订报单
每月三元六角的房租"""


def is_furniture(line: str, traditional: bool) -> bool:
    return read_unit(read_lines(line, ())[0], traditional).whole == "furniture"


@pytest.mark.parametrize("line", TRADITIONAL.split("\n"))
def test_a_running_head_of_a_traditional_page_is_furniture(line: str) -> None:
    assert is_furniture(line, traditional=True)


@pytest.mark.parametrize("line", SIMPLIFIED.split("\n"))
def test_a_running_head_is_furniture(line: str) -> None:
    assert is_furniture(line, traditional=False)


@pytest.mark.parametrize("line", TEXT.split("\n"))
def test_a_line_that_begins_or_ends_like_a_running_head_is_none(line: str) -> None:
    assert not is_furniture(line, traditional=True)


def test_a_running_head_above_a_headline_is_no_kicker() -> None:
    head, headline = "江城日報 中華民國三十五年三月十二日 星期二 第四版", "市立圖書館下月開放"
    text = f"{head}\n\n{headline}\n\n【本報訊】市立圖書館定於下月一日開放,市民憑證可以借閱圖書報紙。\n"
    kinds = {span.text: span.kind for span in read_page(text).spans}
    assert (kinds[head], kinds[headline]) == ("furniture", "headline")

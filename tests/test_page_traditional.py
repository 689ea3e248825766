"""Traditional pages are read as simplified ones, character by character; what is published is what is printed."""

import pytest
from banmian.page import read_page
from banmian.page.marks import read_units
from banmian.page.source import read_lines
from banmian.words.characters import is_traditional, simplified
from hypothesis import given
from hypothesis import strategies as st


def parts(text):
    (unit,) = read_units(read_lines(text, []))
    return unit.whole, [(part.kind, text[part.start : part.end]) for part in unit.parts if part.kind != "markup"]


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("〔中央社臺北廿日電〕行政院長今天說明。", "中央社臺北廿日電"),
        ("〔本報訊〕昨日大橋開放。", "本報訊"),
        ("［本報訊］昨日大橋開放。", "本報訊"),
        ("新華社北京十日電 昨日大橋開放。", "新華社北京十日電"),
        ("(法新社巴黎3日電)昨日大橋開放。", "法新社巴黎3日電"),
        ("【合眾社華盛頓廿五日電】昨日大橋開放。", "合眾社華盛頓廿五日電"),
        ("中央社東京二十三日合眾電:昨日大橋開放。", "中央社東京二十三日合眾電"),
        ("▲本報訊 昨日大橋開放。", "本報訊"),
        ("【又訊】昨日大橋開放。", "又訊"),
        ("昨日大橋開放,兩岸居民過江。", None),
    ],
)
def test_datelines(text, dateline):
    found = dict(parts(text)[1])
    assert found.get("dateline") == dateline
    assert found["content"].endswith(("說明。", "開放。", "過江。"))


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("〔記者陳小明／臺北報導〕昨日大橋開放。", "記者陳小明／臺北報導"),
        ("(實習記者 陳小明)昨日大橋開放。", "實習記者 陳小明"),
        ("【本報訊】記者陳小明報導:昨日大橋開放。", "記者陳小明"),
    ],
)
def test_bylines(text, byline):
    assert dict(parts(text)[1])["byline"] == byline


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("記者 陳小明", "byline"),
        ("特派員 陳小明", "byline"),
        ("圖/文 陳小明", "byline"),
        ("本報記者陳小明 攝", "caption"),
        ("圖為新落成的大橋。", "caption"),
        ("資料圖片", "caption"),
        ("責任編輯:陳小明", "furniture"),
        ("中華民國三十五年五月一日 星期三", "furniture"),
        ("下轉第三版", "jump"),
        ("（緊接第一版）", "jump"),
        ("〔美聯社紐約卅日電〕", "dateline"),
        ("昨日大橋開放", None),
    ],
)
def test_forms_of_whole_lines(text, whole):
    assert parts(text)[0] == whole


STORY = [
    "跨江大橋的建設者在江面上連續奮戰了三年,昨天上午,大橋的最後一段鋼樑終於吊裝到位。",
    "大橋全長四千米,雙向六車道,通車以後,兩岸居民過江的時間將從一小時縮短到十分鐘。",
    "施工單位介紹,大橋的鋼樑在岸上分段製造,再用船運到江心,由起重船一段一段吊裝。",
]


def test_words_that_a_column_cuts_are_joined():
    cut = STORY[2].index("製造") + 1
    page = read_page("\n\n".join(["# 跨江大橋昨天合龍", *STORY[:2], STORY[2][:cut], STORY[2][cut:]]))
    (article,) = page.articles
    assert article.text("headline") == "跨江大橋昨天合龍"
    assert article.text("body") == "\n".join(STORY)


@pytest.mark.parametrize(
    ("text", "traditional"),
    [(STORY[0], True), ("跨江大桥昨天合龙", False), ("乾隆年间的" * 30 + "臺", False), ("", False)],
)
def test_a_page_is_traditional_by_its_common_characters(text, traditional):
    assert is_traditional([text]) == traditional


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("〔〕,。「」a1 ")))
def test_reading_keeps_the_number_of_characters(text):
    assert len(simplified(text)) == len(text)

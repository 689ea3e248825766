"""Names in pinyin beside the characters, for who reads English: in the list, on a person's page, in citations."""

from __future__ import annotations

import lxml.html
import pytest
from banmian.site.romanized import romanized, romanized_of
from published import Published


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("龚正", "Gong Zheng"),
        ("龔正", "Gong Zheng"),
        ("李建安", "Li Jian'an"),
        ("吕秀莲", "Lü Xiulian"),
        ("欧阳修", "Ouyang Xiu"),
        ("陈方安生", "Chen Fang Ansheng"),
        # Surnames, and characters in given names, that are read otherwise than mostly.
        ("单小平", "Shan Xiaoping"),
        ("曾国藩", "Zeng Guofan"),
        ("仇和", "Qiu He"),
        ("任正非", "Ren Zhengfei"),
        ("查良镛", "Zha Liangyong"),
        ("卜小龙", "Bu Xiaolong"),
        ("尉迟恭", "Yuchi Gong"),
        ("長孫無忌", "Zhangsun Wuji"),
        ("王晟", "Wang Sheng"),
        # Foreigners' names, and what is no whole name.
        ("特朗普", None),
        ("史密斯", None),
        ("罗斯福", None),
        ("安倍晋三", None),
        ("田中角荣", None),
        ("汤姆·霍曼", None),
        ("阿不都热西提", None),
        ("央金卓玛", None),
        ("小明", None),
        ("John", None),
        ("", None),
        (None, None),
    ],
)
def test_a_chinese_name_is_read_as_a_name_and_a_transliteration_is_not(name: str | None, letters: str | None) -> None:
    assert romanized(name) == letters


def test_who_has_a_foreigners_name_too_is_a_foreigner() -> None:
    assert romanized("马克龙") == "Ma Kelong"
    assert romanized_of("马克龙", ["埃马纽埃尔·马克龙"]) is None
    assert romanized_of("龚正", ["龚市长"]) == "Gong Zheng"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_persons_page_and_the_list_have_it(site: Published, language: str) -> None:
    for path in ("/people/龚正", "/people"):
        page = lxml.html.fromstring(site.get(f"{path}?_lang={language}").text)
        assert "Gong Zheng" in page.xpath("//*[@lang='zh-Latn']/text()")
    assert site.get("/edition/people_listed.json?_shape=array&first=龚").json()[0]["pinyin"] == "Gong Zheng"

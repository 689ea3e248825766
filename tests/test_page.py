"""The page in seeds/ is put together exactly as it was marked by hand."""

import gold_page
import pytest
from banmian.page import read_page
from banmian.records import Correction
from banmian.words.remarks import english


@pytest.fixture(scope="module")
def page():
    return read_page(gold_page.seed_text(), gold_page.gold_corrections())


def test_the_seed_page_is_the_gold(page):
    assert list(page.articles) == gold_page.gold_articles()
    assert page.warnings == ()


def test_every_join_says_why(page):
    assert len(page.joins) == 9
    assert all(join.evidence and join.margin is not None for join in page.joins)


@pytest.mark.parametrize(
    ("printed", "corrected", "warnings"),
    [
        ("植数", "植树", ()),
        ("本报汛", "本报讯", ()),
        ("本报讯** 全", "本报讯** 今", ("line 3: the correction of '本报讯** 全' reaches into dateline, markup",)),
        ("# 全", "全", ("line 1: the correction of '# 全' reaches into markup",)),
    ],
)
def test_a_correction_that_decides_what_a_line_is_is_pointed_out(
    printed: str, corrected: str, warnings: tuple[str, ...]
) -> None:
    dateline = "本报汛" if printed == "本报汛" else "本报讯"
    text = f"# 全市植树活动启动\n\n**{dateline}** 全市植数活动今天启动。\n"
    start = text.index(printed)
    correction = Correction(start, start + len(printed), printed, corrected, "OCR")
    found = [english(one) for one in read_page(text, [correction]).warnings if one.kind == "correction_crosses"]
    assert len(found) == len(warnings)
    assert all(one.startswith(other) for one, other in zip(found, warnings, strict=True))

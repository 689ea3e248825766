"""A line between paragraphs is the next article's headline, a crosshead or text, by what stands around it."""

import pytest
from banmian.page import read_page

HARBOUR = [
    "连日来,海湾新区的渔民抢抓农时,采收今年的第一批海带,码头上一片忙碌。",
    "新区农业局负责人介绍,今年海带养殖面积扩大到三千亩,预计总产量比去年增加两成。",
    "养殖户说,合作社统一提供苗种和技术,海带不愁销路,收入一年比一年高。",
]
LIBRARY = [
    "昨天,市图书馆新馆正式向读者开放,首日接待读者八千多人次。",
    "新馆设有少儿阅览室和盲人阅览室,藏书达到一百二十万册,读者可以自助借还图书。",
    "图书馆馆长表示,今后还将举办讲座和展览,让更多读者走进图书馆。",
]


@pytest.mark.parametrize("mark", ["", "# ", "## "])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_headline_of_new_matter_begins_an_article(mark: str, gap: str) -> None:
    lines = [f"{mark}海湾新区海带喜获丰收", *HARBOUR, f"{mark}市图书馆新馆向读者开放", *LIBRARY]
    page = read_page(gap.join(lines) + "\n")
    assert [article.text("headline") for article in page.articles] == ["海湾新区海带喜获丰收", "市图书馆新馆向读者开放"]


@pytest.mark.parametrize(("mark", "other"), [("# ", "## "), ("## ", "### "), ("# ", "**")])
def test_a_heading_of_lower_rank_inside_is_a_crosshead(mark: str, other: str) -> None:
    closing = other if other == "**" else ""
    lines = [f"{mark}海湾新区海带喜获丰收", *HARBOUR[:2], f"{other}海带不愁销路{closing}", HARBOUR[2]]
    page = read_page("\n\n".join(lines) + "\n")
    assert [span.text for span in page.spans if span.kind == "crosshead"] == ["海带不愁销路"]
    assert len(page.articles) == 1

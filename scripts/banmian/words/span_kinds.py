"""The kinds of spans, the one table of what a run of a page's source can be, and what an editor may state of lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanKind:
    """What a run of a page's source can be, named in Chinese and English; this table is the only list of kinds.

    `field`: articles have a field of it. `paragraph`: it stands in paragraphs. `loose`: it belongs to no article.
    `stated`: an editor may state it of a line (others are only part of a line). `apart`: lines of it break into the
    text, the search for the order never sees them. `heading`: a line of an article's heading, `block`: of what stands
    together around the headline, in the order of this table, `most`: how many lines of it an article has at most.
    """

    chinese: str
    english: str
    field: bool = False
    paragraph: bool = False
    loose: bool = False
    stated: bool = True
    apart: bool = False
    heading: bool = False
    block: bool = False
    most: int | None = None


SPAN_KINDS: Mapping[str, SpanKind] = {
    "kicker": SpanKind(chinese="引题", english="kicker", field=True, heading=True, block=True, most=2),
    "headline": SpanKind(chinese="主题", english="headline", field=True, heading=True, block=True),
    "subheadline": SpanKind(chinese="副题", english="subheadline", field=True, heading=True, block=True, most=2),
    "crosshead": SpanKind(chinese="插题", english="crosshead", paragraph=True),
    "rubric": SpanKind(chinese="栏目", english="rubric", field=True, heading=True, most=1),
    "dateline": SpanKind(chinese="消息头", english="dateline", field=True, stated=False),
    "byline": SpanKind(chinese="署名", english="byline", field=True, heading=True),
    "caption": SpanKind(chinese="图片说明", english="caption", field=True, apart=True),
    "table": SpanKind(chinese="表格", english="table", apart=True),
    "jump": SpanKind(chinese="转版", english="jump", loose=True, apart=True),
    "furniture": SpanKind(chinese="版面附件", english="furniture", loose=True, apart=True),
    "body": SpanKind(chinese="正文", english="body", field=True, paragraph=True),
    "withdrawn": SpanKind(chinese="撤回", english="withdrawn", loose=True, stated=False),
    "markup": SpanKind(chinese="标记", english="markup", loose=True, stated=False),
    "blank": SpanKind(chinese="空白", english="blank", loose=True, stated=False),
}
FIELDS = tuple(name for name, kind in SPAN_KINDS.items() if kind.field)
# The fields in which no paragraphs stand.
HEADINGS = tuple(name for name in FIELDS if not SPAN_KINDS[name].paragraph)
STATED = tuple(name for name, kind in SPAN_KINDS.items() if kind.stated)
# The block around the headline, from top to bottom: what stands above the headline, and what below.
_BLOCK = tuple(name for name, kind in SPAN_KINDS.items() if kind.block)
ABOVE, BELOW = _BLOCK[: _BLOCK.index("headline")], _BLOCK[_BLOCK.index("headline") + 1 :]
# What stands in paragraphs; what stands over an article; with which headings an article may begin.
INNER = frozenset(name for name, kind in SPAN_KINDS.items() if kind.paragraph)
HEADS = frozenset(name for name, kind in SPAN_KINDS.items() if kind.heading and name != "byline")
BEGINNINGS = (HEADS | {"byline"}) - {"subheadline"}
# What stands beside the text of an article.
BESIDE = tuple(name for name in HEADINGS if SPAN_KINDS[name].stated and not SPAN_KINDS[name].heading)
# What an editor is asked first whether a line is it.
ASKED = ("headline", "crosshead", "body", "furniture")
# How an editor may say that two lines stand to each other, and what else may be said of lines than their kind.
FOLLOWING = ("join", "paragraph")
LINKS = (*FOLLOWING, "apart")
RULINGS = (*LINKS, "begins", "article", *STATED)

"""Very long pages in parts: each is searched by itself, so that time and memory grow with the page and no faster.

How a page is set is told by at most 2,000 lines: one of more is first divided into stretches, each of which is put
together (wrapped.py) as a page of its own. What then has more than MOST_AT_ONCE lines (fragments, where printed lines
were put together) is divided where an article most likely begins, and fewer ways to divide each part are looked at
(solve.py). What stands in two parts stays apart: a remark says both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from banmian.page.cuts import stop_of
from banmian.page.marks import Unit
from banmian.records import Page, Remark, Ruling

# So many lines, put together by themselves, tell how a page is set: all of them together took more and more memory.
_STRETCH = (1000, 2000)
# A page of more lines is searched in parts, and with fewer steps for each line.
MOST_AT_ONCE = 200
_PART = (40, 100)
_SIMPLER = ("too_large", "not_improved")


def stretches_of(lines: Sequence[Unit], rulings: Sequence[Ruling] = ()) -> list[list[Unit]]:
    """The lines of a page in stretches that may be put together one by one; all in one where they are few."""
    return _divided(lines, rulings, _STRETCH[1], _STRETCH)


def parts_of(units: Sequence[Unit], rulings: Sequence[Ruling] = ()) -> list[list[Unit]]:
    """The units in parts that may be searched one by one; all in one where they are few."""
    return _divided(units, rulings, MOST_AT_ONCE, _PART)


def _divided(
    units: Sequence[Unit], rulings: Sequence[Ruling], at_once: int, sizes: tuple[int, int]
) -> list[list[Unit]]:
    """The units in parts of such `sizes` where they are more than may be dealt with `at_once`.

    No part ends between two lines that a ruling names together.
    """
    if len(units) <= at_once:
        return [list(units)]
    least, most = sizes
    together = [
        (min(offsets), max(offsets))
        for ruling in rulings
        if len(offsets := {ruling.line, ruling.other or ruling.line, *[line for line, _ in ruling.lines]}) > 1
    ]
    parts, begin = [], 0
    while len(units) - begin > most:
        free = (
            end
            for end in range(begin + least, len(units) - least + 1)
            if not any(first < units[end].line.start <= last for first, last in together)
        )
        first_free = next(free, len(units))
        near = [first_free, *takewhile((begin + most).__ge__, free)]
        end = max(near, key=lambda at: (_divides(units, at), at))
        parts.append(list(units[begin:end]))
        begin = end
    return [*parts, list(units[begin:])] if begin < len(units) else parts


def _divides(units: Sequence[Unit], at: int) -> int:
    """How likely an article begins there: at a marked line above all, then at a dateline, then after a stop."""
    if at == len(units):
        return 0
    above, below = units[at - 1], units[at]
    after_stop = stop_of(above.text) == "full"
    if below.level and not above.level:
        return 4 - min(below.level, 2) + after_stop
    return 2 * bool(below.dateline) + after_stop


def merged(pages: Sequence[Page], lines: int) -> Page:
    """The pages of the parts as one; `lines` are all that were dealt out to them."""
    if len(pages) == 1:
        return pages[0]
    first, articles = [], 0
    for page in pages:
        first.append(articles)
        articles += len(page.articles)
    numbered = list(zip(first, pages, strict=True))
    return Page(
        tuple(
            span if span.article is None else replace(span, article=span.article + before)
            for before, page in numbered
            for span in page.spans
        ),
        tuple(article for page in pages for article in page.articles),
        tuple(sorted((join for page in pages for join in page.joins), key=lambda join: join.left_end)),
        (Remark("in_parts", {"parts": len(pages), "lines": lines}), *_remarks(pages)),
        tuple(sorted((move for page in pages for move in page.moves), key=lambda move: move.left_end)),
        tuple(
            replace(heading, article=heading.article + before) for before, page in numbered for heading in page.headings
        ),
        broken=tuple(replace(one, article=one.article + before) for before, page in numbered for one in page.broken),
    )


def _remarks(pages: Sequence[Page]) -> Iterable[Remark]:
    """What is said of the parts: that no headline was found only where it holds for all of them."""
    found = [remark for page in pages for remark in page.warnings if remark.kind not in _SIMPLER]
    if sum(remark.kind == "no_headline" for remark in found) == len(pages):
        yield Remark("no_headline")
    yield from (remark for remark in found if remark.kind != "no_headline")

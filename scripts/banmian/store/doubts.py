"""Which doubts touch which mention, so that a doubt stands wherever the doubtful name or office is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from banmian.records import Doubt, Field, Mention


def doubts_of(mention: Mention, field: Field, doubts: Iterable[Doubt]) -> Iterator[tuple[Doubt, str]]:
    """Each of `doubts` that overlaps the printed name or role of `mention`, which stands in `field`.

    Gives (doubt, 'name' or 'role'); a doubt about both is one about the name. Ranges that column breaks cut are
    compared fragment by fragment: what stands between the fragments in the file is no part of them.
    """
    for doubt in doubts:
        if _touches(field, mention.start, mention.end, doubt):
            yield doubt, "name"
        elif mention.role_start is not None and mention.role_end is not None:
            touched = _touches(field, mention.role_start, mention.role_end, doubt)
            yield from [(doubt, "role")] if touched else []


def _touches(field: Field, start: int, end: int, doubt: Doubt) -> bool:
    for piece in field.pieces:
        first, last = max(start, piece.start), min(end, piece.end)
        if first < last:
            source_start, source_end = field.source_range(first, last)
            if source_start < doubt.end and doubt.start < source_end:
                return True
    return False

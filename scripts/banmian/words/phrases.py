"""Phrases that several articles of one edition share, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

# A phrase and its places: (index of the body, offset).
Phrase = tuple[str, Sequence[tuple[int, int]]]

SHORTEST = 7
_LONGEST = 60
_PAIRS = ("“”", "‘’", "《》", "()", "（）", "「」", "『』", "〈〉", "【】")
_PARTNERS = {a: b for pair in _PAIRS for a, b in ((pair[0], pair[1]), (pair[1], pair[0]))}


def shared_phrases(bodies: Sequence[str]) -> list[Phrase]:
    """The longest phrases of at least SHORTEST characters that stand in two or more of `bodies`.

    Sorted by phrase; a phrase keeps inside a paragraph, neither begins
    nor ends with punctuation, and is listed when at least one of its places is not inside a longer shared phrase.
    Method: sorted suffixes; the longest prefix that a suffix shares with one of another body is that of a neighbour.
    """
    starts = _shared_starts(bodies)
    matches = (_trim(bodies[body], start, end) for body, start, end in _longest_matches(bodies, starts))
    return [
        (phrase, [(n, at) for n, at in starts[phrase[:SHORTEST]] if bodies[n].startswith(phrase, at)])
        for phrase in sorted({match for match in matches if len(match) >= SHORTEST})
    ]


def _shared_starts(bodies: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """The runs of SHORTEST characters that stand in two bodies or more, each with its places in order.

    Few do: what is done with them may cost more than a look at each.
    """
    first: dict[str, int] = {}
    shared: dict[str, list[tuple[int, int]]] = {}
    runs = [[body[at : at + SHORTEST] for at in range(len(body) - SHORTEST + 1)] for body in bodies]
    for n, of_body in enumerate(runs):
        for run in of_body:
            if first.setdefault(run, n) != n and "\n" not in run:
                shared[run] = []
    for n, of_body in enumerate(runs):
        for at, run in enumerate(of_body):
            if run in shared:
                shared[run].append((n, at))
    return shared


def _longest_matches(
    bodies: Sequence[str], starts: Mapping[str, Sequence[tuple[int, int]]]
) -> Iterator[tuple[int, int, int]]:
    """(body, start, end) of each match that no longer match beginning earlier encloses."""
    longest: dict[tuple[int, int], int] = {}
    suffixes = sorted(
        (bodies[n][at : at + _LONGEST].partition("\n")[0], n, at) for places in starts.values() for n, at in places
    )
    for ordered in (suffixes, suffixes[::-1]):
        # Two bodies, the latest last, are enough: one of them is the nearest suffix that is not of this body.
        last: dict[int, str] = {}
        for text, n, at in ordered:
            for other in [m for m in last if m != n]:
                longest[n, at] = max(longest.get((n, at), 0), _common_prefix(text, last[other]))
            last.pop(n, None)
            last[n] = text
            if len(last) > 2:
                del last[next(iter(last))]
    for (n, at), length in longest.items():
        if length >= SHORTEST and longest.get((n, at - 1), 0) <= length:
            yield n, at, at + length


def _common_prefix(left: str, right: str) -> int:
    length = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        length += 1
    return length


def _trim(body: str, start: int, end: int) -> str:
    """The match without punctuation at its ends, but for a quotation mark or bracket whose partner is inside."""
    while start < end and not body[start].isalnum() and _PARTNERS.get(body[start], "\0") not in body[start:end]:
        start += 1
    while start < end and not body[end - 1].isalnum() and _PARTNERS.get(body[end - 1], "\0") not in body[start:end]:
        end -= 1
    return body[start:end]

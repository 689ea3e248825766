"""Phrases that several articles of one edition share, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

SHORTEST = 7
_LONGEST = 60
_PAIRS = ("“”", "‘’", "《》", "()", "（）", "「」", "『』", "〈〉", "【】")
_PARTNERS = {a: b for pair in _PAIRS for a, b in ((pair[0], pair[1]), (pair[1], pair[0]))}


def shared_phrases(bodies: Sequence[str]) -> list[tuple[str, list[tuple[int, int]]]]:
    """The longest phrases of at least SHORTEST characters that stand in two or more of `bodies`.

    Returns (phrase, [(index of the body, offset)]) sorted by phrase; a phrase keeps inside a paragraph, neither begins
    nor ends with punctuation, and is listed when at least one of its places is not inside a longer shared phrase.
    Method: sorted suffixes; the longest prefix that a suffix shares with one of another body is that of a neighbour.
    """
    matches = (_trim(bodies[body], start, end) for body, start, end in _longest_matches(bodies))
    phrases = {match for match in matches if len(match) >= SHORTEST}
    found = []
    for phrase in sorted(phrases):
        places = [(n, at) for n, body in enumerate(bodies) for at in _occurrences(body, phrase)]
        found.append((phrase, places))
    return found


def _longest_matches(bodies: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(body, start, end) of each match that no longer match beginning earlier encloses."""
    longest = [[0] * (len(body) + 1) for body in bodies]
    suffixes = sorted(
        (body[at : at + _LONGEST].partition("\n")[0], n, at) for n, body in enumerate(bodies) for at in range(len(body))
    )
    for ordered in (suffixes, suffixes[::-1]):
        # Two bodies, the latest last, are enough: one of them is the nearest suffix that is not of this body.
        last: dict[int, str] = {}
        for text, n, at in ordered:
            for other in [m for m in last if m != n]:
                longest[n][at] = max(longest[n][at], _common_prefix(text, last[other]))
            last.pop(n, None)
            last[n] = text
            if len(last) > 2:
                del last[next(iter(last))]
    for n, lengths in enumerate(longest):
        for at, length in enumerate(lengths):
            if length >= SHORTEST and (at == 0 or lengths[at - 1] <= length):
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


def _occurrences(body: str, phrase: str) -> Iterator[int]:
    at = body.find(phrase)
    while at >= 0:
        yield at
        at = body.find(phrase, at + 1)

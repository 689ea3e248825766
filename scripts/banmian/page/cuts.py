"""What the text on both sides of a cut says about whether it was one sentence before the column ended.

`Side` holds what is computed once a line, `crossing` what depends on the pair. Everything is counted from the two lines
themselves, the page around them, and jieba's dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log
from operator import add

from banmian import words
from banmian.page.fluency import fluency
from banmian.page.lexicon import numbers, pattern
from banmian.page.lexicon import words as lexicon

_REACH = 7
_LONGEST_WORD = 5
_STOPS = "。!?…"
_CLOSING = "”’」』)》】〉"
_PAUSES = ",、;:,"
_BRACKETS = {"“": "”", "‘": "’", "(": ")", "《": "》", "「": "」", "『": "』", "【": "】"}
_LONGEST_CROSSING = 6


@dataclass(frozen=True, slots=True)
class Side:
    """A line as seen from a cut.

    `tail_costs[k]` is the log probability of the best words for all but the last k characters of the tail, less that of
    the whole tail; `head_costs[k]` likewise for all but the first k of the head.
    """

    text: str
    tail: str
    head: str
    tail_costs: tuple[float, ...]
    head_costs: tuple[float, ...]
    stop: str
    opened: str
    closes: str
    start: float
    end: float
    opens_paragraph: bool
    opens_clause: bool
    goes_on: bool
    dangles: bool
    measure: str
    last_word: str


@lru_cache(maxsize=2048)
def read_side(text: str) -> Side:
    """The two ends of a line. `text` is not empty."""
    tail, head = text[-_REACH:], text[:_REACH]
    forward, backward = _forward(tail), _backward(head)
    last = _last_words(tail)
    first = _first_words(head)
    return Side(
        text=text,
        tail=tail,
        head=head,
        tail_costs=tuple(forward[len(tail) - k] - forward[-1] for k in range(min(_LONGEST_WORD, len(tail) + 1))),
        head_costs=tuple(backward[k] - backward[0] for k in range(min(_LONGEST_WORD, len(head) + 1))),
        stop=stop_of(text),
        opened=_opened(text),
        closes=_closes(text),
        start=_told(text[:1], text[:2], "starts"),
        end=_told(text[-1:], text[-2:], "stops"),
        opens_paragraph=bool(first & lexicon("opening")),
        opens_clause=pattern("opening_clause").match(text) is not None,
        goes_on=bool(first & lexicon("inner")),
        dangles=bool(last & lexicon("dangling")),
        measure=max(first & lexicon("measure"), key=len, default=""),
        last_word=_best_word(last),
    )


def _told(one: str, two: str, table: str) -> float:
    """What the table says of these characters."""
    known = numbers(table)
    return known.get(two, known.get(one, 0.0))


def stop_of(text: str) -> str:
    """full: a sentence ends here; maybe: a closing quote or bracket without a stop inside; pause: , 、 ; : and open."""
    bare = text.rstrip(_CLOSING)
    if bare and bare[-1] in _STOPS:
        return "full"
    if bare != text:
        return "maybe"
    return "pause" if text[-1] in _PAUSES else "open"


def _cost(word: str) -> float | None:
    count = words.frequency(word)
    if count:
        return log(count / words.total())
    return -log(words.total()) if len(word) == 1 else None


def _forward(text: str) -> list[float]:
    best = [0.0]
    for end in range(1, len(text) + 1):
        options = [
            best[start] + cost
            for start in range(max(0, end - _LONGEST_WORD), end)
            if (cost := _cost(text[start:end])) is not None
        ]
        best.append(max(options))
    return best


def _backward(text: str) -> list[float]:
    """backward[k]: log probability of text[k:]."""
    size = len(text)
    best = [0.0] * (size + 1)
    for start in range(size - 1, -1, -1):
        best[start] = max(
            best[end] + cost
            for end in range(start + 1, min(size, start + _LONGEST_WORD) + 1)
            if (cost := _cost(text[start:end])) is not None
        )
    return best


def _first_words(head: str) -> frozenset[str]:
    return frozenset(head[:k] for k in range(1, min(_LONGEST_WORD + 1, len(head)) + 1))


def _last_words(tail: str) -> frozenset[str]:
    return frozenset(tail[-k:] for k in range(1, min(4, len(tail)) + 1))


def _best_word(candidates: Iterable[str]) -> str:
    return max(candidates, key=lambda word: (words.frequency(word) > 0, len(word), word), default="")


def _opened(text: str) -> str:
    """The brackets that are still open at the end of the line, outermost first."""
    stack: list[str] = []
    for character in text:
        if character in _BRACKETS:
            stack.append(character)
        elif stack and character == _BRACKETS[stack[-1]]:
            stack.pop()
    return "".join(stack)


def _closes(text: str) -> str:
    """The closing brackets of the line that nothing in it opened."""
    stack: list[str] = []
    unopened = ""
    for character in text:
        if character in _BRACKETS:
            stack.append(character)
        elif character in _BRACKETS.values():
            if stack and _BRACKETS[stack[-1]] == character:
                stack.pop()
            elif not stack:
                unopened += character
    return unopened


@dataclass(frozen=True, slots=True)
class Crossing:
    """What speaks for left and right having been one text.

    `gain` of log probability by the dictionary word `word` across the cut, the longest string across it that the page
    prints elsewhere (`printed`), the brackets that match (`matched`) and how many can't (`unmatched`), a number met by
    a measure word (`counted`), and how much likelier than chance the characters at the cut follow each other
    (`fluency`, log odds).
    """

    gain: float
    word: str
    printed: str
    matched: str
    unmatched: int
    counted: str
    fluency: float


def crossing(left: Side, right: Side, page_strings: Strings) -> Crossing:
    """The evidence across one cut. `page_strings` are those of all lines."""
    gain, word = 0.0, ""
    printed = ""
    if left.stop == "open":
        gain, word = _word_across(left, right)
        printed = _printed_across(left, right, page_strings)
    matched, unmatched = _brackets(left, right)
    counted = left.tail[-1] + right.measure if left.text[-1].isdigit() and right.measure else ""
    flows = 0.0 if left.stop == "full" else fluency(left.tail, right.head)
    return Crossing(gain, word, printed, matched, unmatched, counted, flows)


def _word_across(left: Side, right: Side) -> tuple[float, str]:
    gain, word = 0.0, ""
    for before in range(1, len(left.tail_costs)):
        for after in range(1, min(len(right.head_costs), _LONGEST_WORD + 1 - before)):
            candidate = left.tail[-before:] + right.head[:after]
            if not words.frequency(candidate):
                continue
            cost = _cost(candidate)
            gained = left.tail_costs[before] + right.head_costs[after] + (cost or 0.0)
            if gained > gain:
                gain, word = gained, candidate
    return gain, word


class Strings:
    """The strings that stand in the lines of a page; `in` asks whether one of 2 or more characters does."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._text = "\n".join(lines)
        self._pairs = frozenset(map(add, self._text, self._text[1:]))

    def __contains__(self, string: str) -> bool:
        return string[:2] in self._pairs and (len(string) == 2 or string in self._text)


def _printed_across(left: Side, right: Side, page_strings: Strings) -> str:
    """The longest string across the cut that the page holds; of several the one with most of `left`.

    A longer one holds the shorter ones, so that it need only be grown from those that were found.
    """
    found: list[tuple[int, int]] = [(1, 1)] if left.tail[-1] + right.head[0] in page_strings else []
    longest = ""
    while found and sum(found[0]) <= _LONGEST_CROSSING:
        before, after = max(found)
        longest = left.tail[-before:] + right.head[:after]
        grown = {(before + 1, after) for before, after in found} | {(before, after + 1) for before, after in found}
        found = [
            (before, after)
            for before, after in grown
            if before <= len(left.tail)
            and after <= len(right.head)
            and left.tail[-before:] + right.head[:after] in page_strings
        ]
    return longest


def _brackets(left: Side, right: Side) -> tuple[str, int]:
    wanted = "".join(_BRACKETS[bracket] for bracket in reversed(left.opened))
    matched = 0
    while matched < min(len(wanted), len(right.closes)) and wanted[matched] == right.closes[matched]:
        matched += 1
    unmatched = len(wanted) + len(right.closes) - 2 * matched
    return wanted[:matched], unmatched

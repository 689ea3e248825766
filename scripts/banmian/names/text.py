"""A text as the grammars read it: one form for each punctuation mark, and the words that the dictionary sees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from banmian import words

from . import lexicons

_FULL_WIDTH: dict[int, int] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DOTS = {ord(mark): "·" for mark in "•・‧∙●⋅"}
_SPACES = {0x3000: " ", 0xA0: " ", 0x09: " "}
_FORMS: dict[int, int | str] = {**_FULL_WIDTH, **_DOTS, **_SPACES}
# Half-width forms, as in plain(): a clause ends at each of them.
CLAUSE_ENDS = frozenset(",。;!?:\n…—")
SENTENCE_ENDS = frozenset("。!?\n")


def plain(text: str) -> str:
    """`text` with full-width letters, digits and punctuation as half-width ones; offsets stay the same."""
    return text.translate(_FORMS)


def is_han(character: str) -> bool:
    """Whether it is a Chinese character, of the two blocks that newspapers use, or one of 〇 and 々."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character in "〇々"


@dataclass(frozen=True, slots=True)
class Text:
    """One field of one article. `words` are (start, end) in order; `begins` and `ends` their offsets."""

    plain: str
    words: tuple[tuple[int, int], ...]
    begins: frozenset[int]
    ends: frozenset[int]


@cache
def _ends() -> lexicons.Phrases:
    return lexicons.Phrases(lexicons.words("titles.tsv") | frozenset(lexicons.group("split_suffixes")))


def cut(form: str) -> list[str]:
    """The words of a plain text; a title or meeting at the end of a longer word stands alone (大学|校长)."""
    ends = _ends()
    parts = []
    for word in words.cut(form):
        start = ends.start(word, len(word)) if len(word) > 2 else 0
        parts += [word[:start], word[start:]] if 0 < start < len(word) else [word]
    return parts


def read(text: str) -> Text:
    """`text` in plain form, with the words that jieba's dictionary cuts it into."""
    form = plain(text)
    spans = []
    at = 0
    for word in cut(form):
        spans.append((at, at + len(word)))
        at += len(word)
    return Text(form, tuple(spans), frozenset(start for start, _ in spans), frozenset(end for _, end in spans))

"""A text as the grammars read it: one form for each character and mark, and the words that the dictionary sees."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from banmian import words
from banmian.words.characters import is_traditional, read_as, simplified

from . import lexicons

_FORMS = {**dict.fromkeys("•・‧∙●⋅", "·"), "\xa0": " ", "\t": " "}
# Half-width forms, as in plain(): a clause ends at each of them.
CLAUSE_ENDS = frozenset(",。;!?:\n…—")
SENTENCE_ENDS = frozenset("。!?\n")


# What is printed is asked for again when the names are known.
@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """`text` as printed, with full-width letters, digits and punctuation as half-width ones and radicals as characters.

    Offsets stay the same.
    """
    return text.translate(_forms())


@cache
def _forms() -> Mapping[int, str]:
    """What each character is read as, by its code point, where that is another."""
    read = {code: _FORMS.get(form, form) for code, form in read_as().items()}
    return {**{ord(mark): form for mark, form in _FORMS.items()}, **read}


def folded(text: str) -> str:
    """`text` in its plain form, a traditional one in simplified characters; offsets stay the same."""
    form = plain(text)
    return simplified(form) if is_traditional([form]) else form


_HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf〇々]*")


def all_han(text: str) -> bool:
    """Whether `text` holds nothing but Chinese characters (is_han)."""
    return _HAN.fullmatch(text) is not None


def is_han(character: str) -> bool:
    """Whether it is a Chinese character, of the two blocks that newspapers use, or one of 〇 and 々."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character in "〇々"


@dataclass(frozen=True, slots=True)
class Text:
    """One field of one article. `words` are (start, end) in order, `forms` what they are; `begins` and `ends` their
    offsets.
    """

    plain: str
    words: tuple[tuple[int, int], ...]
    forms: tuple[str, ...]
    begins: frozenset[int]
    ends: frozenset[int]

    def word_to(self, end: int) -> int:
        """Which of the `words` it is that ends at `end`, or goes on there."""
        return bisect_left(self.words, end, key=_end)

    def words_in(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The `words` that begin in text[start:end]."""
        return self.words[bisect_left(self.words, (start, 0)) : bisect_left(self.words, (end, 0))]

    def each(self, forms: Iterable[str]) -> list[tuple[int, int]]:
        """(start, end) of the words that are one of `forms`, which are few, in order."""
        stands = ((start, start + len(form)) for form in forms for start in lexicons.offsets(self.plain, form))
        return sorted(one for one in stands if one[1] in self.ends and self.words[self.word_to(one[1])] == one)


def _end(word: tuple[int, int]) -> int:
    return word[1]


@cache
def _ends() -> lexicons.Phrases:
    return lexicons.Phrases(lexicons.words("titles.tsv") | frozenset(lexicons.group("split_suffixes")))


def cut(form: str) -> list[str]:
    """The words of a plain text; what a longer word ends in stands alone if it is a title or a meeting (大学|校长)."""
    parts: list[str] = []
    for word in words.cut(form):
        if len(word) > 2:
            parts += _parts(word)
        else:
            parts.append(word)
    return parts


@cache
def _parts(word: str) -> Sequence[str]:
    start = _ends().start(word, len(word))
    return (word[:start], word[start:]) if 0 < start < len(word) else (word,)


def read(text: str) -> Text:
    """`text` in its folded form, with the words that jieba's dictionary cuts it into."""
    form = folded(text)
    forms = cut(form)
    edges = list(accumulate(map(len, forms), initial=0))
    return Text(form, tuple(pairwise(edges)), tuple(forms), frozenset(edges[:-1]), frozenset(edges[1:]))

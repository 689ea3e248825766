"""Sentences of ours of kinds that news has seldom (marks/invented.tsv), to learn from: with words in their slots.

`texts()` fills each sentence a few times and puts some of them together, the same in every run.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from .marks.notes import Marks, Organization

SENTENCES = Path(__file__).parent / "marks" / "invented.tsv"
WORDS = SENTENCES.with_name("invented_words.tsv")
_TIMES = 8
# As many sentences make a text, each a paragraph.
_TOGETHER = 3
_OF_COMPANY = ("brand", "trade", "short")
_SLOT = re.compile(r"\{(\w+)\}")
_MARK = re.compile("⟦(.+?)⟧|〔(.+?)〕")


def rows(path: Path) -> Iterator[tuple[str, str]]:
    """The two columns of each row below the header."""
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            first, second = line.split("\t")
            yield first, second


def texts(times: int = _TIMES) -> Iterator[tuple[str, Marks]]:
    """(text, its marks) of a few sentences; each stands `times` times with other words in its slots, or once."""
    words = {slot: found.split(" ") for slot, found in rows(WORDS)}
    chance = random.Random(1)
    sentences = [
        _filled(sentence, words, chance)
        for _, sentence in rows(SENTENCES)
        for _ in range(times if _SLOT.search(sentence) else 1)
    ]
    chance.shuffle(sentences)
    for at in range(0, len(sentences), _TOGETHER):
        yield marked("\n".join(sentences[at : at + _TOGETHER]))


def _filled(sentence: str, words: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """The sentence with words in its slots: all that is of one company has the same."""
    same = {slot: chance.choice(words[slot]) for slot in _OF_COMPANY}
    return _SLOT.sub(lambda match: same.get(match[1]) or chance.choice(words[match[1]]), sentence)


def marked(sentence: str) -> tuple[str, Marks]:
    """The bare text of a marked sentence, and its marks."""
    text = ""
    people: list[tuple[int, int]] = []
    bodies: list[Organization] = []
    at = 0
    for match in _MARK.finditer(sentence):
        text += sentence[at : match.start()]
        start, at = len(text), match.end()
        text += match[1] or match[2]
        if match[1]:
            bodies.append(Organization(start, len(text)))
        else:
            people.append((start, len(text)))
    return text + sentence[at:], Marks("", tuple(people), tuple(bodies))

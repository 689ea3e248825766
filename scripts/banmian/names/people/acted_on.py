"""Names behind a verb or preposition that takes people: 为向林捐款, 叮嘱辛悦, 把阮志成."""

from __future__ import annotations

from .. import lexicons
from ..text import Text
from . import likelihood
from .person import Person, made
from .shapes import is_noun

# How much likelier than words the characters must be.
_LEAST_LEAD = 4.0


def find(text: Text) -> list[Person]:
    """Names that stand behind such a word and end where a word does."""
    found = []
    takers, plain = lexicons.phrases("before_names.txt"), text.plain
    for start in takers.ends_everywhere(plain):
        if start not in text.ends or not likelihood.surname_lengths(plain, start):
            continue
        if text.forms[text.word_to(start)] not in takers:
            continue
        readings = [(lead, end) for end, lead in likelihood.readings(plain, start) if end in text.ends]
        lead, end = max(readings, default=(0.0, start))
        if lead >= _LEAST_LEAD and not is_noun(plain[start:end]):
            found.append(made(text, start, end, "acted_on", None, lead))
    return found

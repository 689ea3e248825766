"""Words that do not stand inside the name of an organization: told by their part of speech, but for what lists say."""

from __future__ import annotations

from functools import cache

from banmian import words

from . import lexicons

# Verbs, adverbs, times, pronouns, conjunctions, prepositions, amounts, particles, as jieba's dictionary calls them.
_FLAGS = frozenset(("v", "d", "t", "r", "c", "p", "ad", "mq", "u"))
# A word that jieba's dictionary counted less often is seldom what it says.
_LEAST_COUNTED = 30


@cache
def breaks() -> frozenset[str]:
    """Prepositions, conjunctions, pronouns, adverbs, common verbs, but those that names do hold (保护, 组织)."""
    told = (word for word, flag in words.flags().items() if flag in _FLAGS and len(word) > 1)
    often = {word for word in told if words.frequency(word) >= _LEAST_COUNTED}
    ordinary = often - lexicons.words("inside_names.txt")
    return frozenset(ordinary | lexicons.words("breaks.txt"))

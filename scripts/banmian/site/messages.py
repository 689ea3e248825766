"""The words of the site's pages by key, in Chinese and English: data/messages.tsv. How both stand is decided here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from banmian.records import Remark
from banmian.words.remarks import in_languages
from banmian.words.sentences import Sentence, sentences
from banmian.words.span_kinds import SPAN_KINDS

# The languages of a page, by their column in the table, the first one first.
_LANGUAGES = (0, 1)
_CODES = ("zh-CN", "en")
_CODE = re.compile("`([^`]*)`")


@cache
def messages() -> Mapping[str, Sentence]:
    """Every message by its key, in the order of the table."""
    return sentences("banmian.site", "messages.tsv")


def plain(key: str, **values: Any) -> str:
    """The message `key` as plain text, 中文 · English, with `values` put in. Raises KeyError where there is none."""
    words = messages()[key].words(values)
    return _joined([words[language].format(**values) for language in _LANGUAGES])


def remarked(*remarks: Remark) -> str:
    """What is remarked of a page or a name as plain text, 中文;中文 · English; English."""
    words = in_languages(*remarks)
    return _joined([words[language] for language in _LANGUAGES])


def brief(key: str, **values: Any) -> str:
    """The message `key` as plain text in the first language."""
    return messages()[key].words(values)[_LANGUAGES[0]].format(**values)


class Say:
    """What templates call to show a message: in both languages, or in one where there is no room for two."""

    def __call__(self, key: str, **values: Any) -> Markup:
        """中文 · English, on one line."""
        return Markup(" · ").join(_said(key, values))

    def heading(self, key: str, **values: Any) -> Markup:
        """The first language large, the other one small beside it."""
        first, *others = _said(key, values)
        other = Markup(' <small lang="{}">{}</small>')
        return first + Markup().join(other.format(_CODES[_LANGUAGES[1]], words) for words in others)

    def lines(self, key: str, **values: Any) -> Markup:
        """One language below the other."""
        return Markup("<br>").join(_said(key, values))

    def brief(self, key: str, **values: Any) -> Markup:
        """The first language alone."""
        return _said(key, values)[0]

    def code(self, section: str, code: str, otherwise: str | None = None) -> Markup:
        """A code in the first language; where the section has no message for it, `otherwise` or the code itself."""
        return self.brief(f"{section}.{code}") if f"{section}.{code}" in messages() else escape(otherwise or code)

    def coded(self, section: str, code: str) -> Markup:
        """A code in both languages; the code itself where the section has no message for it."""
        return self(f"{section}.{code}") if f"{section}.{code}" in messages() else escape(code)

    def kind(self, kind: str) -> Markup:
        """A kind of span in the first language."""
        known = SPAN_KINDS[kind]
        return escape((known.chinese, known.english)[_LANGUAGES[0]])


def _said(key: str, values: Mapping[str, Any]) -> Sequence[Markup]:
    """The message in each language of the page, as HTML with `values` escaped; once where both say the same."""
    if not values:
        return _said_always(key)
    words = messages()[key].words(values)
    return _apart([_template(words[language]).format(**values) for language in _LANGUAGES])


# Some pages say a hundred times what never changes.
@cache
def _said_always(key: str) -> Sequence[Markup]:
    words = messages()[key].words({})
    return _apart([_template(words[language]).format() for language in _LANGUAGES])


@cache
def _template(words: str) -> Markup:
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(words))))


def _joined(said: Sequence[str]) -> str:
    return " · ".join(_apart(said))


def _apart(said: Sequence[Any]) -> Sequence[Any]:
    return list(dict.fromkeys(said))

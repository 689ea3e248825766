"""The words of the site's pages by key, in Chinese and English: data/messages.tsv. Which is said is decided here.

A page says them in its language alone; what is no page (errors of the API, a line of a CSV) in both: 中文 · English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from banmian.records import Remark
from banmian.site import languages
from banmian.site.quoting import in_code, mixed
from banmian.words.remarks import in_languages
from banmian.words.sentences import Sentence, sentences
from banmian.words.span_kinds import SPAN_KINDS


@cache
def messages() -> Mapping[str, Sentence]:
    """Every message by its key, in the order of the table."""
    return sentences("banmian.site", "messages.tsv")


def plain(key: str, **values: Any) -> str:
    """The message `key` as plain text, with `values` put in. Raises KeyError where there is none."""
    words = messages()[key].words(values)
    return _joined([words[language].format(**values) for language in _languages()])


def both(key: str, **values: Any) -> str:
    """The same in both languages, for a terminal."""
    return _joined([words.format(**values) for words in messages()[key].words(values)])


def remarked(*remarks: Remark) -> str:
    """What is remarked of a page or a name as plain text: remarks in a row, one language after the other."""
    words = in_languages(*remarks)
    return _joined([words[language] for language in _languages()])


def brief(key: str, **values: Any) -> str:
    """The message `key` as plain text in the language of the page, in the first one where there is no page."""
    language = _languages()[0]
    return messages()[key].words(values)[language].format(**values) if values else _brief_always(key, language)


def coded(section: str, code: str | None) -> str | None:
    """A code in words, as plain text; the code itself where the section has no message for it."""
    return brief(f"{section}.{code}") if f"{section}.{code}" in messages() else code


class Say:
    """What templates call to show a message, in the language of the page."""

    def __call__(self, key: str, **values: Any) -> Markup:
        """The message as HTML, with `values` escaped."""
        return _said(key, _languages()[0], values)

    def code(self, section: str, code: str, otherwise: str | None = None) -> Markup:
        """A code in words; where the section has no message for it, `otherwise` or the code itself."""
        return self(f"{section}.{code}") if f"{section}.{code}" in messages() else escape(otherwise or code)

    def in_own(self, code: str) -> Markup:
        """What a language is called in it."""
        return _said("site.language", languages.CODES.index(code), {})

    def kind(self, kind: str) -> Markup:
        """A kind of span in words."""
        known = SPAN_KINDS[kind]
        return escape((known.chinese, known.english)[_languages()[0]])


def _languages() -> Sequence[int]:
    """The columns of the languages in which something is said, the first one first."""
    column = languages.column()
    return range(len(languages.CODES)) if column is None else (column,)


def _said(key: str, language: int, values: Mapping[str, Any]) -> Markup:
    if not values:
        return _said_always(key, language)
    template = _template(messages()[key].words(values)[language], language)
    # As Markup.format does, which is written in Python and takes five times as long.
    safe = {name: value if isinstance(value, int | float) else escape(value) for name, value in values.items()}
    return Markup(str.format(template, **safe))


# Some pages say a hundred times what never changes.
@cache
def _said_always(key: str, language: int) -> Markup:
    return _template(messages()[key].words({})[language], language).format()


@cache
def _template(words: str, language: int) -> Markup:
    html = mixed(words) if language == languages.ENGLISH else escape(words)
    return in_code(html)


@cache
def _brief_always(key: str, language: int) -> str:
    return messages()[key].words({})[language].format()


def _joined(said: Sequence[str]) -> str:
    return " · ".join(dict.fromkeys(said))

"""Text of the source, or of an editor, on a page of another language or script: marked, and kept apart."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from banmian.site import languages

# Han characters, with the signs of Chinese between and around them.
_HAN = r"[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_SIGN = r"[\u3000-\u303f\uff00-\uffef\u2014\u2018-\u201d\u2026\u00b7]"
_HAS_HAN = re.compile(_HAN)
_RUN = re.compile(rf"{_SIGN}*{_HAN}(?:{_HAN}|{_SIGN})*")
_CODE = re.compile("`([^`\n]+)`")
# A page of ours that a description speaks of.
_ADDRESS = re.compile(r"(?<![\w/.])/-/[a-z-]+(?:/[a-z]+)?")
_WORD = re.compile(r"[A-Za-z]{2,}")
# What is written from right to left, and signs that turn the direction of what follows.
_TURNED = re.compile(r"[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]")
# Between the halves of a text in both languages: as the site writes them, or as sentences of an editor.
_BETWEEN = re.compile(r"\s+·\s+(?=[\w'\"(])|(?<=[。!?;)”])\s+(?=[A-Z])")


def halves(text: str) -> tuple[str, str] | None:
    """The Chinese and the English half of a text that has both; None where it has not."""
    for between in _BETWEEN.finditer(text):
        chinese, english = text[: between.start()], text[between.end() :]
        is_stated = "·" in between[0] and not _HAS_HAN.match(english) and bool(_WORD.search(english))
        if _HAS_HAN.search(chinese) and (is_stated or _is_english(english)):
            return chinese, english
    return None


def has_chinese(text: str) -> bool:
    """Whether a Han character stands in it."""
    return bool(_HAS_HAN.search(text))


def _is_english(text: str) -> bool:
    """Whether words of it are English, whatever Chinese it names."""
    return bool(_WORD.search(text)) and len(_HAS_HAN.findall(text)) * 3 < len(text)


def told(text: object) -> str:
    """What a text in both languages says in that of the page; any other as it is, and all of it where there is none."""
    column, said = languages.column(), "" if text is None else str(text)
    found = None if column is None else halves(said)
    return said if found is None else found[column or 0]


def own_half(text: object) -> str:
    """The same, in Chinese where what is made is no page."""
    said = str(text)
    found = halves(said)
    return said if found is None else found[languages.column() or languages.CHINESE]


def doubted(text: object) -> str:
    """The same of a doubt: what is printed and suspected, then ` · ` and the reason, which alone is in languages."""
    what, between, reason = ("" if text is None else str(text)).partition(" · ")
    return what + between + told(reason)


def quoted(text: object) -> Markup:
    """A text as it may stand among words of the page: in an element with its language, where that is another.

    HTML stays HTML.
    """
    html, plain = escape("" if text is None else text), str(text)
    if languages.column() == languages.ENGLISH and _HAS_HAN.search(plain):
        return Markup('<bdi lang="zh">{}</bdi>').format(html)
    return Markup("<bdi>{}</bdi>").format(html) if _TURNED.search(plain) else html


def prose(text: object) -> Markup:
    """What an editor or the site says of something, in the language of the page as far as it is there."""
    said = told(text)
    if languages.column() == languages.ENGLISH and _is_english(said):
        return in_code(mixed(said))
    if languages.column() == languages.CHINESE and not _HAS_HAN.search(said) and len(_WORD.findall(said)) > 1:
        return Markup('<bdi lang="en">{}</bdi>').format(said)
    return in_code(quoted(said))


def in_code(html: Markup) -> Markup:
    """HTML whose words in `backticks` are code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(html)))


def linked(html: Markup, path: Callable[[str], str]) -> Markup:
    """HTML whose addresses of pages of ours are links; `path` makes an address of the site of one."""
    return Markup(_ADDRESS.sub(lambda found: f'<a href="{escape(path(found[0]))}">{found[0]}</a>', str(html)))


def mixed(english: str) -> Markup:
    """English words, as HTML, with the Chinese that they name marked."""
    return Markup(_RUN.sub(lambda run: f'<span lang="zh">{run[0]}</span>', str(escape(english))))


def attribute(text: object) -> Markup:
    """The attribute of an element that holds nothing but `text`, where that is of another language than the page."""
    is_other = languages.column() == languages.ENGLISH and bool(_HAS_HAN.search("" if text is None else str(text)))
    return Markup(' lang="zh"') if is_other else Markup()

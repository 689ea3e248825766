"""Pages in one language: made in it, and what of a page is of another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from banmian.site import languages
from lxml.html import HtmlElement

_HAN = re.compile("[\u3400-\u9fff]")
# Not of an identifier with digits or underscores in it.
_LATIN = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z]{2,}(?![A-Za-z0-9_])")
# What a reader sees or hears of an element beside its text.
_SEEN = ("title", "aria-label", "placeholder", "alt")
# Identifiers and statements are nobody's language; the title of a page may be that of an article.
_UNREAD = frozenset(("script", "style", "code", "pre", "textarea", "title"))


@contextmanager
def page_in(column: int) -> Iterator[None]:
    """What is said meanwhile stands on a page in this language, by its column in the tables."""
    token = languages._reader.set(languages.Reader(column, "/", ()))
    try:
        yield
    finally:
        languages._reader.reset(token)


def strange(document: HtmlElement, language: str, names: Collection[str]) -> list[str]:
    """The texts of a page that its language does not have: Chinese that no element says is Chinese, Latin words.

    Those of `names` stand in Chinese, as numbers and single letters do, and so does pinyin.
    """
    found = []
    for text in _texts(document, document.get("lang") or ""):
        of, said = text
        if of.startswith("en") and _HAN.search(said):
            found.append(said)
        elif language == "zh" and of.startswith("zh") and of != "zh-Latn":
            words = [word for word in _LATIN.findall(said) if word not in names]
            found += [f"{' '.join(words)} in {said}"] if words else []
    return found


def _texts(element: HtmlElement, language: str) -> Iterator[tuple[str, str]]:
    """What is read of an element, each with its language."""
    language = element.get("lang") or language
    if not isinstance(element.tag, str) or element.tag in _UNREAD:
        return
    yield language, element.text or ""
    # The title of a badge is what an editor says.
    for attribute in _SEEN if element.get("class") != "inferred" else ():
        yield language, element.get(attribute) or ""
    if element.tag == "input" and element.get("type") != "hidden":
        yield language, element.get("value") or ""
    for child in element:
        yield from _texts(child, language)
        yield language, child.tail or ""

"""ALTO, versions 1 to 4: what libraries keep beside the pictures of newspapers."""

from __future__ import annotations

from collections.abc import Iterator

from banmian.seeds.formats.lines import Box, FormPage, PageText, joined, mean, number
from banmian.seeds.formats.xml_trees import Element, children, inside, place

_HYPHENS = ("-", "\u00ad", "\u2010", "\u2e17", "\u00ac")


def read_alto(root: Element) -> Iterator[FormPage]:
    """The pages of a file: lines in the order of the file, blocks apart.

    A hyphen at the end of a line (HYP) stands there once, as printed; the whole word that ALTO repeats in SUBS_CONTENT
    is not printed and not read.
    """
    for part, page in enumerate(inside(root, "Page"), 1):
        text = PageText()
        for block in inside(page, "TextBlock"):
            for line in children(block, "TextLine"):
                content, confidence = _said(line)
                text.add(content, place(line, "ID"), block=place(block, "ID"), box=_box(line), confidence=confidence)
        if found := text.page(part):
            yield found


def _said(line: Element) -> tuple[str, float | None]:
    """The text of a line, and how certain the engine is of it."""
    words: list[str] = []
    certain: list[tuple[float | None, int]] = []
    for child in children(line, "String", "HYP"):
        content = child.get("CONTENT") or ""
        if child.tag.endswith("String"):
            words.append(content)
            certain.append((number(child.get("WC")), len(content)))
        elif words and not words[-1].endswith((content or "-", *_HYPHENS)):
            words[-1] += content or "-"
    return joined(words), mean(certain)


def _box(line: Element) -> Box | None:
    values = [number(line.get(key)) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
    known = [value for value in values if value is not None]
    return (known[0], known[1], known[2], known[3]) if len(known) == len(values) else None

"""ALTO, versions 1 to 4: what libraries keep beside the pictures of newspapers."""

from __future__ import annotations

from collections.abc import Iterator

from banmian.seeds.formats.lines import Box, FormPage, PageText, joined, mean, number
from banmian.seeds.formats.xml_trees import Element, children, inside, name_of, place

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
                strings = children(line, "String")
                words = [(number(word.get("WC")), len(word.get("CONTENT") or "")) for word in strings]
                text.add(
                    _text(line), place(line, "ID"), block=place(block, "ID"), box=_box(line), confidence=mean(words)
                )
        if found := text.page(part):
            yield found


def _text(line: Element) -> str:
    words: list[str] = []
    for child in line:
        if name_of(child) == "String":
            words.append(child.get("CONTENT") or "")
        elif name_of(child) == "HYP" and words:
            hyphen = child.get("CONTENT") or "-"
            words[-1] += "" if words[-1].endswith((hyphen, *_HYPHENS)) else hyphen
    return joined(words)


def _box(line: Element) -> Box | None:
    values = [number(line.get(key)) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
    known = [value for value in values if value is not None]
    return (known[0], known[1], known[2], known[3]) if len(known) == len(values) else None

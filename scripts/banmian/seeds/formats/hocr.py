"""hOCR: HTML whose classes and titles say what an engine saw, as Tesseract and others write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from banmian.seeds.formats.lines import Box, FormPage, PageText, joined, mean
from banmian.seeds.formats.xml_trees import Element, place

_LINES = frozenset(("ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"))
_WORDS = frozenset(("ocrx_word", "ocr_word"))
_BLOCKS = frozenset(("ocr_par", "ocr_carea", "ocrx_block"))
_BOX = re.compile(r"\bbbox\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)")
_CONFIDENCE = re.compile(r"\bx_wconf\s+([\d.]+)")


def read_hocr(root: Element) -> Iterator[FormPage]:
    """The pages of a file: lines in the order of the file, its paragraphs apart; without lines, its paragraphs."""
    pages = [element for element in root.iter() if "ocr_page" in _classes(element)] or [root]
    for part, page in enumerate(pages, 1):
        text = PageText()
        for line in _innermost(page, _LINES) or _innermost(page, _BLOCKS):
            words = [element for element in line.iter() if _WORDS & _classes(element)]
            texts = [_plain(word) for word in words] or _plain(line).split(" ")
            confidences = ((_confidence(word), len(_plain(word))) for word in words)
            text.add(
                joined(filter(None, texts)),
                place(line, "id"),
                block=_block(line),
                label=next(iter(sorted(_classes(line) & (_LINES | _BLOCKS))), None),
                box=_box(line),
                confidence=mean(confidences),
            )
        if found := text.page(part):
            yield found


def _innermost(page: Element, classes: frozenset[str]) -> list[Element]:
    """The elements of a page with one of these classes that have no other such in them."""
    found = [element for element in page.iter() if classes & _classes(element)]
    around = {above for element in found for above in element.iterancestors()}
    return [element for element in found if element not in around]


def _classes(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split()) if isinstance(element.tag, str) else frozenset()


def _plain(element: Element) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", "".join(element.itertext())).strip(" ")


def _block(line: Element) -> str | None:
    above = next((element for element in line.iterancestors() if _BLOCKS & _classes(element)), None)
    return place(line, "id") if _BLOCKS & _classes(line) else None if above is None else place(above, "id")


def _box(line: Element) -> Box | None:
    found = _BOX.search(line.get("title") or "")
    if not found:
        return None
    left, top, right, bottom = map(float, found.groups())
    return left, top, right - left, bottom - top


def _confidence(word: Element) -> float | None:
    found = _CONFIDENCE.search(word.get("title") or "")
    return float(found[1]) / 100 if found else None

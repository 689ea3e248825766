"""A file of an engine, known by its content, as pages of text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from banmian.records import Remark
from banmian.seeds.formats.alto import read_alto
from banmian.seeds.formats.hocr import read_hocr
from banmian.seeds.formats.lines import FormPage
from banmian.seeds.formats.mineru import is_mineru, read_mineru
from banmian.seeds.formats.paddleocr import is_paddleocr, read_paddleocr
from banmian.seeds.formats.page_xml import read_page_xml
from banmian.seeds.formats.rapidocr import is_rapidocr, read_rapidocr
from banmian.seeds.formats.xml_trees import FormError, beginning, html_tree, xml_tree

# What files may be called that are looked into.
SUFFIXES = (".xml", ".alto", ".hocr", ".html", ".htm", ".xhtml", ".json")
# The forms, in the names that are published.
FORMS = ("alto", "page_xml", "hocr", "paddleocr", "rapidocr", "mineru")

_Reader = Callable[[Any], Iterator[FormPage]]
# What is looked for where a file begins: the root of ALTO and PAGE, whatever its namespace is called.
_ROOT = re.compile(r"<(?!\?|!)(?:[\w.-]+:)?(\w+)")
_ROOTS: dict[str, tuple[str, _Reader]] = {"alto": ("alto", read_alto), "PcGts": ("page_xml", read_page_xml)}
_HOCR = re.compile(r"""\bocr_(?:page|line|carea|par)\b|\bocr-(?:system|capabilities)\b""")
_JSON: tuple[tuple[str, Callable[[Any], bool], _Reader], ...] = (
    ("mineru", is_mineru, read_mineru),
    ("paddleocr", is_paddleocr, read_paddleocr),
    ("rapidocr", is_rapidocr, read_rapidocr),
)
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def read_form(content: bytes) -> tuple[str, list[FormPage]] | None:
    """The form of a file and its pages, those without text left out; None where it is of no form that is known.

    Raises FormError where it is of one and can't be read.
    """
    head = beginning(content)
    if head.startswith("<"):
        found = _read_tree(head, content)
    elif head[:1] in "[{" and head:
        found = _read_json(content)
    else:
        return None
    if found is None:
        return None
    form, pages = found
    if not pages:
        raise FormError(Remark("form_without_text", {"form": form}))
    for page in pages:
        if wrong := _NO_TEXT.search(page.text):
            raise FormError(Remark("form_no_character", {"escape": repr(wrong.group())[1:-1]}))
    return form, pages


def _read_tree(head: str, content: bytes) -> tuple[str, list[FormPage]] | None:
    root = _ROOT.search(head)
    if root and root[1] in _ROOTS:
        form, read = _ROOTS[root[1]]
        return form, list(read(xml_tree(content)))
    if root and root[1].lower() == "html" and _HOCR.search(content.decode("utf-8", "replace")):
        return "hocr", list(read_hocr(html_tree(content)))
    return None


def _read_json(content: bytes) -> tuple[str, list[FormPage]] | None:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        at, line = getattr(error, "pos", 0), getattr(error, "lineno", None)
        raise FormError(Remark("form_not_json", {"at": at, "why": str(error)}), line) from error
    for form, is_one, read in _JSON:
        try:
            if is_one(data):
                return form, list(read(data))
        except (TypeError, ValueError, AttributeError, KeyError, IndexError, RecursionError) as error:
            raise FormError(Remark("form_malformed", {"form": form, "why": str(error)})) from error
    return None

"""XML and HTML of others as trees: nothing is fetched, no entity is replaced, a file that declares one is refused."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree, html

from banmian.records import Remark

# An lxml element; lxml has no types of its own.
Element = Any

_DECLARATION = "<!ENTITY"


class FormError(ValueError):
    """A file of a known form can't be read; `remark` says why, `line` where."""

    def __init__(self, remark: Remark, line: int | None = None) -> None:
        super().__init__(remark.kind)
        self.remark, self.line = remark, line


def xml_tree(content: bytes) -> Element:
    """The root element. Raises FormError where it is no XML, or declares entities (which could stand for anything)."""
    refuse_entities(content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise FormError(Remark("not_xml", {"said": " ".join(error.msg.split())}), error.lineno) from error


def html_tree(content: bytes) -> Element:
    """The root element of a page of HTML, XHTML among it. Raises FormError where it declares entities."""
    refuse_entities(content)
    try:
        content.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        # What the file says of itself decides.
        encoding = None
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise FormError(Remark("not_xml", {"said": str(error)})) from error


def refuse_entities(content: bytes) -> None:
    """Raises FormError where the content declares entities, in any encoding."""
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        at = content.find(_DECLARATION.encode(encoding))
        if at >= 0:
            raise FormError(Remark("xml_entity"), content.count(b"\n", 0, at) + 1)


def beginning(content: bytes) -> str:
    """What the content begins with, as text, to be looked at."""
    head = content[:8192]
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    return head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")


def name_of(element: Element) -> str:
    """The name of an element without its namespace: those of ALTO and PAGE change with each version."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def inside(element: Element, *names: str) -> Iterator[Element]:
    """The elements of these names anywhere in one, in the order of the file."""
    found: Iterator[Element] = element.iterdescendants(*_in_any_namespace(names))
    return found


def children(element: Element, *names: str) -> list[Element]:
    """The elements of these names directly in one."""
    return list(element.iterchildren(*_in_any_namespace(names)))


@cache
def _in_any_namespace(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{{*}}{name}" for name in names)


def place(element: Element, key: str) -> str:
    """What leads back to an element: its id in the attribute `key`, else its path in the file."""
    return str(element.get(key) or element.getroottree().getpath(element))

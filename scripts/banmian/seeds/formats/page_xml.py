"""PAGE XML, as Transkribus, eScriptorium and OCR-D write it."""

from __future__ import annotations

from collections.abc import Iterator

from banmian.seeds.formats.lines import Box, FormPage, PageText, around, joined, mean, number
from banmian.seeds.formats.xml_trees import Element, children, inside, name_of, place

_GROUPS = ("OrderedGroup", "UnorderedGroup", "OrderedGroupIndexed", "UnorderedGroupIndexed")
_REFERENCES = ("RegionRef", "RegionRefIndexed")
_INDEXED = ("OrderedGroup", "OrderedGroupIndexed")
_LAST = 1_000_000_000.0


def read_page_xml(root: Element) -> Iterator[FormPage]:
    """The page of a file: regions in their reading order where the file states one, else, and those that it leaves out
    after it, in the order of the file; the lines of a region in the order of the file.
    """
    for part, page in enumerate(inside(root, "Page"), 1):
        text = PageText()
        for region in _in_order(page):
            lines = children(region, "TextLine")
            # Text of a region without lines is its own, or that of the regions in it, which are read themselves.
            for element in lines or ([] if next(inside(region, "TextRegion"), None) is not None else [region]):
                said = _said(element, bool(lines))
                if said is not None:
                    content, confidence = said
                    text.add(
                        content,
                        place(element, "id"),
                        block=place(region, "id"),
                        label=region.get("type"),
                        box=_box(element),
                        confidence=confidence,
                    )
        if found := text.page(part):
            yield found


def _in_order(page: Element) -> list[Element]:
    """The text regions, those inside others too, each after what encloses it unless an order is stated."""
    regions = list(inside(page, "TextRegion"))
    by_id = {region.get("id"): region for region in regions}
    stated: list[Element] = []
    for order in children(page, "ReadingOrder"):
        for reference in _references(order):
            region = by_id.pop(reference, None)
            if region is not None:
                stated += [region, *(inner for inner in inside(region, "TextRegion") if inner.get("id") in by_id)]
                for inner in inside(region, "TextRegion"):
                    by_id.pop(inner.get("id"), None)
    placed = set(map(id, stated))
    return [*stated, *(region for region in regions if id(region) not in placed)]


def _references(group: Element) -> Iterator[str]:
    members = children(group, *_GROUPS, *_REFERENCES)
    if name_of(group) in _INDEXED:
        members.sort(key=lambda member: _index(member))
    for member in members:
        if member.get("regionRef"):
            yield str(member.get("regionRef"))
        yield from _references(member)


def _said(element: Element, is_line: bool) -> tuple[str, float | None] | None:
    """The text of a line or region and its confidence: the first of several readings, else its words; None without."""
    readings = sorted(children(element, "TextEquiv"), key=_index)
    for reading in readings:
        content = "".join(text for one in children(reading, "Unicode") for text in one.itertext())
        if content.strip():
            return content if not is_line else content.strip("\r\n"), number(reading.get("conf"))
    words = [_said(word, True) for word in children(element, "Word")]
    known = [word for word in words if word]
    if not known:
        return None
    return joined(word for word, _ in known), mean((confidence, len(word)) for word, confidence in known)


def _index(element: Element) -> float:
    found = number(element.get("index"))
    return found if found is not None else (-1 if name_of(element) == "TextEquiv" else _LAST)


def _box(element: Element) -> Box | None:
    for coords in children(element, "Coords"):
        points = [point.split(",") for point in (coords.get("points") or "").split()]
        points += [[point.get("x"), point.get("y")] for point in children(coords, "Point")]
        return around(point for point in points if len(point) == len("xy"))
    return None

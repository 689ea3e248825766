"""JSON of RapidOCR: its to_json, the output of its server, the lists of its first version."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from banmian.seeds.formats.lines import FormPage, PageText, number
from banmian.seeds.formats.paddleocr import box_of

_Line = tuple[str, str, Any, Any]


def is_rapidocr(data: Any) -> bool:
    """Whether JSON is of RapidOCR."""
    lines = _lines(data)
    return bool(lines) and all(line is not None and isinstance(line[1], str) for line in lines)


def read_rapidocr(data: Any) -> Iterator[FormPage]:
    """The page of a file, its lines in its order."""
    text = PageText()
    for line in _lines(data):
        if line is not None:
            place, content, box, score = line
            text.add(content, place, box=box_of(box), confidence=number(score))
    if found := text.page(1):
        yield found


def _lines(data: Any) -> list[_Line | None]:
    if isinstance(data, dict) and isinstance(data.get("txts"), list):
        rows = zip_longest(data["txts"], data.get("boxes") or (), data.get("scores") or ())
        return [(f"/txts/{at}", *row) for at, row in enumerate(rows)]
    if isinstance(data, dict) and data and all(key.isdecimal() for key in data):
        return [_line(f"/{key}", data[key]) for key in sorted(data, key=int)]
    if isinstance(data, list):
        return [_line(f"/{at}", one) for at, one in enumerate(data)]
    return []


def _line(place: str, line: Any) -> _Line | None:
    if isinstance(line, dict) and "rec_txt" in line:
        return place, line["rec_txt"], line.get("dt_boxes"), line.get("score")
    if isinstance(line, dict) and "txt" in line:
        return place, line["txt"], line.get("box"), line.get("score")
    if isinstance(line, list) and len(line) >= len(("box", "text")) and isinstance(line[1], str):
        return place, line[1], line[0], line[2] if len(line) > len(("box", "text")) else None
    return None

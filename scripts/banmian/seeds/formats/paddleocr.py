"""JSON of PaddleOCR: lines (2.x, 3.x, PaddleOCR-json) or the blocks of PP-StructureV3 and PaddleOCR-VL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from banmian.seeds.formats.lines import Box, FormPage, PageText, around, number

# What results are wrapped in: by the library, by its service.
_WRAPPERS = ("res", "result", "prunedResult", "layoutParsingResults", "ocrResults")
# Blocks that the engine takes for titles, and the marks by which text says so.
_TITLES = {"doc_title": "# ", "paragraph_title": "## "}


def is_paddleocr(data: Any) -> bool:
    """Whether JSON is of PaddleOCR."""
    pages = _pages(data)
    return bool(pages) and all(page is None or _is_page(page) for page in pages) and any(pages)


def read_paddleocr(data: Any) -> Iterator[FormPage]:
    """The pages of a file: lines in its order, or, where it tells blocks, those of each, apart, titles marked."""
    for part, page in enumerate(_pages(data), 1):
        text = PageText()
        if isinstance(page, dict) and "parsing_res_list" in page:
            _add_blocks(text, page["parsing_res_list"])
        elif isinstance(page, dict) and "rec_texts" in page:
            _add_columns(text, page)
        elif isinstance(page, dict):
            for at, line in enumerate(page["data"] if isinstance(page["data"], list) else []):
                text.add(
                    str(line.get("text", "")), f"/data/{at}", box=box_of(line.get("box")),
                    confidence=number(line.get("score")),
                )  # fmt: skip
        else:
            for at, (box, (content, score)) in enumerate(page or ()):
                text.add(str(content), f"/{at}", box=box_of(box), confidence=number(score))
        if found := text.page(part):
            yield found


def _pages(data: Any) -> list[Any]:
    """The results of the pages of a file, without what only wraps them."""
    if isinstance(data, dict):
        inner = next((data[key] for key in _WRAPPERS if isinstance(data.get(key), dict | list)), None)
        lines_alone = "overall_ocr_res" in data and not data.get("parsing_res_list")
        return _pages(data["overall_ocr_res"]) if lines_alone else [data] if inner is None else _pages(inner)
    if not isinstance(data, list) or not data:
        return []
    if all(isinstance(one, dict) for one in data):
        return [page for one in data for page in _pages(one)]
    return [data] if _is_line(data[0]) else data


def _is_page(page: Any) -> bool:
    if isinstance(page, dict):
        is_json = page.get("code") is not None and isinstance(page.get("data"), list | str)
        return isinstance(page.get("rec_texts"), list) or isinstance(page.get("parsing_res_list"), list) or is_json
    return isinstance(page, list) and all(map(_is_line, page))


def _is_line(line: Any) -> bool:
    """Whether it is [box, [text, score]]."""
    return (
        isinstance(line, list)
        and len(line) == len(("box", "text"))
        and isinstance(line[0], list)
        and isinstance(line[1], list)
        and len(line[1]) == len(("text", "score"))
        and isinstance(line[1][0], str)
    )


def _add_columns(text: PageText, page: dict[str, Any]) -> None:
    texts, scores = page["rec_texts"], page.get("rec_scores") or []
    boxes = page.get("rec_polys") or page.get("rec_boxes") or page.get("dt_polys") or []
    for at, content in enumerate(texts):
        box = box_of(boxes[at]) if at < len(boxes) == len(texts) else None
        score = number(scores[at]) if at < len(scores) else None
        text.add(str(content), f"/rec_texts/{at}", box=box, confidence=score)


def _add_blocks(text: PageText, blocks: Sequence[Any]) -> None:
    for at, block in enumerate(blocks):
        label, content = str(block.get("block_label") or ""), str(block.get("block_content") or "")
        mark = _TITLES.get(label, "")
        if mark and not content.lstrip().startswith("#"):
            content = mark + content.lstrip()
        place = f"/parsing_res_list/{at}"
        text.add(content, place, block=place, label=label or None, box=box_of(block.get("block_bbox")))


def box_of(points: Any) -> Box | None:
    """The box around [[x, y], ...], or that of [left, top, right, bottom]; None where it is neither."""
    try:
        if points and isinstance(points[0], list):
            return around(points)
        left, top, right, bottom = points
        return around([(left, top), (right, bottom)])
    except (TypeError, ValueError, IndexError, KeyError):
        return None

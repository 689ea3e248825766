"""MinerU's content_list.json: the blocks of all pages of a document in its reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from banmian.seeds.formats.lines import FormPage, PageText
from banmian.seeds.formats.paddleocr import box_of

# What holds the text of a block, in the order in which it stands; several names are those of several versions.
_TEXTS = (
    *("caption", "image_caption", "img_caption", "chart_caption", "table_caption", "code_caption"),
    *("text", "content", "list_items", "code_body", "table_body"),
    *("footnote", "image_footnote", "img_footnote", "chart_footnote", "table_footnote", "code_footnote"),
)
_DEEPEST = 6


def is_mineru(data: Any) -> bool:
    """Whether JSON is a content list."""
    return (
        isinstance(data, list)
        and bool(data)
        and all(isinstance(one, dict) and isinstance(one.get("page_idx"), int) and "type" in one for one in data)
    )


def read_mineru(data: Any) -> Iterator[FormPage]:
    """The pages of a file by their number in it, blocks apart; titles are marked with `#`, tables stay HTML."""
    pages: dict[int, PageText] = {}
    for at, block in enumerate(data):
        text = pages.setdefault(block["page_idx"], PageText())
        for key in _TEXTS:
            value = block.get(key)
            for content in value if isinstance(value, list) else [value]:
                if isinstance(content, str) and content.strip():
                    if key == "text":
                        content = _marked(content, block.get("text_level"))
                    label = str(block["type"]) if key in ("text", "content") else key
                    text.add(content, f"/{at}", block=f"/{at}", label=label, box=box_of(block.get("bbox")))
    for index in sorted(pages):
        if found := pages[index].page(index + 1):
            yield found


def _marked(content: str, level: Any) -> str:
    if isinstance(level, int) and level > 0 and not content.lstrip().startswith("#"):
        return "#" * min(level, _DEEPEST) + " " + content.strip()
    return content

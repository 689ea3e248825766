"""Which district 区政府 means: the one district or county that the article names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import lexicons
from .grammar import Body
from .text import plain


def named(texts: Sequence[str]) -> dict[str, str]:
    """Level (区, 县, 旗) -> the place of that level that the texts of an article name, if they name only one."""
    found: dict[str, set[str]] = {}
    for text in texts:
        form = plain(text)
        for level in lexicons.group("county_levels"):
            at = form.find(level)
            while at >= 0:
                start = lexicons.phrases("counties.txt").start(form, at + 1)
                if start < at:
                    found.setdefault(level, set()).add(form[start : at + 1])
                at = form.find(level, at + 1)
    return {level: next(iter(names)) for level, names in found.items() if len(names) == 1}


def placed(body: Body, districts: dict[str, str]) -> Body:
    """`body` with the district that its bare level stands for; the rule says that the article supplied it."""
    if body.place not in districts or "{}" not in body.template:
        return body
    return replace(body, place=districts[body.place], rule=f"{body.rule}_of_district")

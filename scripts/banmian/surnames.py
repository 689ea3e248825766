"""Chinese surnames: the page stage asks for them in bylines, the names stage in people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType


@cache
def surnames() -> Mapping[str, str]:
    """Each surname, compound ones included, and how common it is: '1' the most common, '2' common, '3' rare."""
    text = resources.files("banmian").joinpath("surnames.tsv").read_text("utf-8")
    entries = (line.split("\t") for line in text.splitlines() if line and not line.startswith("# "))
    return MappingProxyType(dict(entries))

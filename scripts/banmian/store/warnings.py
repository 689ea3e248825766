"""Warnings of pages as rows: kind, line and details, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from banmian.records import Remark
from banmian.words.remarks import as_json, from_json


def warning_row(remark: Remark) -> tuple[str, int | None, str]:
    """The columns kind, line and details, which are the other values as JSON."""
    details = {name: value for name, value in remark.values.items() if name != "line"}
    line = remark.values.get("line")
    return remark.kind, line if isinstance(line, int) else None, as_json(details)


def warning_of(row: Mapping[str, Any]) -> Remark:
    """The remark of a row with these columns."""
    return Remark(row["kind"], {"line": row["line"], **from_json(row["details"])})

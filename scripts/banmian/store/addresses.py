"""Where things stand on the site: addresses by key, from the root of the site, which every link uses."""

from __future__ import annotations

from urllib.parse import quote


def address(table: str, key: str) -> str:
    """The address of what has this key: /articles/<key>, the key as percent-encoded UTF-8."""
    return f"/{table}/{quote(key, safe='')}"

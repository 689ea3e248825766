"""Where things stand on the site: addresses by key, from the root of the site, which every link uses."""

from __future__ import annotations

from urllib.parse import quote

# The table of what has keys, by kind, and the column by which others refer to it.
TABLES = {
    "edition": ("editions", "id"),
    "page": ("pages", "id"),
    "article": ("articles", "key"),
    "organization": ("organizations", "key"),
    "person": ("people", "key"),
}


def address(table: str, key: str) -> str:
    """The address of what has this key: /articles/<key>, the key as percent-encoded UTF-8."""
    return f"/{table}/{quote(key, safe='')}"

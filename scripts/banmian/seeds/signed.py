"""Who decided an entry of editions.yml, and who confirmed it: initials, which the site does not publish."""

from __future__ import annotations

from banmian.seeds.yaml_nodes import Entry

SIGNED_KEYS = ("by", "confirmed_by")
# Of a page: who read it against the print, and who did so again.
CHECKED_KEYS = ("checked_by", "confirmed_by")


def check_signed(entry: Entry, keys: tuple[str, ...] = SIGNED_KEYS) -> None:
    """Note as faults of the entry what is no initials."""
    for key in keys:
        entry.word(key)

"""Who is who, as an editor decided: the entries of `identities` in editions.yml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from banmian.records import Identity
from banmian.seeds.yaml_nodes import Entry

IDENTITY_KEYS = ("kind", "names", "as", "in", "key", "reason")
IDENTITY_KINDS = ("person", "organization")
DECISIONS = ("same", "different", "none")


def read_identity(entry: Entry) -> Identity:
    """The entry, checked but for the text of the articles. Raises SeedsError where it is malformed."""
    kind, names, texts = entry.required("kind"), entry.texts("names"), entry.texts("in")
    decided, key = entry.text("as"), entry.word("key")
    if kind not in IDENTITY_KINDS:
        raise entry.error(entry.nodes["kind"], f"unknown kind {kind!r}. Known: {', '.join(IDENTITY_KINDS)}")
    if not names or len(set(names)) < len(names):
        raise entry.error(entry.nodes.get("names"), "'names' needs one name, or several, each once: [张伟]")
    if joined := next((name for name in names if "，" in name), None):
        raise entry.error(
            entry.nodes["names"], f"a full-width comma (，) in the name {joined!r}. Write ', ' between names"
        )
    if decided is None:
        raise entry.error(entry.nodes.get("as"), f"'as' is empty. Fill in what you decided: {', '.join(DECISIONS)}")
    if decided not in DECISIONS:
        raise entry.error(entry.nodes["as"], f"unknown {decided!r}. Known: {', '.join(DECISIONS)}")
    if key and decided != "different":
        raise entry.error(entry.nodes["key"], "'key' goes with as: different")
    if len(names) > 1 and decided == "none":
        raise entry.error(entry.nodes["as"], "as: none is said of one name. Make an entry for each")
    if len(names) > 1 and (texts or key):
        raise entry.error(None, "'in' and 'key' go with one name, not with several")
    if any("\n" in text for text in texts):
        raise entry.error(entry.nodes["in"], "a text in 'in' runs over a line's end. State the text of one line")
    number = (key or "").removeprefix(f"{names[0]}-")
    if key and (number == key or not (number.isascii() and number.isdecimal()) or int(number) < 2):
        raise entry.error(entry.nodes["key"], f"'key' must be the name and a number from 2, such as {names[0]}-2")
    return Identity(kind, names, decided, texts, key, entry.required("reason"), entry.line)


def contradiction(identities: Sequence[Identity]) -> tuple[Identity, str] | None:
    """The first decision of an edition that can't stand beside one before it, and why; None where all can."""
    decided: dict[tuple[str, frozenset[str], str], Identity] = {}
    for one in identities:
        if len(one.names) > 1:
            subjects = [frozenset(pair) for pair in combinations(one.names, 2)]
        else:
            subjects = [frozenset(one.names)]
        for subject in subjects:
            # What is said of some articles stands beside what is said of the rest.
            for text in one.texts if one.decided != "same" and one.texts else ("",):
                before = decided.setdefault((one.kind, subject, text), one)
                if (before.decided, before.key) != (one.decided, one.key):
                    about = f"{', '.join(sorted(subject))}{f' where {text!r} stands' if text else ''}"
                    return one, f"what is so of {about}, line {before.line} states otherwise. Keep one"
    return None


def numbered(identities: Sequence[Sequence[Identity]]) -> list[tuple[Identity, ...]]:
    """The decisions of each edition, those about a namesake with a key: the first number that is free, in file order.

    Two decisions share a namesake only where both state its key.
    """
    taken = {(one.kind, one.key) for of_edition in identities for one in of_edition}
    return [tuple(_numbered(one, taken) for one in of_edition) for of_edition in identities]


def _numbered(one: Identity, taken: set[tuple[str, str | None]]) -> Identity:
    if one.decided != "different" or len(one.names) > 1 or one.key:
        return one
    number = 2
    while (one.kind, f"{one.names[0]}-{number}") in taken:
        number += 1
    taken.add((one.kind, f"{one.names[0]}-{number}"))
    return replace(one, key=f"{one.names[0]}-{number}")

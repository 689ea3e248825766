"""Who is who, as an editor decided: the entries of `identities` in editions.yml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from banmian.records import Identity, Remark
from banmian.seeds.signed import SIGNED_KEYS, check_signed
from banmian.seeds.yaml_nodes import Entry

IDENTITY_KEYS = ("kind", "names", "as", "in", "key", "reason", *SIGNED_KEYS)
IDENTITY_KINDS = ("person", "organization")
DECISIONS = ("same", "different", "none")


def read_identity(entry: Entry) -> Identity:
    """The entry, checked but for the text of the articles. Raises SeedsError where it is malformed."""
    kind, names, texts = entry.required("kind"), entry.texts("names"), entry.texts("in")
    decided, key, reason = entry.text("as"), entry.word("key"), entry.required("reason")
    check_signed(entry)
    nodes = entry.nodes
    if kind and kind not in IDENTITY_KINDS:
        entry.fault(nodes["kind"], Remark("unknown_identity_kind", {"text": kind, "known": list(IDENTITY_KINDS)}))
    if (not names and ("names" in nodes or not entry.strays)) or len(set(names)) < len(names):
        entry.fault(nodes.get("names"), Remark("names_needed"))
    if joined := next((name for name in names if "，" in name), None):
        entry.fault(nodes["names"], Remark("wide_comma_in_name", {"text": joined}))
    if decided is None and ("as" in nodes or not entry.strays):
        entry.fault(nodes.get("as"), Remark("as_empty", {"known": list(DECISIONS)}))
    elif decided is not None and decided not in DECISIONS:
        entry.fault(nodes["as"], Remark("unknown_decision", {"text": decided, "known": list(DECISIONS)}))
    if key and decided in ("same", "none"):
        entry.fault(nodes["key"], Remark("key_of_different"))
    if len(names) > 1 and decided == "none":
        entry.fault(nodes["as"], Remark("none_of_one"))
    for stated in ("in", "key") if len(names) > 1 else ():
        if stated in nodes:
            entry.fault(nodes[stated], Remark("of_one_name", {"key": stated}))
    if any("\n" in text for text in texts):
        entry.fault(nodes["in"], Remark("text_over_line_end", {"key": "in"}))
    number = (key or "").removeprefix(f"{names[0]}-" if names else "")
    if key and names and (number == key or not (number.isascii() and number.isdecimal()) or int(number) < 2):
        entry.fault(nodes["key"], Remark("no_namesake", {"name": names[0]}))
    entry.checked()
    return Identity(kind, names, decided or "", texts, key, reason, entry.line)


def contradiction(identities: Sequence[Identity]) -> tuple[Identity, Remark] | None:
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
                    values = {"names": sorted(subject), "text": text, "line": before.line}
                    return one, Remark("identities_differ_where" if text else "identities_differ", values)
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

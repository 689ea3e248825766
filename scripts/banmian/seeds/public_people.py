"""Whether a person has a page for the public, as an editor decided: the entries of `people` in editions.yml."""

from __future__ import annotations

from dataclasses import dataclass

from banmian.records import Remark
from banmian.seeds.signed import SIGNED_KEYS, check_signed
from banmian.seeds.yaml_nodes import Entry

PEOPLE_KEYS = ("names", "as", "reason", *SIGNED_KEYS)
DECISIONS = ("public", "private")


@dataclass(frozen=True, slots=True)
class PublicPeople:
    """People by their keys who are in public life, or not, whatever is printed of them; `line` is that of the entry."""

    names: tuple[str, ...]
    is_public: bool
    reason: str
    line: int


def read_people(entry: Entry) -> PublicPeople:
    """What an entry decides. Raises SeedsError where it is malformed."""
    names, decided, reason = entry.texts("names"), entry.text("as", required=True), entry.required("reason")
    check_signed(entry)
    if not names and ("names" in entry.nodes or not entry.strays):
        entry.fault(entry.nodes.get("names"), Remark("names_needed"))
    if decided and decided not in DECISIONS:
        entry.fault(entry.nodes["as"], Remark("unknown_decision", {"text": decided, "known": list(DECISIONS)}))
    entry.checked()
    return PublicPeople(names, decided == "public", reason, entry.line)

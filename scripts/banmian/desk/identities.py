"""Questions of who is who, as the build asks them, with the answers that are possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from banmian.desk.decisions import AT_DESK
from banmian.desk.yaml_edits import Entry
from banmian.records import Remark
from banmian.words.remarks import from_json

# What may be answered, by the kind of question: `found` is a name that only a weak rule found.
ANSWERS = {"merge": ("same", "different"), "place": ("same", "different"), "split": ("same", "different"),
           "found": ("same", "none")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """Whether `names` of one `entity` are the same, or what one is where one of `texts` stands; `about`: the basis."""

    kind: str
    entity: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    about: Sequence[Remark]

    def entry(self, answer: str, by: str, reason: str) -> Entry:
        """The answer as an entry of `identities`."""
        where = {"in": list(self.texts)} if self.texts and answer != "same" else {}
        signed = {"reason": reason.strip() or AT_DESK, **({"by": by} if by else {})}
        return {"kind": self.entity, "names": list(self.names), **where, "as": answer, **signed}


def name_questions(rows: Iterable[Mapping[str, Any]], answered: Iterable[Mapping[str, Any]]) -> list[NameQuestion]:
    """The questions of rows of identity_candidates that no entry of `identities` in `answered` is about yet."""
    known = {(one.get("kind"), frozenset(one.get("names") or ())) for one in answered}
    found = []
    for row in rows:
        (asked,) = yaml.safe_load(row["entry"])
        names = tuple(map(str, asked["names"]))
        if (asked["kind"], frozenset(names)) not in known:
            texts = tuple(map(str, asked.get("in") or ()))
            found.append(NameQuestion(row["kind"], asked["kind"], names, texts, from_json(row["evidence"])))
    return found

"""What editors decided about who is who, and whether it still applies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from banmian.names import is_spelling, missing
from banmian.records import Identity, Remark
from banmian.seeds.records import Edition

Row = Sequence[str | int | float | None]


@dataclass(slots=True)
class _Answer:
    edition: str
    identity: Identity
    met: set[str] = field(default_factory=set)


def stale_answer(kind: str, line: int, decided: str, names: Sequence[str], gone: Sequence[str]) -> Remark:
    """That the answer in this line of editions.yml no longer applies: names or texts of it are `gone`."""
    lost = {"names": [text for text in gone if text in names], "in": [text for text in gone if text not in names]}
    reasons = [Remark(f"{kind}_not_in_{key}", {"key": key, "missing": texts}) for key, texts in lost.items() if texts]
    return Remark("identity_stale", {"entry": line, "decided": decided, "names": names, "reasons": reasons})


class Answers:
    """The decisions of all editions. One that several share (a file of articles) must be met in one of them."""

    def __init__(self) -> None:
        self._answers: dict[Identity, _Answer] = {}

    def add(self, edition: Edition, met: Iterable[tuple[Identity, str]]) -> None:
        """Keep the answers of an edition, and for each the names and texts that it was met with (Obeyed.met)."""
        for identity in edition.identities:
            self._answers.setdefault(identity, _Answer(edition.id, identity))
        for identity, text in met:
            self._answers[identity].met.add(text)

    def rows(self) -> list[Row]:
        """Rows of identity_answers, by their line in editions.yml."""
        return [self._row(answer) for answer in self._in_order()]

    def _in_order(self) -> list[_Answer]:
        return sorted(self._answers.values(), key=lambda answer: answer.identity.line)

    @staticmethod
    def _row(answer: _Answer) -> Row:
        one, gone = answer.identity, missing(answer.identity, answer.met)
        row = (
            answer.edition,
            one.line,
            one.kind,
            "\n".join(one.names),
            one.decided,
            "\n".join(one.texts) or None,
            one.key,
        )
        return (*row, one.reason, int(not gone), "\n".join(gone) or None)

    def stale(self) -> list[Remark]:
        """What no longer applies."""
        found = []
        for answer in self._in_order():
            one, gone = answer.identity, missing(answer.identity, answer.met)
            if gone:
                found.append(stale_answer(one.kind, one.line, one.decided, one.names, gone))
        return found

    def apart(self) -> frozenset[tuple[str, frozenset[str]]]:
        """(kind, pair) of the names that an editor said mean different entities."""
        several = [one.identity for one in self._answers.values() if one.identity.decided == "different"]
        return frozenset((one.kind, frozenset(pair)) for one in several for pair in combinations(one.names, 2))

    def answered(self, kind: str, names: Sequence[str]) -> bool:
        """Whether an editor has decided about these names: about a single one, that it is one entity."""
        return any(
            one.kind == kind
            and all(any(is_spelling(kind, name, stated) for stated in one.names) for name in names)
            and (len(names) > 1 or one.decided == "same")
            for one in (answer.identity for answer in self._answers.values())
            if (len(one.names) > 1) == (len(names) > 1)
        )

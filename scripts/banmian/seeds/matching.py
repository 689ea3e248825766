"""Which files are of which rule or row, and what is wrong where several claim one or one claims none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from banmian.records import Remark
from banmian.seeds.patterns import FilePattern, Matched
from banmian.seeds.problems import Problem
from banmian.seeds.yaml_nodes import Entry

# Sorts after every path that begins with what stands before it.
_LAST = "\U0010ffff"


class Claims(Protocol):
    """What has a pattern of files: a rule or a row."""

    @property
    def entry(self) -> Entry:
        """Where it stands."""

    @property
    def pattern(self) -> FilePattern | None:
        """The files that it is of."""


_Owner = TypeVar("_Owner", bound=Claims)


@dataclass(frozen=True, slots=True)
class Claimed(Generic[_Owner]):
    """Of each file whose it is and what its path says by that; those that claim nothing; contradictions."""

    files: Mapping[str, tuple[_Owner, Matched]]
    idle: tuple[_Owner, ...]
    problems: tuple[Problem, ...]


def claimed(owners: Sequence[_Owner], files: Sequence[str]) -> Claimed[_Owner]:
    """The `files`, which are sorted, as they are claimed."""
    found: dict[str, tuple[_Owner, Matched]] = {}
    idle: list[_Owner] = []
    doubly: dict[tuple[int, int], list[str]] = {}
    by_line: dict[int, _Owner] = {}
    for owner in owners:
        by_line[owner.entry.line] = owner
        some = False
        for path, matched in _matches(owner.pattern, files):
            some = True
            first = found.setdefault(path, (owner, matched))[0]
            if first is not owner:
                doubly.setdefault((first.entry.line, owner.entry.line), []).append(path)
        if owner.pattern and not some:
            idle.append(owner)
    return Claimed(found, tuple(idle), tuple(_contradictions(doubly, by_line)))


def _matches(pattern: FilePattern | None, files: Sequence[str]) -> Iterator[tuple[str, Matched]]:
    if pattern:
        # Only what begins as the pattern does: ten thousand rows are not held against ten thousand files.
        for at in range(bisect_left(files, pattern.begins), bisect_left(files, pattern.begins + _LAST)):
            if matched := pattern.match(files[at]):
                yield files[at], matched


def _contradictions(
    doubly: Mapping[tuple[int, int], Sequence[str]], by_line: Mapping[int, _Owner]
) -> Iterator[Problem]:
    for (first, second), paths in doubly.items():
        entry = by_line[second].entry
        values = {"file": paths[0], "count": len(paths), "line": first, "what": entry.what}
        yield Problem(entry.file, second, Remark("file_claimed_twice", values))

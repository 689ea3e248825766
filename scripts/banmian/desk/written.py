"""editions.yml on the disk: changed in one step, never over what somebody else wrote, with undo and redo."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from banmian.seeds.files import read_own

# So many changes can be undone.
_KEPT = 500
_NEW = ".editions.yml.desk-"


class ChangedError(Exception):
    """The file is not what the editor saw: somebody else wrote it meanwhile."""


@dataclass(frozen=True, slots=True)
class Change:
    """A place of the file where `removed` became `inserted`, at offset `at`; `before` and `after` are digests of it."""

    at: int
    removed: str
    inserted: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Journal:
    """The changes, oldest first; those from `done` on are undone."""

    changes: tuple[Change, ...] = ()
    done: int = 0


class EditionsText:
    """The file of editions in a folder of seeds; `own` is a folder for what can be undone."""

    def __init__(self, path: Path, own: Path) -> None:
        # A link stays one: what it leads to is written.
        self.path = Path(os.path.realpath(path))
        self._own = own
        for left in self.path.parent.glob(f"{_NEW}*"):
            left.unlink(missing_ok=True)

    def read(self) -> tuple[str, str]:
        """The text and its digest; of a file that is not there the empty one. Raises SeedsError."""
        text = read_own(self.path) if self.path.exists() else ""
        return text, digest(text)

    def write(self, text: str, seen: str) -> None:
        """Make it the text, if the file is still the one with the digest `seen`. Raises ChangedError, OSError."""
        with self._locked():
            old, now = self.read()
            if now != seen:
                raise ChangedError
            journal = self._journal()
            change = _change(old, text)
            kept = (*journal.changes[: journal.done], change)[-_KEPT:]
            self._put(text)
            self._keep(_Journal(kept, len(kept)))

    def undo(self) -> None:
        """Take back the last change. Raises ChangedError where the file is not what that made of it."""
        with self._locked():
            journal = self._journal()
            if journal.done:
                change = journal.changes[journal.done - 1]
                text, now = self.read()
                end = change.at + len(change.inserted)
                self._step(now == change.after, text[: change.at] + change.removed + text[end:])
                self._keep(replace(journal, done=journal.done - 1))

    def redo(self) -> None:
        """Make the change again that was undone last. Raises ChangedError."""
        with self._locked():
            journal = self._journal()
            if journal.done < len(journal.changes):
                change = journal.changes[journal.done]
                text, now = self.read()
                end = change.at + len(change.removed)
                self._step(now == change.before, text[: change.at] + change.inserted + text[end:])
                self._keep(replace(journal, done=journal.done + 1))

    def possible(self) -> tuple[bool, bool]:
        """Whether something can be undone, and redone."""
        journal = self._journal()
        _, now = self.read()
        undo = journal.done > 0 and journal.changes[journal.done - 1].after == now
        return undo, journal.done < len(journal.changes) and journal.changes[journal.done].before == now

    def _step(self, is_same: bool, text: str) -> None:
        if not is_same:
            raise ChangedError
        self._put(text)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._own.mkdir(parents=True, exist_ok=True)
        with (self._own / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _put(self, text: str) -> None:
        """Whole and on the disk before it takes the old one's place, with the old one's rights."""
        new = self.path.with_name(f"{_NEW}{os.getpid()}")
        try:
            with new.open("w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if self.path.exists():
                os.chmod(new, self.path.stat().st_mode & 0o7777)
            os.replace(new, self.path)
        finally:
            new.unlink(missing_ok=True)

    def _journal(self) -> _Journal:
        try:
            kept = json.loads((self._own / "changes.json").read_text("utf-8"))
            return _Journal(tuple(Change(**one) for one in kept["changes"]), kept["done"])
        except (OSError, ValueError, KeyError, TypeError):
            return _Journal()

    def _keep(self, journal: _Journal) -> None:
        """What can be undone is no part of the seeds: a journal that is lost costs no decision."""
        new = self._own / "changes.json.new"
        shown = {"changes": [asdict(one) for one in journal.changes], "done": journal.done}
        new.write_text(json.dumps(shown, ensure_ascii=False), "utf-8")
        os.replace(new, self._own / "changes.json")


def digest(text: str) -> str:
    """What tells one text of the file from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _change(old: str, new: str) -> Change:
    """The one place where the two differ."""
    at = _alike(old, new)
    same = _alike(old[at:][::-1], new[at:][::-1])
    return Change(at, old[at : len(old) - same], new[at : len(new) - same], digest(old), digest(new))


def _alike(one: str, other: str) -> int:
    """With how many of the same characters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))

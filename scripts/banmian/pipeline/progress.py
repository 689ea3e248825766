"""What a build tells of its work while it works. Whoever shows it, makes a Progress of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

_One = TypeVar("_One")


class Progress(Protocol):
    """Told what is being done; stages follow each other, and the last one ends with the build."""

    def stage(self, name: str, size: int | None = None) -> None:
        """A stage begins: its name as of stages.tsv, and how much there is to do, if it can be told."""

    def step(self, size: int = 1) -> None:
        """So much of the stage is done."""

    def note(self, text: str) -> None:
        """Something happened that a person should know at once."""


class Silent:
    """A Progress that tells nobody."""

    def stage(self, name: str, size: int | None = None) -> None:
        """Nothing is shown."""

    def step(self, size: int = 1) -> None:
        """Nothing is shown."""

    def note(self, text: str) -> None:
        """Nothing is shown."""


def stepped(things: Iterable[_One], progress: Progress, size: Callable[[_One], int]) -> Iterator[_One]:
    """The things, each of that size, and done when the next one is asked for."""
    for thing in things:
        yield thing
        progress.step(size(thing))

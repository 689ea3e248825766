"""What an editor decided about the lines of a page, in the solver's terms: numbers of lines, and what they score.

The scores lead the search to pages that follow what was decided; lawful.py sees to the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from banmian.words.span_kinds import BEGINNINGS

DECIDED = 60.0


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are of one article, and what else is decided of it.

    `outer` are those that are surely no text or crosshead, `heads` those that may stand over it. It begins with
    `first`, or with the heading `head`; `text`, if not None, is all its text in order. Two groups with headlines are
    two articles.
    """

    lines: frozenset[int]
    outer: frozenset[int]
    heads: frozenset[int]
    headlines: bool
    first: int | None = None
    head: int | None = None
    text: tuple[int, ...] | None = None

    def is_apart(self, other: Group) -> bool:
        """Whether the two can't be one article."""
        return (
            (self.headlines and other.headlines)
            or (self.first is not None and other.first is not None)
            or (self.head is not None and other.head is not None)
            or self._shuts_out(other)
            or other._shuts_out(self)
        )

    def _shuts_out(self, other: Group) -> bool:
        above = self.head is not None and any(head < self.head for head in other.heads)
        return above or (self.text is not None and other.lines != other.outer)


@dataclass(frozen=True, slots=True)
class Run:
    """Crossheads that follow each other, the text that they stand after, and before; None: that is open.

    With `first` nothing of the article stands before them.
    """

    lines: tuple[int, ...]
    after: int | None
    before: int | None
    first: bool


@dataclass(frozen=True)
class Rulings:
    """What an editor decided, by numbers of units.

    Which line goes on in which (in its paragraph, in a new one, or None: either), which do not, what each is, which are
    some heading, and what belongs to one article. `homes` has, for lines that the search does not see (their offsets),
    a line of their article.
    """

    next: Mapping[int, tuple[int, bool | None]] = field(default_factory=dict)
    apart: frozenset[tuple[int, int]] = frozenset()
    kinds: Mapping[int, str] = field(default_factory=dict)
    headings: frozenset[int] = frozenset()
    together: frozenset[tuple[int, int]] = frozenset()
    groups: tuple[Group, ...] = ()
    runs: tuple[Run, ...] = ()
    homes: Mapping[int, int] = field(default_factory=dict)

    @property
    def decide(self) -> bool:
        """Whether they say anything of the lines that the search sees."""
        return bool(self.kinds or self.groups or self.apart)

    @cached_property
    def lines(self) -> frozenset[int]:
        """The lines of which anything is decided."""
        pairs = frozenset(line for pair in (*self.apart, *self.together) for line in pair)
        groups = frozenset[int]().union(*(group.lines for group in self.groups))
        return (
            frozenset((*self.next, *self.before, *self.begins, *self.ends, *self.kinds, *self.headings))
            | pairs
            | groups
        )

    @cached_property
    def before(self) -> Mapping[int, int]:
        """The line that each line follows, where that is decided."""
        return {right: left for left, (right, _) in self.next.items()}

    @cached_property
    def begins(self) -> frozenset[int]:
        """The lines with which bodies begin."""
        after = {run.lines[0]: run.before for run in self.runs}
        found = [after.get(group.first, group.first) for group in self.groups if group.first is not None]
        return frozenset(line for line in found if line is not None)

    @cached_property
    def ends(self) -> frozenset[int]:
        """The lines with which bodies end."""
        bodies = [[line for line in group.text or () if self.kinds.get(line) == "body"] for group in self.groups]
        return frozenset(body[-1] for body in bodies if body)

    @cached_property
    def _alone(self) -> tuple[frozenset[int], ...]:
        """Sets of lines of which an article has one."""
        headed = [min(group.heads) for group in self.groups if group.headlines]
        firsts = [group.first for group in self.groups if group.first is not None]
        heads = [group.head for group in self.groups if group.head is not None]
        return tuple(frozenset(lines) for lines in (headed, firsts, heads) if len(lines) > 1)

    def allowed(self, line: int, kinds: Mapping[str, float]) -> dict[str, float]:
        """Of the kinds that a line may have, with their scores, those that it may have by rulings."""
        if line in self.kinds:
            return {self.kinds[line]: 0.0}
        if line in self.headings:
            return {kind: score for kind, score in kinds.items() if kind in BEGINNINGS} or {"headline": 0.0}
        return dict(kinds)

    def on_link(self, left: int, right: int) -> float:
        """What rulings add to the score of this link."""
        ruled, _ = self.next.get(left, (None, False))
        if ruled == right:
            return DECIDED
        taken = right in self.before or right in self.begins or left in self.ends
        return -DECIDED if ruled is not None or taken or (left, right) in self.apart else 0.0

    def on_start(self, line: int) -> float:
        """What rulings add to the score of a body that begins with the line."""
        return -DECIDED if line in self.before else DECIDED if line in self.begins else 0.0

    def on_end(self, line: int) -> float:
        """What rulings add to the score of a body that ends with the line."""
        return -DECIDED if line in self.next else DECIDED if line in self.ends else 0.0

    def on_lines(self, lines: Sequence[int]) -> float:
        """What rulings add to the score of an article of these lines."""
        if not self.together and not self._alone:
            return 0.0
        inside = frozenset(lines)
        parted = sum((one in inside) != (other in inside) for one, other in self.together)
        return -DECIDED * (parted + sum(max(0, len(alone & inside) - 1) for alone in self._alone))

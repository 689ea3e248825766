"""An order of an article's text that keeps what an editor decided: what follows what, what does not, what is first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from banmian.page.article import Reader
from banmian.page.order import best_path
from banmian.page.rulings import Rulings, Run

_MOST_EXACT = 8
_MOST_MOVES = 60
_FORBIDDEN = -1e6

Lines = tuple[int, ...]


def ordered(reader: Reader, body: Lines) -> Lines:
    """The body lines in an order that follows the rulings as far as any does; the same where it does already."""
    rulings = reader.links.rulings
    if not _faults(rulings, body):
        return body
    chains = _chains(rulings, body)
    if len(chains) <= _MOST_EXACT:
        return _best(reader, chains)
    chains.sort(key=lambda chain: (chain[0] not in rulings.begins, body.index(chain[0])))
    return _moved(reader, chains)


def _faults(rulings: Rulings, body: Sequence[int]) -> int:
    """How many rulings this order does not follow."""
    inside, following = set(body), dict(pairwise(body))
    parted = sum(
        right in inside and following.get(left) != right for left, (right, _) in rulings.next.items() if left in inside
    )
    late = sum(line in rulings.begins for line in body[1:])
    return parted + late + sum(link in rulings.apart for link in following.items())


def _chains(rulings: Rulings, body: Lines) -> list[Lines]:
    """The lines that follow each other by rulings, in the order of their first ones."""
    inside = set(body)
    chains: list[Lines] = []
    done: set[int] = set()
    begins = [line for line in body if rulings.before.get(line) not in inside]
    # Lines in a circle have no beginning.
    for begin in [*begins, *body]:
        chain: list[int] = []
        at: int | None = begin
        while at in inside and at not in done:
            done.add(at)
            chain.append(at)
            at = rulings.next.get(at, (None, None))[0]
        if chain:
            chains.append(tuple(chain))
    return chains


def _best(reader: Reader, chains: Sequence[Lines]) -> Lines:
    """The chains in the best order, worked out exactly."""
    links, rulings = reader.links, reader.links.rulings
    begun = any(chain[0] in rulings.begins for chain in chains)

    def step(left: int, right: int) -> float:
        if (left, right) in rulings.apart:
            return _FORBIDDEN
        return links.score(left, right, "next") if right == left + 1 else links.apart(left, right)

    starts = [
        links.start(chain[0]) + (_FORBIDDEN if begun and chain[0] not in rulings.begins else 0.0) for chain in chains
    ]
    steps = [[0.0 if one is other else step(one[-1], other[0]) for other in chains] for one in chains]
    path, _, _ = best_path(starts, steps, [links.end(chain[-1]) for chain in chains])
    return tuple(line for at in path for line in chains[at])


def _moved(reader: Reader, chains: list[Lines]) -> Lines:
    """The chains in an order that follows the rulings, those moved that do not stand right, to where they fit best."""
    rulings = reader.links.rulings

    def worth(order: Sequence[Lines]) -> tuple[int, float]:
        lines = tuple(line for chain in order for line in chain)
        return -_faults(rulings, lines), reader.orders.total(lines)

    best = worth(chains)
    for _ in range(_MOST_MOVES):
        wrong = [
            at + k
            for at, (one, other) in enumerate(pairwise(chains))
            if (one[-1], other[0]) in rulings.apart
            for k in (0, 1)
        ]
        options = [_put(chains, at, to) for at in wrong for to in range(len(chains))]
        better = max(options, key=worth, default=chains)
        if worth(better) <= best:
            break
        chains, best = better, worth(better)
    return tuple(line for chain in chains for line in chain)


def _put(chains: Sequence[Lines], at: int, to: int) -> list[Lines]:
    rest = [*chains[:at], *chains[at + 1 :]]
    return [*rest[:to], chains[at], *rest[to:]]


class Places:
    """Where the crossheads of an article stand: before which body line (None: after the last)."""

    def __init__(self, rulings: Rulings, body: Lines, joins: Sequence[tuple[int, int]]) -> None:
        self._rulings = rulings
        self._body = body
        between = {run.before: run.after for run in rulings.runs}
        after = {run.after for run in rulings.runs}
        self.joins = tuple((left, right) for left, right in joins if right not in between and left not in after)
        joined = {right for _, right in self.joins}
        self._slots: dict[int | None, list[int]] = {line: [] for line in body if line not in joined}
        self._slots[None] = []

    def decided(self, crossheads: Sequence[int]) -> bool:
        """Whether rulings say anything of these crossheads, or of what an article begins with."""
        told = {line for run in self._rulings.runs for line in run.lines} | {
            line for link in self._rulings.apart for line in link
        }
        begins = bool(self._body) and self._body[0] in self._rulings.begins
        return bool(crossheads) and (begins or not told.isdisjoint(crossheads))

    def put(self, crossheads: Sequence[int]) -> list[int]:
        """Give each of these lines (ascending) a place. Returns those for which none follows the rulings."""
        if not self.decided(crossheads):
            return []
        runs = [run for run in self._rulings.runs if run.lines[0] in crossheads]
        placed = {line for run in runs for line in run.lines if self._is_fixed(run)}
        strays: list[int] = []
        for run in runs:
            if self._is_fixed(run):
                self._fix(run)
        loose = [run.lines for run in runs if not self._is_fixed(run)]
        placed |= {line for lines in loose for line in lines}
        loose += [(line,) for line in crossheads if line not in placed]
        for lines in sorted(loose):
            if not self._fit(lines):
                strays += lines
        return strays

    def crossheads(self) -> tuple[tuple[int, int | None], ...]:
        """The places found, in reading order."""
        return tuple((line, place) for place, lines in self._slots.items() for line in lines)

    def _is_fixed(self, run: Run) -> bool:
        return run.first or run.after in self._body or run.before in self._body

    def _fix(self, run: Run) -> None:
        following = dict(pairwise([*self._body]))
        if run.first:
            place: int | None = self._body[0] if self._body else None
            self._slots[place][:0] = run.lines
        elif run.after in self._body:
            place = following.get(run.after) if run.after is not None else None
            self._slots[place][:0] = run.lines
        else:
            self._slots[run.before] += run.lines

    def _fit(self, lines: Lines) -> bool:
        """Put crossheads of which no place is decided before the text that follows them in the file, if that may be."""
        default = next((other for other in sorted(self._body) if other > lines[0]), None)
        order = list(self._slots)
        reading = [*self._body, None]
        wanted = reading.index(default)
        for place in sorted(order, key=lambda slot: (abs(reading.index(slot) - wanted), -reading.index(slot))):
            for at in self._gaps(place):
                there = self._slots[place]
                if self._may(place, [*there[:at], *lines, *there[at:]]):
                    there[at:at] = lines
                    return True
        return False

    def _gaps(self, place: int | None) -> Iterator[int]:
        """Where among the crossheads of a place others may come: not inside a run, not before what comes first."""
        there = self._slots[place]
        runs = [run for run in self._rulings.runs if run.lines[0] in there and self._is_fixed(run)]
        front = sum(len(run.lines) for run in runs if run.first or run.after in self._body)
        back = sum(len(run.lines) for run in runs) - front
        yield from range(len(there) - back, front - 1, -1)

    def _may(self, place: int | None, lines: Sequence[int]) -> bool:
        at = len(self._body) if place is None else self._body.index(place)
        before = [self._body[at - 1]] if at else []
        after = [] if place is None else [place]
        if (
            not at
            and place in self._rulings.begins
            and not any(run.first for run in self._rulings.runs if run.lines[0] in lines)
        ):
            return False
        sequence = [*before, *lines, *after]
        return not any(
            (left, right) in self._rulings.apart for k, left in enumerate(sequence) for right in sequence[k + 1 :]
        )

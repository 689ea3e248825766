"""How the paragraphs of a page are set: what indents, blank lines and the width of lines say of each line end.

The page itself shows how it begins and ends its paragraphs. Expectation and maximization (Dempster, Laird and Rubin
1977): from how surely the text goes on at each line end follows how often each sign stands there, and from that again
how surely it goes on. What the text adds is weighed by weights.txt: `wrap` tells going on from the end of a paragraph,
`cut` from the end of a column, where the text breaks off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from banmian.page.alone import End, coupled
from banmian.page.cuts import Crossing, Side, stop_of
from banmian.page.hyphens import divides
from banmian.page.lexicon import weighted
from banmian.page.marks import Unit
from banmian.page.measure import missing

_ROUNDS = 8
_MOST_GAIN = 12.0
_FARTHEST = 40.0
# Where a paragraph goes on as surely as this a column may yet end: which shares of the line ends may be such, and how
# many of how many are, before the page was looked at.
_GOES_ON = 2.0
_SHARES = (0.001, 0.003, 0.01, 0.02, 0.04, 0.07, 0.12, 0.2)
_CUTS = (0.1, 20)
# By how much a line may miss its measure, and what that is called.
_ENDINGS = ((-3.0, "far over"), (-0.75, "over"), (0.75, "full"), (1.75, "near"), (3.25, "wanting"))
# How lines end that go on, of a usual page of so many lines.
_ON = {"full": 20.0, "near": 3.0, "over": 1.5, "wanting": 1.0, "short": 0.15, "far over": 0.2}
# The last line of a paragraph may be of any width: how many full-width characters wide is what each name takes in.
_OFF_WIDTHS = {"full": 1.5, "near": 1.0, "wanting": 1.5}
_OFF_OTHERS = {"over": 0.03, "far over": 0.05}
_OFF_LINES, _SIGN_LINES = 6.0, 1.0
# How many lines it counts for that a line which begins so usually does not go on from the one above.
_OFF_BEGINNINGS = {"set in": 3.0, "centred": 3.0, "stands short": 2.0, "juts out": 3.0}


@dataclass(frozen=True, slots=True)
class Signs:
    """How a line end is set: how the upper line ends, how the lower one begins, by how many lines they are apart."""

    ending: str
    beginning: str
    apart: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A line end: the number of the unit above it, its signs, the measure there, and what the text says.

    `stop` is how the text of the line above ends; `alone`: the line below has no stop and nothing can go on from it.
    """

    at: int
    signs: Signs
    measure: float
    text: Mapping[str, float]
    crossing: Crossing
    stop: str
    alone: bool


def signs_of(above: Unit, below: Unit, measure: float, next_measure: float) -> Signs:
    """How the end of the line `above` is set. A stop may stand beyond the measure."""
    lacks = missing(above, measure)
    ending = next((name for most, name in _ENDINGS if lacks < most), "short")
    if ending == "over" and _may_end(above):
        ending = "full"
    return Signs(ending, _beginning(below, next_measure), str(min(3, below.line.number - above.line.number)))


def _beginning(unit: Unit, measure: float) -> str:
    """Whether the line is set in, or else how much it lacks, as one does whose indent was lost.

    Of a line that may be the last of its paragraph that tells nothing.
    """
    if unit.line.indent >= 0.5:
        return "set in" if unit.line.indent <= measure / 2 else "centred"
    lacks = missing(unit, measure)
    if lacks < _ENDINGS[0][0]:
        return "juts out"
    if _may_end(unit):
        return "may end"
    return "stands short" if lacks >= _ENDINGS[-1][0] else f"lacks {max(-1, round(lacks))}"


def _may_end(unit: Unit) -> bool:
    return stop_of(unit.text) in ("full", "maybe")


def text_features(left: Side, right: Side, across: Crossing, turns: bool, item: bool) -> dict[str, float]:
    """What the text across a line end says of its going on; `turns`: the column changes, `item`: of a list."""
    stopped, is_open = left.stop == "full", left.stop == "open"
    return {
        f"stop {left.stop}": 1.0,
        "dictionary": min(across.gain, _MOST_GAIN) / 4,
        "no word across": float(not across.word and is_open),
        "fluency": across.fluency,
        "printed": float(max(0, len(across.printed) - 1)),
        "matched": float(bool(across.matched)),
        "unmatched": float(min(across.unmatched, 2)),
        "counted": float(bool(across.counted)),
        "start": 0.0 if stopped else right.start,
        "start after stop": right.start if stopped else 0.0,
        "end": left.end if is_open else 0.0,
        "opens paragraph": float(right.opens_paragraph),
        "opens clause": float(right.opens_clause),
        "goes on": float(right.goes_on),
        "closes": float(bool(right.closes)),
        "dangles": float(left.dangles),
        "divided": float(divides(left.text, right.text)),
        "latin": float(_is_latin(left.text[-1]) and _is_latin(right.text[0])),
        "item": float(item),
        "turns": float(turns),
    }


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


@dataclass(frozen=True, slots=True)
class Odds:
    """That the text goes on at a gap, in log odds.

    Against the end of a paragraph; against that of a column by how many of the page's line ends are such; and by what
    the text says of it.
    """

    paragraph: float
    column: float
    text: float

    @property
    def all(self) -> float:
        """What speaks against the likelier of the two ends, by all signs."""
        return min(self.paragraph, self.column + self.text)


def odds_of(gaps: Sequence[Gap]) -> list[Odds]:
    """For each gap the log odds that the text goes on."""
    said = [weighted("wrap", gap.text) for gap in gaps]
    odds = [one + layout for one, layout in zip(said, layout_odds(gaps, []), strict=True)]
    for _ in range(_ROUNDS):
        odds = [one + layout for one, layout in zip(said, layout_odds(gaps, odds), strict=True)]
    odds = coupled([End(gap.at, one, _no_stop(gap.stop), gap.alone) for gap, one in zip(gaps, odds, strict=True)])
    open_ends = [weighted("cut", gap.text) if gap.stop != "full" else _FARTHEST for gap in gaps]
    cut = _share_cut([fit for fit, one in zip(open_ends, odds, strict=True) if fit < _FARTHEST and one > _GOES_ON])
    return [Odds(one, -log(cut / (1 - cut)), fit) for one, fit in zip(odds, open_ends, strict=True)]


def _no_stop(stop: str) -> bool:
    return stop in ("open", "pause")


def _share_cut(fits: Sequence[float]) -> float:
    """The likeliest share of line ends at which a column ends.

    `fits` says how much likelier than any other text the next line is.
    """
    few, most = _CUTS
    return max(
        _SHARES,
        key=lambda share: (
            few * log(share)
            + most * log(1 - share)
            + sum([log(1 - share + share * exp(-_bounded(fit))) for fit in fits])
        ),
    )


def layout_odds(gaps: Sequence[Gap], odds: Sequence[float]) -> list[float]:
    """What the setting says of each gap where the text goes on with these odds; without any, what it usually says."""
    going = [1 / (1 + exp(-_bounded(one))) for one in odds]
    on = _Tally(gaps, going)
    off = _Tally(gaps, [1 - one for one in going])
    found = []
    for gap in gaps:
        name = gap.signs.ending
        ends_so = (_ON[name] + on.endings[name]) / (sum(_ON.values()) + on.total)
        off_so = (_OFF_LINES * _ends_off(name, gap.measure) + off.endings[name]) / (_OFF_LINES + off.total)
        found.append(log(ends_so / off_so) + on.lead(off, gap) if odds else log(ends_so / off_so))
    return found


def _ends_off(name: str, measure: float) -> float:
    """How many of the paragraphs set in this measure end so."""
    shares = {**{name: width / measure for name, width in _OFF_WIDTHS.items()}, **_OFF_OTHERS}
    return shares.get(name, 1 - sum(shares.values()))


class _Tally:
    """How often each sign stands at the gaps, each counted with its weight."""

    def __init__(self, gaps: Sequence[Gap], weights: Sequence[float]) -> None:
        self.endings: Counter[str] = Counter()
        self._others: Counter[tuple[str, str]] = Counter()
        self.total = sum(weights)
        for gap, weight in zip(gaps, weights, strict=False):
            self.endings[gap.signs.ending] += weight  # type: ignore[assignment]
            self._others["begins", gap.signs.beginning] += weight  # type: ignore[assignment]
            self._others["apart", gap.signs.apart] += weight  # type: ignore[assignment]

    def lead(self, other: _Tally, gap: Gap) -> float:
        """How much likelier the gap's beginning and distance are here than in the other, in log odds."""
        lead = 0.0
        for sign in (("begins", gap.signs.beginning), ("apart", gap.signs.apart)):
            usual = _SIGN_LINES * (self._others[sign] + other._others[sign]) / (self.total + other.total)
            off = _OFF_BEGINNINGS.get(sign[1], 0.0)
            lead += log((self._others[sign] + usual) / (self.total + _SIGN_LINES))
            lead -= log((other._others[sign] + usual + off) / (other.total + _SIGN_LINES + off))
        return lead


def _bounded(odds: float) -> float:
    return max(-_FARTHEST, min(_FARTHEST, odds))

"""How badly a page was read: how many of its lines lost the full stop that ended them."""

from __future__ import annotations

from collections.abc import Sequence

from banmian.page.cuts import Side
from banmian.page.kinds import Kinds
from banmian.page.lexicon import weighted, words
from banmian.page.links import Features, Links

_LONG_LINE = 30
# A page has lost stops where so many lines may have: one alone is cut.
_FEWEST = 2


def lost_stops(links: Links, kinds: Sequence[Kinds]) -> int:
    """About how many lines lost their stop; 0 where the page's line ends can be trusted. `links` as of a noisy page."""
    lines = _body_lines(links, kinds)
    if len(_ended(links, lines)) < _FEWEST or weighted("noise", noise_features(links, kinds)) <= 0:
        return 0
    return max(1, sum(lead > 0 for lead in _leads(links, lines, _ended(links, lines))))


def noise_features(links: Links, kinds: Sequence[Kinds]) -> Features:
    """How many body lines kept their stop, and how many more likely lost it, each by its odds but no more than one."""
    lines = _body_lines(links, kinds)
    return {
        "kept": float(sum(not links.breaks_off(line) for line in lines)),
        "lost": sum(min(1.0, lead) for lead in _leads(links, lines, lines) if lead > 0),
    }


def _body_lines(links: Links, kinds: Sequence[Kinds]) -> list[int]:
    return [line for line, own in enumerate(kinds) if "body" in own and len(links.units[line].text) > _LONG_LINE]


def _leads(links: Links, body: Sequence[int], lines: Sequence[int]) -> list[float]:
    """For each of the lines that breaks off above another of `body`, how much likelier its sentence ended there."""
    inside = frozenset(body)
    found = [links.features(line, line + 1, "next") for line in lines if links.breaks_off(line) and line + 1 in inside]
    return [weighted("lost", features) - weighted("join", features) for features in found]


def _ended(links: Links, lines: Sequence[int]) -> list[int]:
    """The lines that may have lost a stop: no sentence ends at a comma, nor with a word after which none can stop."""
    return [line for line in lines if links.breaks_off(line) and not _goes_on(links.sides[line])]


def _goes_on(side: Side) -> bool:
    return side.stop == "pause" or side.last_word in words("dangling")

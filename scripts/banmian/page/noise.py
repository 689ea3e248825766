"""How badly a page was read: how many of its lines lost the full stop that ended them."""

from __future__ import annotations

from collections.abc import Sequence

from banmian.page.kinds import Kinds
from banmian.page.lexicon import weighted
from banmian.page.links import Features, Links

_LONG_LINE = 30


def lost_stops(links: Links, kinds: Sequence[Kinds]) -> int:
    """About how many lines lost their stop; 0 where the page's line ends can be trusted. `links` as of a noisy page."""
    lines = _body_lines(links, kinds)
    if not lines or weighted("noise", noise_features(links, kinds)) <= 0:
        return 0
    return max(1, sum(lead > 0 for lead in _leads(links, lines)))


def noise_features(links: Links, kinds: Sequence[Kinds]) -> Features:
    """How many body lines kept their stop, and how many more likely lost it, each by its odds but no more than one."""
    lines = _body_lines(links, kinds)
    return {
        "kept": float(sum(not links.breaks_off(line) for line in lines)),
        "lost": sum(min(1.0, lead) for lead in _leads(links, lines) if lead > 0),
    }


def _body_lines(links: Links, kinds: Sequence[Kinds]) -> list[int]:
    return [line for line, own in enumerate(kinds) if "body" in own and len(links.units[line].text) > _LONG_LINE]


def _leads(links: Links, lines: Sequence[int]) -> list[float]:
    """For each line that breaks off, by how much likelier a new paragraph begins below it than its sentence goes on."""
    inside = frozenset(lines)
    found = [links.features(line, line + 1, "next") for line in lines if links.breaks_off(line) and line + 1 in inside]
    return [weighted("lost", features) - weighted("join", features) for features in found]

"""How badly a page was read: whether its lines lost full stops, and how many.

Whether is asked before the search, which trusts line ends accordingly; how many, of what it found.
"""

from __future__ import annotations

from collections.abc import Sequence

from banmian.page.article import Reading
from banmian.page.broken import ends_inside
from banmian.page.cuts import Side
from banmian.page.kinds import Kinds
from banmian.page.lexicon import weighted, words
from banmian.page.links import Features, Links
from banmian.page.misread import misread

_LONG_LINE = 30
# What would take a page set in few long sentences for one that lost stops.
_NOT_ASKED = frozenset({"may end", "read on"})
# A page has lost stops where so many lines may have: one alone is cut.
_FEWEST = 2
# On a page of fewer lines of text one alone does not tell: below a column's cut there may stand another article.
_SHORT_PAGE = 15


def has_lost_stops(links: Links, kinds: Sequence[Kinds]) -> bool:
    """Whether the page's line ends can't be trusted. `links` as of a noisy page."""
    lines = _body_lines(links, kinds)
    if len(_ended(links, lines)) < _FEWEST:
        return False
    features = noise_features(links, kinds)
    # However strange its words are, a page that shows no lost stop has lost none.
    shown = features["lost"] >= _FEWEST if len(lines) < _SHORT_PAGE else features["lost"] > 0
    return shown and weighted("noise", features) > 0


def lost_stops(links: Links, readings: Sequence[Reading]) -> int:
    """About how many lines of the readings lost their stop: those that end a paragraph and may be a sentence's end."""
    joined = {left for reading in readings for left, _ in reading.joins}
    ends = [line for reading in readings for line in reading.body if line not in joined and ends_inside(links, line)]
    return len(_ended(links, ends))


def noise_features(links: Links, kinds: Sequence[Kinds]) -> Features:
    """How many body lines kept their stop, how many more likely lost it, each by its odds but no more than one.

    And how much of them seems misread: what loses stops reads characters wrong, too.
    """
    lines = _body_lines(links, kinds)
    return {
        "kept": float(sum(not links.breaks_off(line) for line in lines)),
        "lost": sum(min(1.0, lead) for lead in _leads(links, lines, lines) if lead > 0),
        "misread": misread(links.units[line].text for line in lines),
    }


def _body_lines(links: Links, kinds: Sequence[Kinds]) -> list[int]:
    return [line for line, own in enumerate(kinds) if "body" in own and len(links.units[line].text) > _LONG_LINE]


def _leads(links: Links, body: Sequence[int], lines: Sequence[int]) -> list[float]:
    """For each of the lines that breaks off above another of `body`, how much likelier its sentence ended there."""
    inside = frozenset(body)
    found = [links.features(line, line + 1, "next") for line in lines if links.breaks_off(line) and line + 1 in inside]
    asked = [{name: value for name, value in one.items() if name not in _NOT_ASKED} for one in found]
    return [weighted("lost", features) - weighted("join", features) for features in asked]


def _ended(links: Links, lines: Sequence[int]) -> list[int]:
    """The lines that may have lost a stop: no sentence ends at a comma, nor with a word after which none can stop."""
    return [line for line in lines if links.breaks_off(line) and not _goes_on(links.sides[line])]


def _goes_on(side: Side) -> bool:
    return side.stop == "pause" or side.last_word in words("dangling")

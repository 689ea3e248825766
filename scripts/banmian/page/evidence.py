"""Why two lines were joined, in words, with the lead of the join over what else was possible."""

from __future__ import annotations

from itertools import pairwise

from banmian.page.article import Reader, Reading
from banmian.page.cuts import Side

_SHARED = 3


def describe(reader: Reader, left: int, right: int) -> str:
    """What speaks for the join, most telling first, as an English sentence with the Chinese words it rests on."""
    links = reader.links
    found, here = links.crossing(left, right), links.sides[left]
    reasons = []
    if found.word:
        reasons.append(f"the dictionary word {found.word} stands across the cut")
    if len(found.printed) > 2 and found.printed != found.word:
        reasons.append(f"the page prints {found.printed} elsewhere")
    if found.matched:
        reasons.append(f"{found.matched} closes what the upper line opened")
    if found.counted:
        reasons.append(f"a number meets its measure word ({found.counted})")
    reasons.append(_breaking(here))
    shared = links.topics.shared(left, [right])[:_SHARED]
    if shared:
        reasons.append(f"both lines hold {'、'.join(shared)}")
    reasons.append(_place(left, right))
    return "; ".join(reasons)


def _breaking(side: Side) -> str:
    if side.dangles:
        return f"no sentence stops after {side.last_word}"
    return "the upper line breaks off without a stop"


def _place(left: int, right: int) -> str:
    if right == left + 1:
        return "the next line of the file"
    return f"{abs(right - left)} lines {'further down' if right > left else 'further up'} in the file"


def margin(reader: Reader, readings: list[Reading], left: int, right: int) -> float | None:
    """The join's lead over the best exchange of partners with another link of the page; None without another."""
    orders = reader.orders
    leads = []
    for reading in readings:
        for a, b in pairwise(reading.body):
            if a == left or not reader.links.breaks_off(a) or b == right:
                continue
            now = orders.free_link(left, right) + orders.free_link(a, b)
            then = orders.free_link(left, b) + orders.free_link(a, right)
            leads.append(now - then)
    return round(min(leads), 2) if leads else None

"""How surely the file has the lines of a page in the order of print.

A page that is cut by columns shows it: its text breaks off where the next line does not go on, or a heading or lead
follows; leads stand below text, with no headline above them. One that breaks off nowhere is hardly cut. How much each
of these counts is learned (scripts/train/file_order.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp

from banmian.page.lexicon import weighted
from banmian.page.marks import Unit

# A line of so many characters is text; up to so many it may be a headline.
_TEXT, _HEADING = 25, 40
_LEAST = 2 / 3
_MISFIT, _FIT = -0.3, 1.0
_SET = 2.0


def in_order(features: dict[str, float]) -> float:
    """From 0 to 1: 0 where it is no more than twice as likely so as not."""
    chance = 1 / (1 + exp(-weighted("file order", features)))
    return max(0.0, (chance - _LEAST) / (1 - _LEAST))


def order_features(
    units: Sequence[Unit], breaks_off: Callable[[int], bool], fits: Callable[[int, int], float]
) -> dict[str, float]:
    """What tells of it: how many lines of text end with a stop, and what follows those that don't.

    `fits` says how much likelier than any other a line goes on in another.
    """
    found = dict.fromkeys(("whole", "ends", "before heading", "misfits", "may fit", "fits", "set so"), 0.0)
    for at, unit in enumerate(units):
        if unit.level or unit.whole is not None or len(unit.text) < _TEXT:
            continue
        if not breaks_off(at):
            found["whole"] += 1
        elif unit.goes_on < -_SET:
            found["ends"] += 1
        elif at + 1 == len(units) or units[at + 1].level or units[at + 1].dateline:
            found["before heading"] += 1
        else:
            fit = fits(at, at + 1)
            found["misfits" if fit < _MISFIT else "fits" if fit > _FIT else "may fit"] += 1
            found["set so"] += unit.goes_on > _SET and fit <= _FIT
    return found | _leads(units, breaks_off)


def _leads(units: Sequence[Unit], breaks_off: Callable[[int], bool]) -> dict[str, float]:
    """How many leads stand below a marked heading, how many below text."""
    headed = stray = 0
    for at, unit in enumerate(units):
        if at and unit.dateline:
            above = units[at - 1]
            text = not breaks_off(at - 1) or len(above.text) > _HEADING
            headed += above.level > 0
            stray += not above.level and above.whole is None and text
    return {"leads headed": float(headed), "leads astray": float(stray)}

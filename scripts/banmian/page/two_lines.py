"""Headlines without a mark that take two lines, made one unit.

Papers set a headline over two lines of like length, cut where the space ends: the text goes on across them, in words of
the dictionary or of the text of the page. Weights of `two lines` say how much
(scripts/train/two_lines.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from banmian.page.cuts import Strings, crossing, read_side, stop_of
from banmian.page.lexicon import weighted, words
from banmian.page.marks import Seam, Unit
from banmian.records import Remark

Features = dict[str, float]

_LEAST, _LONGEST = 4, 20
# How many lines of the file apart two lines are that have an empty one between them.
_NEXT = 2
_TEXT = 25
_OPEN = ("open", "maybe")
_SURE = 0.5
# What else tells how far it can be trusted.
_ODDS = (("headline", 1.0),)


def with_whole_headlines(
    units: Sequence[Unit], held: Collection[int] = (), strangers: Collection[tuple[int, int]] = ()
) -> list[Unit]:
    """The units with the two lines of a headline made one unit.

    Those of `held` and two `strangers`, all by where they begin, stay as they are.
    """
    seams = {
        at: Seam(round(odds, 2), (Remark("breaks_off"), Remark("next_line")), _ODDS, not features["dictionary"])
        for at, features in pairs_of(units)
        if (odds := weighted("two lines", features)) > _SURE
        and units[at].line.start not in held
        and (units[at].line.start, units[at + 1].line.start) not in strangers
    }
    made: list[Unit] = []
    for at, unit in enumerate(units):
        seam = seams.get(at - 1)
        others = (seams[other].score for other in (at - 2, at) if other in seams)
        if seam and seam.score > max(others, default=0.0):
            made[-1] = _one(made[-1], unit, seam)
        else:
            made.append(unit)
    return made


def _one(above: Unit, below: Unit, seam: Seam) -> Unit:
    return replace(above, text=above.text + below.text, printed=(above, below), seams=(seam,))


def pairs_of(units: Sequence[Unit]) -> Iterator[tuple[int, Features]]:
    """Of two lines that may be one headline the number of the first, and what tells of it."""
    numbers = [at for at in range(len(units) - 1) if _may_be_one(units, at)]
    if not numbers:
        return
    strings = Strings(unit.text for unit in units)
    for at in numbers:
        yield at, _features(units, at, strings)


def _may_be_one(units: Sequence[Unit], at: int) -> bool:
    above, below = units[at : at + 2]
    near = below.line.number - above.line.number <= _NEXT
    return near and _is_part(above) and _is_part(below) and below.text[0] not in "-—"


def _is_part(unit: Unit) -> bool:
    """Whether the line may be a part of a headline: short, without a mark, and no sentence ends or pauses in it."""
    plain = not (unit.level or unit.bold or unit.whole or unit.dateline or unit.item or unit.printed)
    return plain and _LEAST <= len(unit.text) <= _LONGEST and "。" not in unit.text and stop_of(unit.text) in _OPEN


def _features(units: Sequence[Unit], at: int, strings: Strings) -> Features:
    texts = units[at].text, units[at + 1].text
    left, right = (read_side(text) for text in texts)
    across = crossing(left, right, strings)
    shorter, longer = sorted(map(len, texts))
    before = units[at - 1] if at else None
    after = units[at + 2] if at + 2 < len(units) else None
    return {
        "dictionary": min(across.gain, 12.0) / 4,
        "printed": float(max(0, len(across.printed) - 1)),
        "fluency": across.fluency,
        "start": right.start,
        "end": left.end,
        "goes on": float(right.goes_on),
        "dangles": float(left.dangles),
        "likeness": shorter / longer,
        "size": (shorter + longer) / 10,
        "second longer": float(len(texts[1]) > len(texts[0])),
        "rubric": float(any(texts[0].endswith(word) for word in words("rubrics"))),
        "after end": float(before is None or before.whole is not None or stop_of(before.text) == "full"),
        "after heading": float(before is not None and _is_part(before)),
        "before text": float(after is not None and (bool(after.dateline) or len(after.text) > _TEXT)),
        "before lead": float(after is not None and (bool(after.dateline) or after.whole == "byline")),
    }

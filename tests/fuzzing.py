"""How far properties are tried: with a fresh seed, few examples in `make test`, many in `make check`.

HYPOTHESIS_SEED repeats the run that printed it. Where CI is set `make test` has fixed seeds, so that one commit has one
outcome. BANMIAN_EXAMPLES is how many times the usual number of examples is tried. Where
`make check` draws a part of what there is, its size is for 10 and grows with them; it is said at the end of the run.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from hypothesis import settings

TIMES = int(os.environ.get("BANMIAN_EXAMPLES", "1"))
IS_FIXED = "CI" in os.environ and TIMES == 1


def examples(usual: int) -> int:
    """How many examples to try where `usual` are enough for an ordinary run."""
    return usual * TIMES


_Any = TypeVar("_Any")


def some(cases: Sequence[_Any], every: int = 3) -> Sequence[_Any]:
    """Every third case, from another one on with another seed; all in `make check` (of tests that bear its mark)."""
    return cases if TIMES > 1 else cases[int(os.environ.get("HYPOTHESIS_SEED") or 0) % every :: every]


def drawn(cases: Sequence[_Any], most: int) -> Sequence[_Any]:
    """So many of the cases, by the seed of this run, in their order."""
    most = most * max(TIMES, 10) // 10
    if most >= len(cases):
        return cases
    dice = random.Random(os.environ.get("HYPOTHESIS_SEED") or "0")
    return [cases[at] for at in sorted(dice.sample(range(len(cases)), most))]


def said(reports: Iterable[Any]) -> list[str]:
    """What tests said with `say`, each line once: workers show nothing that a test prints."""
    lines = [text for report in reports for name, text in report.user_properties if name == "said"]
    return list(dict.fromkeys(lines))


def new_seed() -> str | None:
    """The seed of this run; None where the seeds are fixed ones, each test's own."""
    return None if IS_FIXED else os.environ.get("HYPOTHESIS_SEED") or str(random.SystemRandom().randrange(10**9))


def load_profile() -> None:
    """Make the profile of this run the default of all properties. A busy machine is no fault: there is no deadline."""
    settings.register_profile(
        "banmian", max_examples=examples(100), deadline=None, print_blob=True, derandomize=IS_FIXED, database=None
    )
    settings.load_profile("banmian")

"""What is wrong with the seeds, said so that a person can put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """File, line (from 1; None where no line applies) and reason, the text concerned and what to do included."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.reason}"


class SeedsError(Exception):
    """The seeds as a whole can't be used."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(_said(problems)))
        self.problems = problems


def _said(problems: Sequence[Problem]) -> list[str]:
    """One line a problem; what several lines of a file have in common is said once, with all of them."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.file, problem.reason), []).append(problem)
    said = []
    for (file, reason), same in alike.items():
        lines = [str(number) for number in dict.fromkeys(problem.line for problem in same) if number is not None]
        if len(lines) > 1:
            said.append(f"{file}, lines {', '.join(lines)} ({len(lines)} times): {reason}")
        else:
            said.append(str(same[0]))
    return said

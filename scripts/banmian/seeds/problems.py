"""What is wrong with the seeds, said so that a person can put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from banmian.records import Remark
from banmian.seeds.identifiers import shown
from banmian.words.remarks import english, in_both


@dataclass(frozen=True, slots=True)
class Problem:
    """File, line (from 1; None where no line applies) and what is wrong there, with the text and what to do.

    words/data/problems.tsv has the sentence of each remark.
    """

    file: str
    line: int | None
    remark: Remark

    @property
    def reason(self) -> str:
        """What is wrong, in English."""
        return shown(english(self.remark))

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return shown(f"{place}: {in_both(self.remark)}")


class SeedsError(Exception):
    """The seeds as a whole can't be used."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(_said(problems)))
        self.problems = problems


def not_json(error: ValueError | RecursionError) -> Remark:
    """What is said of text that the parser of JSON refuses."""
    if isinstance(error, RecursionError):
        return Remark("json_too_deep")
    return Remark("not_json", {"at": getattr(error, "pos", 0), "why": getattr(error, "msg", "a number too long")})


class ArticleError(ValueError):
    """A line of a file of articles is no article; `remark` says why."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(english(remark))
        self.remark = remark


def _said(problems: Sequence[Problem]) -> list[str]:
    """One line a problem; what several lines of a file have in common is said once, with all of them."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.file, in_both(problem.remark)), []).append(problem)
    said = []
    for (file, reason), same in alike.items():
        lines = [str(number) for number in dict.fromkeys(problem.line for problem in same) if number is not None]
        if len(lines) > 1:
            said.append(shown(f"{file}, lines {', '.join(lines)} ({len(lines)} times): {reason}"))
        else:
            said.append(str(same[0]))
    return said

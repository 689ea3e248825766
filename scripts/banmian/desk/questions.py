"""What to ask an editor about a page, the least certain first, each with the answers that are at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from banmian.records import Heading, Join, Judgement, Page, RunnerUp
from banmian.seeds.lines import PrintedLine, line_at, printed_lines
from banmian.words.span_kinds import ASKED

# What the readings call the places where a text begins or ends as none should.
EDGES = ("begins", "end")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what it says (`kind`, one of SAID) of lines (numbers, as an editor writes them) and of whose article.

    `published` says that the page is so now.
    """

    kind: str
    lines: str
    article: str = ""
    published: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A place that is not certain: `kind` as in the table readings, `lines` the one or two it is about."""

    kind: str
    lines: tuple[PrintedLine, ...]
    judgement: Judgement
    answers: tuple[Answer, ...]


def questions(text: str, page: Page) -> list[Question]:
    """The questions about the page with this text."""
    lines = printed_lines(text)
    found = [
        *(_link(lines, join, "join") for join in page.joins if not join.certain),
        *(_link(lines, move, "paragraph") for move in page.moves if not move.certain),
        *(_heading(lines, page, heading) for heading in page.headings if not heading.certain),
        *(_broken(lines, page, line) for line in page.broken if not line.certain),
    ]
    asked: dict[tuple[object, ...], Question] = {}
    for question in sorted(found, key=lambda one: one.judgement.confidence):
        # How two lines stand to each other is one question, and so is what a line is.
        edge = question.kind if question.kind in EDGES else ""
        asked.setdefault((edge, *(line.number for line in question.lines)), question)
    return list(asked.values())


def _link(lines: Sequence[PrintedLine], join: Join, kind: str) -> Question:
    left, right = line_at(lines, join.left_end), line_at(lines, join.right_start)
    pair = f"{left.number} {right.number}"
    answers = [Answer(one, pair, published=one == kind) for one in ("join", "paragraph", "apart")]
    return Question(kind, (left, right), join, (*answers, *_elsewhere(lines, left, right, join.runner_up)))


def _elsewhere(
    lines: Sequence[PrintedLine], left: PrintedLine, right: PrintedLine, other: RunnerUp | None
) -> Iterator[Answer]:
    """That the text goes on where the second best page has it."""
    if other and other.start is not None and other.kind in ("join", "paragraph"):
        there = line_at(lines, other.start)
        if there not in (left, right):
            yield Answer(other.kind, f"{left.number} {there.number}")


def _heading(lines: Sequence[PrintedLine], page: Page, heading: Heading) -> Question:
    line = line_at(lines, heading.start)
    body = _first_text(lines, page, heading.article)
    number = str(line.number)
    answers = [Answer(heading.kind, number, body, published=True)]
    other = heading.runner_up
    if other and other.start is not None:
        answers.append(Answer(other.kind, number, str(line_at(lines, other.start).number)))
    stated = {answer.kind for answer in answers}
    answers += [Answer(kind, number) for kind in ASKED if kind not in stated]
    return Question(heading.kind, (line,), heading, tuple(answers))


def _broken(lines: Sequence[PrintedLine], page: Page, line: Heading) -> Question:
    here = line_at(lines, line.start)
    number = str(here.number)
    other = line.runner_up.start if line.runner_up else None
    there = None if other is None else line_at(lines, other)
    if line.kind == "body":
        kinds = ("body", *(kind for kind in ASKED if kind != "body"))
        answers = [Answer(kind, number, published=kind == "body") for kind in kinds]
        return Question("body", (here,), line, tuple(answers))
    answers = [Answer("begins", number, published=True)] if line.kind == "begins" else []
    shown: tuple[PrintedLine, ...] = (here,)
    if there and there != here:
        shown = (there, here) if line.kind == "begins" else (here, there)
        pair = " ".join(str(one.number) for one in shown)
        answers += [Answer(kind, pair) for kind in ("join", "paragraph", "apart")]
    answers.append(Answer("furniture", number))
    return Question(line.kind, shown, line, tuple(answers))


def _first_text(lines: Sequence[PrintedLine], page: Page, article: int) -> str:
    """The number of the line in which the text of an article begins; empty where it has none."""
    begins = (span.start for span in page.spans if span.article == article and span.paragraph == 1)
    start = next(begins, None)
    return "" if start is None else str(line_at(lines, start).number)

"""Why lines were put together as they are, and how far each choice leads what else was possible."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp

from banmian.page.article import Reading
from banmian.page.cuts import Side
from banmian.page.doubted import Doubted
from banmian.page.lexicon import weights
from banmian.page.marks import Seam, Unit
from banmian.page.rivals import After, Lead, Rivals, Role
from banmian.page.rulings import DECIDED
from banmian.page.solve import Solution
from banmian.page.trust import Features, Trust, confidence_of, family_of
from banmian.page.trust import of_seam as seam_features
from banmian.records import Judgement, Remark, RunnerUp

_SHARED = 3
_RULED = Remark("ruled")
# What is plainly broken is never certain.
BROKEN = frozenset({"ends_inside", "begins_inside", "may_be_heading", "no_text"})


class Evidence:
    """What speaks for and against each link and heading of a solved page, its lines numbered as in the readings."""

    def __init__(self, solution: Solution) -> None:
        self._readings = solution.readings
        self._reader = solution.reader
        self._links = solution.reader.links
        self._rivals = solution.rivals()
        _add_exchanges(self._rivals, solution)
        self.trust = Trust(solution.readings, solution.reader, self._rivals)
        self.doubted = Doubted(solution.readings, solution.reader, self._rivals)

    def link(self, reading: Reading, left: int, right: int) -> Judgement:
        """Of the link from `left` to `right`, neighbours in the reading's body."""
        lead, join = self._lead(reading, left, right), (left, right) in reading.joins
        score = self._reader.orders.free_link(left, right)
        features = self.trust.of_link(reading, left, right)
        described = self._describe_join(left, right) if join else self._describe_move(left, right)
        to, stated = self._links.rulings.next.get(left, (None, None))
        form = self._reader.orders.lead(reading.body, left, right) if to == right and stated is None else None
        if to == right and form is None:
            return Judgement(score=round(score - DECIDED, 2), margin=None, evidence=(_RULED, *described))
        broken = [] if join else self.doubted.at_paragraph(left, right)
        if form is not None:
            other = RunnerUp("paragraph" if join else "join", _begins(self._links.units[right]))
            return _of_form(score - DECIDED, form, [*broken, *described], other)
        kind = "join" if join else "break" if broken else "move"
        return _judgement(kind, score, lead.margin, [*broken, *described], self._other(lead.after), features)

    def heading(self, reading: Reading, line: int, kind: str) -> Judgement:
        """Of a line that the reading takes for a heading or byline of this kind."""
        lead = self._rivals.heading(line, kind)
        coverage = self._links.topics.coverage(line, reading.body) if reading.body else 0.0
        score = self._reader.kinds[line].get(kind, 0.0) + weights().get(f"article {kind} covered", 0.0) * coverage
        features = self.trust.of_heading(reading, line, kind)
        described = self._describe_heading(reading, line)
        if line in self._links.rulings.kinds:
            return Judgement(score=round(score, 2), margin=None, evidence=(_RULED, *described))
        return _judgement(family_of(kind), score, lead.margin, described, self._otherwise(lead.role), features)

    def broken(self, reading: Reading, line: int, kind: str) -> Judgement:
        """Of a line of the reading's text that looks wrong there: `kind` is begins, end or body."""
        remarks = self.doubted.remarks(kind, line)
        features = self.broken_features(reading, line, kind)
        if kind == "body":
            lead, score = self._rivals.heading(line, kind), self._reader.kinds[line][kind]
            return _judgement(kind, score, lead.margin, remarks, self._otherwise(lead.role), features)
        if kind == "end":
            lead, score = self._rivals.end(line), self._links.end(line)
            return _judgement("edge", score, lead.margin, remarks, self._other(lead.after), features)
        margin, before = self._rivals.beginning(line)
        runner_up = None if before is None else RunnerUp("join", _last_printed(self._links.units[before]))
        return _judgement("edge", self._links.start(line), margin, remarks, runner_up, features)

    def broken_features(self, reading: Reading, line: int, kind: str) -> Features:
        """What tells how far a line of text that looks wrong can be trusted."""
        if kind == "body":
            return self.trust.of_heading(reading, line, kind)
        margin = self._rivals.end(line).margin if kind == "end" else self._rivals.beginning(line)[0]
        return self.trust.of_edge(reading, line, margin)

    def _lead(self, reading: Reading, left: int, right: int) -> Lead:
        return self._rivals.link(left, right, (left, right) in reading.joins)

    def _describe_join(self, left: int, right: int) -> list[Remark]:
        found, here = self._links.crossing(left, right), self._links.sides[left]
        reasons = []
        if found.word:
            reasons.append(Remark("word_across", {"word": found.word}))
        if len(found.printed) > 2 and found.printed != found.word:
            reasons.append(Remark("printed_elsewhere", {"text": found.printed}))
        if found.matched:
            reasons.append(Remark("closes", {"mark": found.matched}))
        if found.counted:
            reasons.append(Remark("counted", {"text": found.counted}))
        return [*reasons, _breaking(here), *self._common("shared_by_lines", left, [right]), _place(left, right)]

    def _describe_move(self, left: int, right: int) -> list[Remark]:
        opens = "opens" if self._links.sides[right].start > 0 else "may_open"
        return [*self._common("shared_by_paragraphs", left, [right]), Remark(opens), _place(left, right)]

    def _describe_heading(self, reading: Reading, line: int) -> list[Remark]:
        unit = self._links.units[line]
        mark = "marked" if unit.level or unit.bold else "short_line"
        place = "above" if line < min(reading.body, default=line) else "not_above"
        if not reading.body:
            return [Remark(mark), Remark("no_text")]
        return [Remark(mark), *self._common("shared_by_body", line, reading.body), Remark(place)]

    def _common(self, kind: str, line: int, others: Sequence[int]) -> list[Remark]:
        """Words that the line shares with others, longest strings, the rarest first."""
        texts = [self._links.units[other].text for other in others]
        found: list[str] = []
        for pair in self._links.topics.shared(line, others):
            string = _grown(self._links.units[line].text, pair, texts)
            if not any(string in other or other in string for other in found):
                found.append(string)
            if len(found) == _SHARED:
                break
        return [Remark(kind, {"words": found})] if found else []

    def _other(self, after: After | None) -> RunnerUp | None:
        """The runner-up of a link."""
        if after is None:
            return None
        line, join = after
        if line is None:
            return RunnerUp("end")
        return RunnerUp("join" if join else "paragraph", _begins(self._links.units[line]))

    def _otherwise(self, role: Role | None) -> RunnerUp | None:
        """The runner-up of a heading."""
        if role is None:
            return None
        kind, article = role
        first = None if article is None else self._links.units[self._readings[article].body[0]]
        return RunnerUp(kind, _begins(first) if first else None)


def of_seam(seam: Seam) -> Judgement:
    """Of two printed lines that were put together because the page is set so."""
    confidence, certain = confidence_of("seam", seam_features(seam))
    return Judgement(
        score=seam.score, margin=seam.score, evidence=seam.evidence, confidence=confidence, certain=certain
    )


def _judgement(
    kind: str,
    score: float,
    margin: float | None,
    evidence: Sequence[Remark],
    runner_up: RunnerUp | None,
    features: Features,
) -> Judgement:
    confidence, sure = confidence_of(kind, features)
    certain = sure and not any(remark.kind in BROKEN for remark in evidence)
    shown = None if margin is None else round(margin, 2)
    return Judgement(
        score=round(score, 2),
        margin=shown,
        evidence=tuple(evidence),
        runner_up=runner_up,
        confidence=confidence,
        certain=certain,
    )


def _of_form(score: float, lead: float, evidence: Sequence[Remark], other: RunnerUp) -> Judgement:
    """Of a link of which only the order is stated: whether it is one paragraph or two, by that lead in log odds."""
    confidence = round(1 / (1 + exp(-lead)), 4)
    return Judgement(
        score=round(score, 2),
        margin=round(lead, 2),
        evidence=tuple(evidence),
        runner_up=other,
        confidence=confidence,
        certain=confidence >= weights()["certain join from"] and not any(one.kind in BROKEN for one in evidence),
    )


def _add_exchanges(rivals: Rivals, solution: Solution) -> None:
    """Take in the pages in which two links of the page change partners, and those where a join is a new paragraph."""
    orders, links = solution.reader.orders, solution.reader.links
    all_links = [link for reading in solution.readings for link in pairwise(reading.body)]
    for reading in solution.readings:
        for left, right in pairwise(reading.body):
            lead = orders.lead(reading.body, left, right)
            if lead is not None:
                rivals.note_link(lead, left, (right, (left, right) not in reading.joins))
    broken = [(*link, orders.free_link(*link)) for link in all_links if links.breaks_off(link[0])]
    for at, (left, right, score) in enumerate(broken):
        for other, follower, its_score in broken[max(0, at - solution.exchanges) : at + solution.exchanges]:
            if other != left:
                now = score + its_score
                then = orders.free_link(left, follower) + orders.free_link(other, right)
                rivals.note_link(max(0.0, now - then), left, (follower, True))


def _begins(unit: Unit) -> int:
    """Where the text of the line begins in the source, after marks and a dateline."""
    return next((unit.line.cuts[part.start] for part in unit.parts if part.kind == "content"), unit.line.start)


def _last_printed(unit: Unit) -> int:
    """Where the last printed line of a unit begins in the source."""
    return (unit.printed[-1] if unit.printed else unit).line.start


def _breaking(side: Side) -> Remark:
    return Remark("dangles", {"word": side.last_word}) if side.dangles else Remark("breaks_off")


def _place(left: int, right: int) -> Remark:
    if right == left + 1:
        return Remark("next_line")
    return Remark("further_down" if right > left else "further_up", {"count": abs(right - left)})


def _grown(text: str, pair: str, others: Sequence[str]) -> str:
    """The longest string around `pair` that one of the others prints too."""
    start = text.index(pair)
    end = start + len(pair)
    while start > 0 and any(text[start - 1 : end] in other for other in others):
        start -= 1
    while end < len(text) and any(text[start : end + 1] in other for other in others):
        end += 1
    return text[start:end].strip(",。、;:!?“”‘’()《》 ")

"""Why lines were put together as they are, and how far each choice leads what else was possible."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp, log1p

from banmian.page.article import Reading
from banmian.page.cuts import Side
from banmian.page.lexicon import weighted, weights
from banmian.page.marks import Seam, Unit
from banmian.page.rivals import After, Lead, Rivals, Role
from banmian.page.rulings import DECIDED
from banmian.page.solve import Solution
from banmian.records import Judgement, Remark, RunnerUp

_SHARED = 3
_FAR = 12.0
_CLOSE = 2.0
_EXCHANGES = 30
_RULED = Remark("ruled")


class Evidence:
    """What speaks for and against each link and heading of a solved page, its lines numbered as in the readings."""

    def __init__(self, solution: Solution) -> None:
        self._readings = solution.readings
        self._reader = solution.reader
        self._links = solution.reader.links
        self._rivals = solution.rivals()
        _add_exchanges(self._rivals, solution)
        leads = [self._lead(reading, *link) for reading in self._readings for link in pairwise(reading.body)]
        margins = [_FAR if lead.margin is None else lead.margin for lead in leads]
        self._close = sum(margin < _CLOSE for margin in margins) / max(1, len(margins))

    def link(self, reading: Reading, left: int, right: int) -> Judgement:
        """Of the link from `left` to `right`, neighbours in the reading's body."""
        lead, join = self._lead(reading, left, right), (left, right) in reading.joins
        score = self._reader.orders.free_link(left, right)
        features = self.link_features(reading, left, right)
        described = self._describe_join(left, right) if join else self._describe_move(left, right)
        if self._links.rulings.next.get(left, (None,))[0] == right:
            return Judgement(score=round(score - DECIDED, 2), margin=None, evidence=(_RULED, *described))
        return _judgement("join" if join else "move", score, lead.margin, described, self._other(lead.after), features)

    def heading(self, reading: Reading, line: int, kind: str) -> Judgement:
        """Of a line that the reading takes for a heading or byline of this kind."""
        lead = self._rivals.heading(line, kind)
        coverage = self._links.topics.coverage(line, reading.body) if reading.body else 0.0
        score = self._reader.kinds[line].get(kind, 0.0) + weights().get(f"article {kind} covered", 0.0) * coverage
        features = self.heading_features(reading, line, kind)
        described = self._describe_heading(reading, line)
        if line in self._links.rulings.kinds:
            return Judgement(score=round(score, 2), margin=None, evidence=(_RULED, *described))
        return _judgement("heading", score, lead.margin, described, self._otherwise(lead.role), features)

    def link_features(self, reading: Reading, left: int, right: int) -> dict[str, float]:
        """What tells how far the link can be trusted."""
        lead = self._lead(reading, left, right)
        score = self._reader.orders.free_link(left, right)
        crossing = self._links.crossing(left, right)
        return {
            **self._trust(lead),
            "score": max(-_FAR, min(score, _FAR)),
            "next": float(right == left + 1),
            "dictionary": min(crossing.gain, _FAR) / _FAR,
            "fluency": crossing.fluency,
        }

    def heading_features(self, reading: Reading, line: int, kind: str) -> dict[str, float]:
        """What tells how far the heading can be trusted."""
        lead = self._rivals.heading(line, kind)
        leads = [self._lead(reading, *link).margin for link in pairwise(reading.body)]
        weakest = min([margin for margin in leads if margin is not None], default=_FAR)
        return {
            **self._trust(lead),
            "article margin": max(0.0, min(weakest, _FAR)),
            "article near": log1p(max(0.0, min(weakest, _FAR))),
            "one line": float(len(reading.body) == 1),
            "no text": float(not reading.body),
            "inside": float(bool(reading.body) and min(reading.body) < line < max(reading.body)),
            "below": float(bool(reading.body) and line > max(reading.body)),
            "marked": float(self._reader.is_marked(line)),
            "coverage": self._links.topics.coverage(line, reading.body) if reading.body else 0.0,
            kind: 1.0,
        }

    def _trust(self, lead: Lead) -> dict[str, float]:
        margin = _FAR if lead.margin is None else max(0.0, min(lead.margin, _FAR))
        return {
            "margin": margin,
            "margin near": log1p(margin),
            "noisy": float(self._links.noisy),
            "noisy margin": margin * self._links.noisy,
            "page close": self._close,
        }

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
    confidence = round(1 / (1 + exp(-weighted("certain seam", {"score": seam.score}))), 4)
    certain = confidence >= weights()["certain seam from"]
    return Judgement(
        score=seam.score, margin=seam.score, evidence=seam.evidence, confidence=confidence, certain=certain
    )


def _judgement(
    kind: str,
    score: float,
    margin: float | None,
    evidence: Sequence[Remark],
    runner_up: RunnerUp | None,
    features: dict[str, float],
) -> Judgement:
    confidence = round(1 / (1 + exp(-weighted(f"certain {kind}", features))), 4)
    certain = confidence >= weights()[f"certain {kind} from"]
    shown = None if margin is None else round(margin, 2)
    return Judgement(
        score=round(score, 2),
        margin=shown,
        evidence=tuple(evidence),
        runner_up=runner_up,
        confidence=confidence,
        certain=certain,
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
        for other, follower, its_score in broken[max(0, at - _EXCHANGES) : at + _EXCHANGES]:
            if other != left:
                now = score + its_score
                then = orders.free_link(left, follower) + orders.free_link(other, right)
                rivals.note_link(max(0.0, now - then), left, (follower, True))


def _begins(unit: Unit) -> int:
    """Where the text of the line begins in the source, after marks and a dateline."""
    return next((unit.line.cuts[part.start] for part in unit.parts if part.kind == "content"), unit.line.start)


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

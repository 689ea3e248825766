"""Offices as they are printed beside names: single ones (市委副书记) and the chains that 、 makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from . import lexicons, places
from .ordinary import breaks
from .organizations import heads, public
from .organizations.body import Organization
from .text import Text, all_han, is_han

_LONGEST_GAP = 10
_LONGEST_PLACE = 12
_LONGEST_COMPANY = 14
_LONGEST_DEPARTMENT = 14


@dataclass(frozen=True, slots=True)
class Office:
    """One office at text[start:end]; its title without the body is text[title_start:end].

    `organization` is the printed body, `department` whether that is a bare one which belongs to the body before it,
    `place` a printed place or level that the title implies a body of (上海市市长), `former` what stands before the body
    and belongs to the title (原 of 原市委书记).
    """

    start: int
    end: int
    title_start: int
    organization: Organization | None
    department: bool
    place: str
    title: str
    former: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A chain of offices at text[start:end]."""

    start: int
    end: int
    offices: tuple[Office, ...]

    @property
    def collective(self) -> bool:
        """Whether only a list of people bears it (市领导)."""
        return self.offices[-1].title in lexicons.words("collective_titles.txt")


class Title(NamedTuple):
    """A row of titles.tsv without its word; `traits` are divided by spaces."""

    implies: str = ""
    place: str = "before"
    calling: str = ""
    traits: str = ""

    def is_(self, trait: str) -> bool:
        """Whether the row has `trait`: carried, own, company, reporter or verb."""
        return trait in self.traits.split(" ")


_NO_TITLE = Title()


@cache
def _rows() -> Mapping[str, Title]:
    return {word: Title(*columns) for word, columns in lexicons.table("titles.tsv").items()}


def title(word: str) -> Title:
    """The row of `word`; for one that is no title a row that says nothing."""
    return _rows().get(word, _NO_TITLE)


@cache
def _titles() -> lexicons.Phrases:
    return lexicons.Phrases(lexicons.words("titles.tsv") | lexicons.words("collective_titles.txt"))


def find(text: Text, organizations: Sequence[Organization]) -> list[Role]:
    """All chains of offices in `text`, in order, whether or not a name stands beside them."""
    ends = {one.end: one for one in organizations}
    inside = {at for one in organizations for at in range(one.start, one.end)}
    chains: list[list[Office]] = []
    for start, end in _title_spans(text.plain, inside, ends):
        office = _with_former(text, _office(text, start, end, ends))
        if chains and _joined(text.plain, chains[-1][-1].end, office.start):
            chains[-1].append(office)
        else:
            chains.append([office])
    return [Role(chain[0].start, chain[-1].end, tuple(chain)) for chain in chains]


def _title_spans(text: str, inside: set[int], ends: Mapping[int, Organization]) -> list[tuple[int, int]]:
    titles, stops = _titles(), lexicons.phrases("title_stop_phrases.txt")
    found = {start: end for start, end in titles.everywhere(text) if start not in inside}
    spans = []
    at = 0
    for start in sorted({*found, *ends} - {len(text)}):
        if start < at:
            continue
        end = found.get(start, start)
        if start in ends and end == start and text[start - 1 : start + 1] in titles:
            # 市公安局长: the body and its head share a character.
            end = start + 1
        at = max(start + 1, end, stops.end(text, start) if end > start else 0)
        if at == end > start:
            spans.append((start, end))
    return spans


def _joined(text: str, end: int, start: int) -> bool:
    return text[end:start] in lexicons.group("role_joiners")


def _with_former(text: Text, office: Office) -> Office:
    """The office with the word before its body or place that makes it a former, an acting or a coming one."""
    if office.start == office.title_start:
        return office
    former = (word for word in lexicons.group("former") if text.plain.endswith(word, 0, office.start))
    word = max(former, key=len, default="")
    start = office.start - len(word)
    return replace(office, start=start, former=word) if word and start in text.begins else office


def _office(text: Text, start: int, end: int, ends: Mapping[int, Organization]) -> Office:
    """The office whose title word stands at text[start:end], with what belongs to it on the left."""
    plain = text.plain
    title = plain[start:end]
    if end - start == 1:
        return Office(ends[start].start, end, start - 1, ends[start], False, "", plain[start - 1 : end])
    modified = _modified(plain, start, ends)
    if modified in ends:
        return Office(ends[modified].start, end, modified, ends[modified], False, "", title)
    if modified == start and (shared := _department(plain, start + 1)) is not None and shared.start < start:
        # 组织部长: the body and its head share a character.
        return Office(shared.start, end, start, shared, True, "", title)
    department = _widened(text, _department(plain, modified), ends)
    if department is not None:
        if department.start in ends:
            organization = ends[department.start]
            template = organization.inner + plain[department.start : department.end]
            whole = replace(organization, end=department.end, template=template, inner=template)
            return Office(whole.start, end, modified, whole, False, "", title)
        return Office(department.start, end, modified, department, True, "", title)
    place_start = _place_start(plain, modified)
    if place_start < modified:
        return Office(place_start, end, modified, None, False, plain[place_start:modified], title)
    before = _across_gap(text, modified, ends) or _company_before(text, modified, title)
    if before is not None:
        return Office(before.start, end, before.end, before, False, "", title)
    return Office(modified, end, modified, None, False, "", title)


def _modified(text: str, start: int, ends: Mapping[int, Organization]) -> int:
    """Where the title begins with all that modifies it (党组副|书记), not farther than the body before it."""
    modifiers = lexicons.phrases("title_modifiers.txt")
    while start not in ends:
        steps = modifiers.starts_before(text, start)
        if not steps:
            break
        start = next((step for step in steps if step in ends), steps[0])
    return start


def _widened(text: Text, department: Organization | None, ends: Mapping[int, Organization]) -> Organization | None:
    """The department with the words that say which one it is: 旅游与服务|学院, 商|学院."""
    if department is None or department.template not in lexicons.group("bare_departments"):
        return department
    start = at = department.start
    while department.start - at <= _LONGEST_DEPARTMENT and at not in ends:
        begin = _word_start(text, at)
        word = text.plain[begin:at]
        joins = word in lexicons.group("subject_joiners") and at < department.start
        if not word or not is_han(word[0]) or (not joins and (word in breaks() or word in _titles())):
            break
        if word in lexicons.group("dates") or word in lexicons.group("no_word_inside"):
            break
        at = begin
        start = start if joins else at
    start = at if at in ends else start
    name = text.plain[start : department.end]
    return replace(department, start=start, template=name, inner=name)


def _department(text: str, end: int) -> Organization | None:
    """A body without its place right before a title (组织部, 公安局)."""
    start = lexicons.phrases("departments.txt").start(text, end)
    if start == end:
        return None
    name = text[start:end]
    head = name[lexicons.phrases("heads.tsv").start(name, len(name)) :]
    return Organization(start, end, "department_in_role", heads.kind(head) if head else "government", name, "", name)


def _place_start(text: str, end: int) -> int:
    named = (places.names(), places.countries(), lexicons.phrases("foreign_places.txt"))
    if not any(phrases.start(text, end) < end for phrases in named):
        return end
    abroad = lexicons.words("foreign_places.txt")
    for start in range(max(0, end - _LONGEST_PLACE), end - 1):
        if text[start:end] in abroad and start and text[start - 1] in lexicons.group("stationed"):
            return _place_start(text, start - 1)
        if text[start:end] in places.names() or places.end(text, start) == end or text[start:end] in places.countries():
            if start and text[start - 1] in lexicons.group("stationed"):
                return _place_start(text, start - 1)
            return start
    return end


def _across_gap(text: Text, end: int, ends: Mapping[int, Organization]) -> Organization | None:
    """The body before a unit that the office names too (华山医院|感染科|主任)."""
    # After the head of a unit its name may hold any word of more than one character.
    unit = text.plain.endswith(lexicons.group("unit_heads"), 0, end)
    at = end
    while end - at <= _LONGEST_GAP:
        if at in ends:
            return ends[at]
        begin = _word_start(text, at)
        word = text.plain[begin:at]
        common = (word in breaks() and not (unit and len(word) > 1)) or word in _titles()
        if not word or common or not all_han(word):
            return None
        at = begin
    return None


def _word_start(text: Text, end: int) -> int:
    """Where the word begins that ends at `end`; `end` where none does."""
    return next((end - n for n in range(1, 8) if end in text.ends and end - n in text.begins), end)


def _company_before(text: Text, end: int, word: str) -> Organization | None:
    """The company before a title of companies (云深处科技|创始人): words that end in a head or hold an unknown one."""
    if not title(word).is_("company"):
        return None
    start = end
    while end - start <= _LONGEST_COMPANY:
        begin = _word_start(text, start)
        word = text.plain[begin:start]
        stops = word in breaks() or word in _titles() or word in lexicons.group("role_joiners")
        if not word or stops or not all(is_han(c) or c.isalpha() for c in word):
            break
        start = begin
    name = text.plain[start:end]
    head = name[lexicons.phrases("heads.tsv").start(name, len(name)) :]
    content = name[: len(name) - len(head)]
    if not 2 <= len(content) <= _LONGEST_COMPANY or content in lexicons.words("generic_words.txt"):
        return None
    if not head and not heads.unknown(name):
        return None
    kind = heads.kind(head) if head else "company"
    kind = "company" if kind == "government" else kind
    return Organization(start, end, "company_in_role", kind, name, "", name)


def resolve(department: Organization, carried: Organization | None) -> Organization:
    """A bare department as the body that it is in its chain: 组织部 after 市委常委 is that of 中共上海市委.

    One that neither the grammar of public bodies nor the list of bodies inside others knows there stays as printed.
    """
    if carried is None:
        return department
    printed = department.template
    if carried.place:
        whole = public.after_place(carried.place + printed, 0, len(carried.place))
        if whole is not None and whole.end == len(carried.place) + len(printed) and whole.rule != "place_and_head":
            return replace(whole, start=department.start, end=department.end, rule=department.rule)
    if printed not in lexicons.words("suborgans.tsv"):
        return department
    full, kind, _ = lexicons.table("suborgans.tsv")[printed]
    template = carried.inner + full
    kind = carried.type if kind == "-" else kind
    return Organization(department.start, department.end, department.rule, kind, template, carried.place, template)


def carries(office: Office, before: Office) -> bool:
    """Whether `office` is an office in the body of the office before it: 市财政局党组书记、局长."""
    if not title(office.title).is_("carried") or title(before.title).is_("own"):
        return False
    return not implied(office.title) and not office.place


def implied(word: str) -> str:
    """The template of the body that an office implies by itself (市长 -> {}人民政府); '' for none."""
    return title(word).implies


def level(word: str) -> str:
    """The level that a title begins with: 市 of 市长; '' where it names none."""
    return word[0] if word[0] in lexicons.group("levels") else ""

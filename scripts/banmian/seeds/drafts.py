"""Which files make which edition: by what editions.yml lists, rows of the table, rules, and dates in paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from banmian.records import Remark
from banmian.seeds.facts import Facts, first_stated
from banmian.seeds.folders import ARCHIVE, EDITIONS_FILE, TABLE_FILE, Folder
from banmian.seeds.listed import EditionsFile, Listed
from banmian.seeds.matching import Claimed, claimed
from banmian.seeds.missing import MissingIssues, MissingPages
from banmian.seeds.paths import PathFacts, identifier, natural, path_facts, slug, without_suffix
from banmian.seeds.patterns import Matched, default_id
from banmian.seeds.problems import Problem
from banmian.seeds.rules import Rule
from banmian.seeds.table import Row
from banmian.seeds.yaml_nodes import Entry
from banmian.words.remarks import in_both


@dataclass(frozen=True, slots=True)
class PathOf:
    """A file with what its path says, by a row, by a rule, and by itself."""

    file: str
    row: tuple[Row, Matched] | None
    rule: tuple[Rule, Matched] | None
    itself: PathFacts

    @property
    def date(self) -> str | None:
        """The date in the path, None where there is none."""
        stated = self.rule[1].values.get("date") if self.rule else None
        return stated or self.itself.date


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page before its file is read: its id, and what is known of it."""

    file: str
    id: str
    entry: Entry | None
    number: str | None
    number_basis: str | None
    name: str | None
    name_basis: str | None
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class Draft:
    """An edition before its files are read.

    `made` says that a row, a rule or a date in paths made it of its files: an edition of editions.yml with its id is
    then this one. `rows` are those that speak of it.
    """

    id: str
    files: list[PathOf] = field(default_factory=list)
    listed: Listed | None = None
    made: bool = False
    rows: list[Row] = field(default_factory=list)

    @property
    def is_archive(self) -> bool:
        """Whether it is a file of articles."""
        return any(path.file.endswith(ARCHIVE) for path in self.files)

    def facts(self) -> dict[str, str | None]:
        """What is known of the edition: what is stated of it first, then what its paths say."""
        sources: list[Facts] = [self.listed.facts] if self.listed else []
        sources += [row.facts for row in self.rows]
        first = self.files[0]
        if first.row:
            sources.append(first.row[1].values)
        if first.rule:
            sources.append({**first.rule[0].facts, **first.rule[1].values})
        if first.itself.date and len({path.itself.date for path in self.files}) == 1:
            basis = in_both(Remark("date_of_path", {"file": first.file}))
            sources.append({"date": first.itself.date, "date_basis": basis})
        return first_stated(sources)

    def missing(self) -> list[MissingPages]:
        """The pages that are stated to be missing."""
        in_rows = [row.missing for row in self.rows if isinstance(row.missing, MissingPages)]
        return [*(self.listed.missing if self.listed else ()), *in_rows]

    def dates_of_rules(self) -> list[str]:
        """The dates that rules find in the paths."""
        return sorted({path.date for path in self.files if path.rule and path.date})

    def pages(self) -> list[PageDraft]:
        """The pages in order: as listed where all are, else by number and name of the file."""
        entries = {page.required("file"): page for page in self.listed.pages} if self.listed else {}
        drafts = [self._page(n, path, entries.get(path.file)) for n, path in enumerate(self.files, 1)]
        if self.made and len(entries) < len(drafts):
            drafts.sort(key=lambda page: (natural(page.number or without_suffix(page.file)), natural(page.file)))
        return drafts

    def _page(self, position: int, path: PathOf, entry: Entry | None) -> PageDraft:
        stated = next((said[1] for said in (path.row, path.rule) if said), None)
        remarks = []
        if path.itself.false_date and not stated:
            remarks.append(Remark("path_has_no_date", {"text": path.itself.false_date}))
        number, basis = (stated.number if stated else None), None
        if self.made and not stated:
            number = path.itself.number
            basis = in_both(Remark("number_of_path", {"file": path.file})) if number else None
        name, name_basis = (stated.values.get("name") if stated else None), None
        if entry and entry.text("number"):
            number, basis = entry.text("number"), None
        if entry and entry.text("name"):
            name = entry.text("name")
        if entry:
            basis, name_basis = entry.text("number_basis") or basis, entry.text("name_basis")
        part = number or (_part(path) if self.made else str(position))
        return PageDraft(path.file, f"{self.id}-{part}", entry, number, basis, name, name_basis, tuple(remarks))


def _part(path: PathOf) -> str:
    """What tells a page without a number from the others of an edition that its paths made."""
    stated = next((said[0].pattern for said in (path.row, path.rule) if said), None)
    only = stated.is_of_one_page if stated else path.itself.place and path.itself.place[0] != "/"
    return "1" if only else slug(without_suffix(path.file.rpartition("/")[2]))


@dataclass(frozen=True, slots=True)
class Drafts:
    """The editions before their files are read, and what is wrong with what is said of them."""

    editions: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    contradictions: tuple[Problem, ...]


def arrange(folder: Folder, said: EditionsFile, rows: Sequence[Row]) -> Drafts:
    """The files of `folder`, and those that are listed and missing, as editions.

    `problems` leave out what they are about; with `contradictions` nothing can be trusted.
    """
    files = sorted((*folder.pages, *folder.archives))
    by_rule, by_row = claimed(said.rules, files), claimed(rows, files)
    problems = list(_idle(by_rule, by_row))
    listed_of = {page.required("file"): one for one in said.listed for page in one.pages}
    paths: dict[str, PathOf] = {}
    there = set(files)
    for file in (*files, *(name for name in listed_of if name not in there)):
        path = PathOf(file, by_row.files.get(file), by_rule.files.get(file), path_facts(file))
        fault = _fault(path, listed_of.get(file))
        if fault:
            problems.append(fault)
        else:
            paths[file] = path
    drafts = [_listed_draft(one, paths) for one in said.listed]
    made: dict[tuple[object, ...], Draft] = {}
    for file, path in paths.items():
        if file not in listed_of:
            key, identity = _edition_of(path)
            draft = made.setdefault(key, Draft(identity, made=key[0] != "file"))
            draft.files.append(path)
    drafts = _joined(drafts, list(made.values()), problems)
    problems += _rows_without_files(rows, drafts)
    problems += [fault for draft in drafts if (fault := _two_dates(draft))]
    for draft in drafts:
        draft.rows += [path.row[0] for path in draft.files[:1] if path.row]
    contradictions = (*by_rule.problems, *by_row.problems, *_of_two_rows(drafts))
    return Drafts(tuple(drafts), tuple(problems), contradictions)


def _idle(by_rule: Claimed[Rule], by_row: Claimed[Row]) -> Iterator[Problem]:
    for entry in [owner.entry for owner in by_rule.idle] + [owner.entry for owner in by_row.idle]:
        line = entry.nodes["files"].start_mark.line + 1
        yield Problem(entry.file, line, Remark("claims_no_file", {"text": entry.required("files")}))


def _fault(path: PathOf, listed: Listed | None) -> Problem | None:
    """What is wrong with the path by the rule or row that it is of; nothing where editions.yml says the date."""
    for of in (path.row, path.rule):
        if of and of[1].fault and not (listed and listed.facts["date"]):
            values = {"fault": of[1].fault, "by": of[0].entry.file, "line": of[0].entry.line}
            return Problem(path.file, None, Remark("path_fault", values))
    return None


def _listed_draft(listed: Listed, paths: Mapping[str, PathOf]) -> Draft:
    files = [paths[name] for page in listed.pages if (name := page.required("file")) in paths]
    return Draft(listed.id, files, listed)


def _edition_of(path: PathOf) -> tuple[tuple[object, ...], str]:
    """What the files of one edition have in common, and its id."""
    rule_id = path.rule[0].edition(path.rule[1]) if path.rule else None
    apart = path.file if path.file.endswith(ARCHIVE) else ""
    if path.row:
        row, matched = path.row
        values = {**{name: value for name, value in row.facts.items() if value}, **matched.values}
        own = path.itself.edition if path.itself.place or row.pattern is None else default_id(row.pattern, values)
        return ("row", row.entry.line, apart), row.id or rule_id or own
    if path.rule and path.rule[0].pattern.tells_editions:
        said = path.rule[1].values
        told = tuple(said.get(name) for name in ("date", "issue", "variant"))
        return ("rule", path.rule[0].entry.line, rule_id, *told, apart), rule_id or ""
    if path.itself.place and not apart:
        return ("place", *path.itself.place), path.itself.edition
    return ("file", path.file), identifier(without_suffix(path.file))


def _joined(listed: Sequence[Draft], made: Sequence[Draft], problems: list[Problem]) -> list[Draft]:
    """All drafts, those that one edition of editions.yml and its paths make as one."""
    by_id: dict[str, Draft] = {}
    for draft in made:
        by_id.setdefault(draft.id, draft)
    kept: list[Draft] = []
    for draft in listed:
        other = by_id.get(draft.id)
        if other and other.listed is None and (other.made or not (draft.listed and draft.listed.pages)):
            other.listed = draft.listed
            other.files = [*draft.files, *other.files]
        elif draft.files:
            kept.append(draft)
        elif draft.listed and not draft.listed.pages:
            remark = Remark("no_pages", {"id": draft.id})
            problems.append(Problem(EDITIONS_FILE, draft.listed.entry.line, remark))
    return [*kept, *made]


def _rows_without_files(rows: Iterable[Row], drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Give rows that name no files to the editions that they are about; what is about none, or about several."""
    by_id: dict[str, list[Draft]] = {}
    by_date: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_id.setdefault(draft.id, []).append(draft)
        by_date.setdefault(draft.facts()["date"] or "", []).append(draft)
    for row in rows:
        if row.pattern:
            continue
        day = row.facts["date"] or ""
        found = by_id.get(row.id, []) if row.id else by_date.get(day, [])
        if not row.id and row.facts["newspaper"]:
            found = [one for one in found if one.facts()["newspaper"] in (None, row.facts["newspaper"])]
        if isinstance(row.missing, MissingIssues) and not found:
            continue
        if len(found) == 1:
            found[0].rows.append(row)
        else:
            values = {"text": row.id or day, "ids": [draft.id for draft in found]}
            yield Problem(TABLE_FILE, row.entry.line, Remark("row_of_several" if found else "row_of_none", values))


def _of_two_rows(drafts: Iterable[Draft]) -> Iterator[Problem]:
    for draft in drafts:
        for row in draft.rows[1:]:
            values = {"id": draft.id, "line": draft.rows[0].entry.line}
            yield Problem(TABLE_FILE, row.entry.line, Remark("edition_of_two_rows", values))


def _two_dates(draft: Draft) -> Problem | None:
    stated = draft.listed and any(draft.listed.facts[key] for key in ("date", "date_earliest", "date_latest"))
    dates = draft.dates_of_rules()
    if draft.listed is None or stated or len(dates) < 2:
        return None
    values = {"id": draft.id, "dates": dates}
    return Problem(EDITIONS_FILE, draft.listed.entry.line, Remark("pages_of_two_dates", values))

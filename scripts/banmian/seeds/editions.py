"""A folder of seeds as editions: page files and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from banmian.records import GivenKey, Remark
from banmian.seeds.archive import read_archive
from banmian.seeds.corrections import corrections_apart, doubts_apart, read_correction, read_doubt
from banmian.seeds.doubles import refuse_doubles, refuse_equal_ids, refuse_misplaced
from banmian.seeds.drafts import Draft, PageDraft, arrange
from banmian.seeds.files import LARGEST_ARCHIVE, read_page_file
from banmian.seeds.folders import EDITIONS_FILE, KEYS_FILE, TABLE_FILE, Folder, list_folder
from banmian.seeds.key_record import read_key_record
from banmian.seeds.listed import EditionsFile, Listed, meant, read_editions_file
from banmian.seeds.missing import MissingIssues, contradictions, missing_rows
from banmian.seeds.order import rule
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.records import Edition, Missing, PageSource
from banmian.seeds.table import Row, read_table

# The file of editions under other names, in small letters.
_OTHER_NAMES = (
    *("editions.yml", "editions.yaml", "edition.yml", "edition.yaml", "editions.txt.yml"),
    *("editions.yml.txt", "editions.yaml.txt", "edition.yml.txt", "edition.yaml.txt", "editions.txt"),
    *("editions.csv", "edition.csv", "editions.tsv", "editions.xlsx", "editions.csv.txt"),
)


@dataclass(frozen=True, slots=True)
class Seeds:
    """The readable editions sorted by id, the names of skipped files, what could not be read, and what is missing.

    `keys` is the record of the keys that were given, None where there is none.
    """

    editions: tuple[Edition, ...]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]
    missing: tuple[Missing, ...] = ()
    keys: tuple[GivenKey, ...] | None = None


def read_seeds(path: Path) -> Seeds:
    """The editions of a folder; a page that can't be used is left out and a Problem.

    Raises SeedsError where editions.yml, editions.csv or the record of keys is itself wrong, since nothing that it says
    can then be trusted.
    """
    folder = list_folder(path)
    keys = read_key_record(path / KEYS_FILE)
    _ask_about_other_names(folder)
    said = read_editions_file(path / EDITIONS_FILE) if (path / EDITIONS_FILE).exists() else EditionsFile()
    rows = read_table(path / TABLE_FILE) if (path / TABLE_FILE).exists() else []
    drafts = arrange(folder, said, rows)
    if drafts.contradictions:
        raise SeedsError(*drafts.contradictions)
    refuse_misplaced(drafts.editions)
    refuse_doubles(drafts.editions, path)
    problems = list(drafts.problems)
    named = {page.required("file") for one in said.listed for page in one.pages}
    unlisted = [name for name in folder.pages if name not in named]
    editions: list[Edition] = []
    for draft in drafts.editions:
        if draft.is_archive:
            editions += _archive(path, draft, problems)
        elif edition := _edition(path, draft, unlisted, problems):
            editions.append(edition)
    refuse_equal_ids(editions)
    missing = _missing(said, rows, drafts.editions, editions)
    ordered = tuple(sorted(editions, key=lambda edition: edition.id))
    return Seeds(ordered, folder.skipped, tuple(problems), missing, keys)


def _missing(
    said: EditionsFile, rows: Sequence[Row], drafts: Sequence[Draft], editions: Sequence[Edition]
) -> tuple[Missing, ...]:
    """What is missing. Raises SeedsError where it is there."""
    pages = {draft.id: stated for draft in drafts if (stated := draft.missing())}
    issues = [issue for of in said.rules for issue in of.missing]
    papers = {of.facts["newspaper"] for of in said.rules}
    for row in rows:
        if isinstance(row.missing, MissingIssues):
            # A row that names no paper is of the only one that there is a rule for.
            only = next(iter(papers)) if len(papers) == 1 else None
            issues.append(replace(row.missing, newspaper=row.missing.newspaper or only))
    if wrong := list(contradictions(editions, pages, issues)):
        raise SeedsError(*wrong)
    return missing_rows(editions, pages, issues)


def _ask_about_other_names(folder: Folder) -> None:
    """What is said in a file of almost the right name, or in another folder, would be dropped in silence."""
    for name in (*folder.skipped, *folder.pages, *folder.archives):
        last = name.rpartition("/")[2]
        if last == KEYS_FILE:
            raise SeedsError(Problem(name, None, Remark("keys_elsewhere", {"right": KEYS_FILE})))
        if last.lower() in _OTHER_NAMES:
            right = TABLE_FILE if last.lower().endswith((".csv", ".tsv", ".xlsx", ".csv.txt")) else EDITIONS_FILE
            if last == right:
                raise SeedsError(Problem(name, None, Remark("in_other_folder", {"right": right})))
            kind = "page_of_other_name" if name in folder.pages else "other_name"
            raise SeedsError(Problem(name, None, Remark(kind, {"right": right})))


def _archive(folder: Path, draft: Draft, problems: list[Problem]) -> list[Edition]:
    name = draft.files[0].file
    if not (folder / name).exists():
        problems.append(Problem(EDITIONS_FILE, None, Remark("file_not_there", {"file": name})))
        return []
    if draft.listed and {"corrections", "doubts", "order", "missing"} & draft.listed.entry.nodes.keys():
        raise draft.listed.entry.error(None, Remark("archive_alone"))
    file = read_page_file(folder, name, LARGEST_ARCHIVE)
    if isinstance(file, Problem):
        problems.append(file)
        return []
    found = read_archive(file, _known(draft))
    problems += [one for one in found if isinstance(one, Problem)]
    return [one for one in found if isinstance(one, Edition)]


def _known(draft: Draft, pages: Sequence[PageSource] = ()) -> Edition:
    """The edition with all that is known of it."""
    facts = draft.facts()
    expected = facts.pop("pages_expected")
    return Edition(
        id=draft.id,
        pages=tuple(pages),
        identities=draft.listed.identities if draft.listed else (),
        pages_expected=int(expected) if expected else None,
        **facts,
    )


def _edition(folder: Path, draft: Draft, unlisted: Sequence[str], problems: list[Problem]) -> Edition | None:
    """The edition with the pages that can be read; None without any."""
    pages = [_read_page(folder, page, draft.listed, unlisted, problems) for page in draft.pages()]
    kept = [page for page in pages if page]
    return _known(draft, kept) if kept else None


def _read_page(
    folder: Path, page: PageDraft, listed: Listed | None, unlisted: Sequence[str], problems: list[Problem]
) -> PageSource | None:
    name = page.file
    if page.entry and not (folder / name).exists():
        near = meant(name, unlisted)
        remark = Remark("page_not_there_but" if near else "page_not_there", {"file": name, "other": near})
        problems.append(Problem(EDITIONS_FILE, page.entry.nodes["file"].start_mark.line + 1, remark))
        return None
    file = read_page_file(folder, name)
    if isinstance(file, Problem):
        problems.append(file)
        return None
    found: list[Problem] = []
    stated = [entry for entry in listed.corrections if entry.required("file") == name] if listed else []
    corrections = [read_correction(entry, file, found) for entry in stated]
    stated = [entry for entry in listed.doubts if entry.required("file") == name] if listed else []
    doubts = [read_doubt(entry, file, found) for entry in stated]
    kept = corrections_apart([correction for correction in corrections if correction], file, found)
    open_doubts = doubts_apart([doubt for doubt in doubts if doubt], file, found)
    order = rule([entry for _, entry in listed.order if entry.file == name] if listed else [], file, found)
    problems += found
    if found:
        return None
    facts = (page.number, page.number_basis, page.name, page.name_basis)
    remarks = (*page.remarks, *order.stale)
    return PageSource(
        page.id, file.name, file.text, file.sha256, *facts, kept, open_doubts, rulings=order.rulings, stale=remarks
    )

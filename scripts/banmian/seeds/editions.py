"""A folder of seeds as editions: page files and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from banmian.records import GivenKey, Remark
from banmian.seeds.archive import read_archive
from banmian.seeds.contents import is_there
from banmian.seeds.corrections import corrections_apart, doubts_apart, read_correction, read_doubt
from banmian.seeds.doubles import refuse_doubles, refuse_equal_ids, refuse_misplaced
from banmian.seeds.drafts import Draft, PageDraft, arrange
from banmian.seeds.files import LARGEST_ARCHIVE, PageFile, PageFiles, read_page_file
from banmian.seeds.folders import EDITIONS_FILE, KEYS_FILE, TABLE_FILE, Folder, list_folder, without_part
from banmian.seeds.identifiers import fault_of_id
from banmian.seeds.key_record import read_key_record
from banmian.seeds.listed import EditionsFile, Listed, meant, read_editions_file
from banmian.seeds.missing import MissingIssues, contradictions, missing_rows
from banmian.seeds.order import rule
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.public_people import PublicPeople
from banmian.seeds.records import Edition, Missing, PageSource
from banmian.seeds.table import Row, read_table
from banmian.seeds.withdrawn import Withdrawn
from banmian.words.remarks import in_both

# The file of editions under other names, in small letters.
_OTHER_NAMES = (
    *("editions.yml", "editions.yaml", "edition.yml", "edition.yaml", "editions.txt.yml"),
    *("editions.yml.txt", "editions.yaml.txt", "edition.yml.txt", "edition.yaml.txt", "editions.txt"),
    *("editions.csv", "edition.csv", "editions.tsv", "editions.xlsx", "editions.csv.txt"),
)

# How many pages of a file are named.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Seeds:
    """The readable editions sorted by id, the names of skipped files, what could not be read, and what is missing.

    `keys` is the record of the keys that were given, None where there is none. `unknown` are files that could be pages
    by their names and are of no form that is known.
    """

    editions: tuple[Edition, ...]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]
    missing: tuple[Missing, ...] = ()
    keys: tuple[GivenKey, ...] | None = None
    unknown: tuple[Problem, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    people: tuple[PublicPeople, ...] = ()


def read_seeds(path: Path, lenient: bool = False) -> Seeds:
    """The editions of a folder; a page that can't be used is left out and a Problem.

    `lenient` keeps a page whose entries can't be followed, without them, for an editor to put right.

    Raises SeedsError where editions.yml, editions.csv or the record of keys is itself wrong, since nothing that it says
    can then be trusted.
    """
    folder = list_folder(path)
    keys = read_key_record(path / KEYS_FILE)
    _ask_about_other_names(folder)
    said = read_editions_file(path / EDITIONS_FILE) if is_there(path / EDITIONS_FILE) else EditionsFile()
    rows = read_table(path / TABLE_FILE) if is_there(path / TABLE_FILE) else []
    files = PageFiles(path, folder)
    drafts = arrange(files.folder, said, rows)
    if drafts.contradictions:
        raise SeedsError(*drafts.contradictions)
    refuse_misplaced(drafts.editions)
    refuse_doubles(drafts.editions, path)
    problems = [*folder.wrong, *drafts.problems]
    editions: list[Edition] = []
    for draft in drafts.editions:
        if fault := fault_of_id(draft.id):
            problems += [Problem(one.file, None, Remark("id_of_path", {"fault": fault})) for one in draft.files]
        elif draft.is_archive:
            editions += _archive(path, draft, problems)
        elif edition := _edition(files, draft, problems, lenient):
            editions.append(edition)
    refuse_equal_ids(editions)
    missing = _missing(said, rows, drafts.editions, editions)
    named = {page.required("file") for one in said.listed for page in one.pages}
    unknown = tuple(problem for name, problem in files.unknown.items() if name not in named)
    ordered = tuple(sorted(editions, key=lambda edition: edition.id))
    return Seeds(ordered, folder.skipped, tuple(problems), missing, keys, unknown, said.withdrawn, said.people)


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
            if name == right:
                raise SeedsError(Problem(name, None, Remark("is_folder")))
            if last == right:
                raise SeedsError(Problem(name, None, Remark("in_other_folder", {"right": right})))
            kind = "page_of_other_name" if name in folder.pages else "other_name"
            raise SeedsError(Problem(name, None, Remark(kind, {"right": right})))


def _archive(folder: Path, draft: Draft, problems: list[Problem]) -> list[Edition]:
    name = draft.files[0].file
    if not is_there(folder / name):
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


def page_as_decided(
    path: Path, edition: Edition, source: PageSource, editions_file: Path
) -> tuple[PageSource, tuple[Problem, ...]]:
    """A page of the edition with what `editions_file` says of it now, and its text as its own file has it now.

    What can't be followed is a Problem, and the page then without all entries. Raises SeedsError.
    """
    said = read_editions_file(editions_file) if editions_file.exists() else EditionsFile()
    listed = next((one for one in said.listed if one.id == edition.id), None)
    file: PageFile | Problem = PageFile(
        source.label, source.text, source.sha256, source.form, source.part, source.geometry
    )
    if source.form == "text":
        file = read_page_file(path, source.file)
    if isinstance(file, Problem):
        raise SeedsError(file)
    known = (source.number, source.number_basis, source.name, source.name_basis)
    draft = PageDraft(source.file, source.id, None, *known, ())
    problems: list[Problem] = []
    page = _page(draft, file, listed, problems, lenient=True)
    assert page is not None
    return page, tuple(problems)


def _edition(files: PageFiles, draft: Draft, problems: list[Problem], lenient: bool) -> Edition | None:
    """The edition with the pages that can be read; None without any."""
    pages: list[PageSource] = []
    for page in draft.pages():
        parts = _read(files, page, problems)
        problems += _of_no_part(parts, draft.listed)
        for file in parts:
            if source := _page(_part_of(draft, page, file), file, draft.listed, problems, lenient):
                pages.append(source)
    return _known(draft, pages) if pages else None


def _read(files: PageFiles, page: PageDraft, problems: list[Problem]) -> tuple[PageFile, ...]:
    """The pages of a file; none where it is not there or can't be read, which is a problem."""
    if page.entry and not files.has(page.file):
        near = meant(page.file, files.near(page.file))
        remark = Remark("page_not_there_but" if near else "page_not_there", {"file": page.file, "other": near})
        problems.append(Problem(EDITIONS_FILE, page.entry.nodes["file"].start_mark.line + 1, remark))
        return ()
    found = files.read(page.file)
    if isinstance(found, Problem):
        problems.append(found)
        return ()
    return found


def _of_no_part(parts: Sequence[PageFile], listed: Listed | None) -> Iterator[Problem]:
    """Entries about a file of several pages that do not say about which, or about one that it does not have."""
    if listed is None or not parts:
        return
    for entry in (*listed.corrections, *listed.doubts, *(entry for entry, _ in listed.order)):
        name = entry.required("file")
        if without_part(name) == parts[0].file and not any(file.is_named(name) for file in parts):
            values = {"file": name, "parts": [file.name for file in parts[:_SHOWN]]}
            yield Problem(EDITIONS_FILE, entry.nodes["file"].start_mark.line + 1, Remark("no_such_part", values))


def _part_of(draft: Draft, page: PageDraft, file: PageFile) -> PageDraft:
    """The page of a file of several: its number is its place in the file, where the edition has no other file."""
    if file.part is None:
        return page
    part = str(file.part)
    if len(draft.files) > 1 or page.number:
        return replace(page, id=f"{page.id}-{part}", number=None, number_basis=None)
    basis = in_both(Remark("number_of_part", {"file": file.file}))
    number, known = (part, basis) if draft.made else (None, None)
    return replace(page, id=f"{draft.id}-{part}", number=number, number_basis=known)


def _page(
    page: PageDraft, file: PageFile, listed: Listed | None, problems: list[Problem], lenient: bool
) -> PageSource | None:
    """The page with what was decided about it; where that can't be followed, None, or without any of it."""
    found: list[Problem] = []
    stated = [entry for entry in listed.corrections if file.is_named(entry.required("file"))] if listed else []
    corrections = [read_correction(entry, file, found) for entry in stated]
    stated = [entry for entry in listed.doubts if file.is_named(entry.required("file"))] if listed else []
    doubts = [read_doubt(entry, file, found) for entry in stated]
    kept = corrections_apart([correction for correction in corrections if correction], file, found)
    open_doubts = doubts_apart([doubt for doubt in doubts if doubt], file, found)
    order = rule([entry for _, entry in listed.order if file.is_named(entry.file)] if listed else [], file, found)
    problems += found
    if found and not lenient:
        return None
    if found:
        kept, open_doubts, order = (), (), rule([], file, [])
    return PageSource(
        id=page.id,
        file=file.file,
        text=file.text,
        sha256=file.sha256,
        number=page.number,
        number_basis=page.number_basis,
        name=page.name,
        name_basis=page.name_basis,
        corrections=kept,
        doubts=open_doubts,
        form=file.form,
        part=file.part,
        geometry=file.geometry,
        rulings=order.rulings,
        stale=(*page.remarks, *order.stale),
    )

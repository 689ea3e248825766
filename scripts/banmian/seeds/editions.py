"""A folder of seeds as editions: page files and what seeds/editions.yml says about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from banmian.records import Remark
from banmian.seeds.archive import read_archive
from banmian.seeds.corrections import corrections_apart, doubts_apart, read_correction, read_doubt
from banmian.seeds.files import EDITIONS_FILE, LARGEST_ARCHIVE, Folder, PageFile, list_folder, read_page_file
from banmian.seeds.listed import Listed, meant, read_editions_file
from banmian.seeds.order import rule
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.records import Edition, PageSource
from banmian.seeds.yaml_nodes import Entry

# The file of editions under other names, in small letters.
_OTHER_NAMES = (
    *("editions.yml", "editions.yaml", "edition.yml", "edition.yaml", "editions.txt.yml"),
    *("editions.yml.txt", "editions.yaml.txt", "edition.yml.txt", "edition.yaml.txt", "editions.txt"),
)


@dataclass(frozen=True, slots=True)
class Seeds:
    """The readable editions sorted by id, the names of skipped files, and what could not be read."""

    editions: tuple[Edition, ...]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_seeds(path: Path) -> Seeds:
    """The editions of a folder; a page that can't be used is left out and a Problem.

    Raises SeedsError where editions.yml is itself wrong, since nothing that it says can then be trusted.
    """
    folder = list_folder(path)
    _ask_about_other_names(folder)
    listed = read_editions_file(path / EDITIONS_FILE) if (path / EDITIONS_FILE).exists() else []
    problems: list[Problem] = []
    editions: list[Edition] = []
    named = {page.required("file") for one in listed for page in one.pages}
    unlisted = [name for name in folder.pages if name not in named]
    for one in listed:
        if _is_archive(one):
            _add_archive(path, one.pages[0].required("file"), one.edition, editions, problems)
            continue
        ids = _page_ids(one)
        pages = [
            _read_listed_page(path, page, ids[page.required("file")], one, unlisted, problems) for page in one.pages
        ]
        if kept := tuple(page for page in pages if page):
            editions.append(replace(one.edition, pages=kept))
    _refuse_doubles(listed, unlisted, path)
    for name in unlisted:
        file = read_page_file(path, name)
        if isinstance(file, Problem):
            problems.append(file)
        else:
            editions.append(Edition(id=Path(name).stem, pages=(_page(_unlisted_id(name), file),)))
    for name in folder.archives:
        if name not in named:
            _add_archive(path, name, Edition(id=Path(name).stem, pages=()), editions, problems)
    _refuse_equal_ids(editions)
    return Seeds(tuple(sorted(editions, key=lambda edition: edition.id)), folder.skipped, tuple(problems))


def _ask_about_other_names(folder: Folder) -> None:
    """What is said in a file of almost the right name would be dropped in silence."""
    for name in (*folder.skipped, *folder.pages):
        if name.lower() in _OTHER_NAMES:
            kind = "page_of_other_name" if name in folder.pages else "other_name"
            raise SeedsError(Problem(name, None, Remark(kind, {"right": EDITIONS_FILE})))


def _is_archive(listed: Listed) -> bool:
    return listed.pages[0].required("file").endswith(".jsonl")


def _add_archive(folder: Path, name: str, known: Edition, editions: list[Edition], problems: list[Problem]) -> None:
    if not (folder / name).exists():
        problems.append(Problem(EDITIONS_FILE, None, Remark("file_not_there", {"file": name})))
        return
    file = read_page_file(folder, name, LARGEST_ARCHIVE)
    for found in [file] if isinstance(file, Problem) else read_archive(file, known):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            editions.append(found)


def _refuse_equal_ids(editions: list[Edition]) -> None:
    """Editions of files of articles get their ids from dates, which no line of editions.yml states."""
    files: dict[tuple[str, str], list[str]] = {}
    for edition in editions:
        files.setdefault(("editions", edition.id), []).append(edition.pages[0].file)
        for page in edition.pages:
            files.setdefault(("pages", page.id), []).append(page.file)
    for (what, identifier), several in files.items():
        if len(several) > 1:
            values = {"id": identifier, "files": list(dict.fromkeys(several))}
            raise SeedsError(Problem(EDITIONS_FILE, None, Remark(f"two_{what}_of_files", values)))


def _refuse_doubles(listed: list[Listed], unlisted: list[str], folder: Path) -> None:
    """Two editions of one id, or two pages, could not be told apart in a citation."""
    editions = {Path(name).stem: name for name in unlisted}
    pages = {_unlisted_id(name): name for name in unlisted}
    for one in listed:
        own = one.pages[0].required("file")
        if other := editions.get(one.edition.id):
            missing = [page for page in one.pages if not (folder / page.required("file")).exists()]
            if other in unlisted and missing:
                name = missing[0].required("file")
                raise missing[0].error(None, Remark("page_not_there_but", {"file": name, "other": other}))
            values = {"id": one.edition.id, "one": other, "other": own}
            raise one.entry.error(one.entry.nodes["id"], Remark("two_editions", values))
        editions[one.edition.id] = own
        ids = _page_ids(one)
        for page in one.pages:
            page_id, file = ids[page.required("file")], page.required("file")
            if page_id in pages:
                raise page.error(None, Remark("two_pages", {"id": page_id, "one": pages[page_id], "other": file}))
            pages[page_id] = file


def _page_ids(listed: Listed) -> dict[str, str]:
    """The id of each page by its file."""
    numbers = [page.word("number") or str(position) for position, page in enumerate(listed.pages, 1)]
    return {page.required("file"): f"{listed.edition.id}-{n}" for page, n in zip(listed.pages, numbers, strict=True)}


def _unlisted_id(name: str) -> str:
    return f"{Path(name).stem}-1"


def _read_listed_page(
    folder: Path, page: Entry, page_id: str, listed: Listed, unlisted: list[str], problems: list[Problem]
) -> PageSource | None:
    name = page.required("file")
    if not (folder / name).exists():
        near = meant(name, unlisted)
        remark = Remark("page_not_there_but" if near else "page_not_there", {"file": name, "other": near})
        problems.append(Problem(EDITIONS_FILE, page.nodes["file"].start_mark.line + 1, remark))
        return None
    file = read_page_file(folder, name)
    if isinstance(file, Problem):
        problems.append(file)
        return None
    found: list[Problem] = []
    corrections = [
        read_correction(entry, file, found) for entry in listed.corrections if entry.required("file") == name
    ]
    doubts = [read_doubt(entry, file, found) for entry in listed.doubts if entry.required("file") == name]
    kept = corrections_apart([correction for correction in corrections if correction], file, found)
    stated = doubts_apart([doubt for doubt in doubts if doubt], file, found)
    order = rule([entry for _, entry in listed.order if entry.file == name], file, found)
    problems += found
    if found:
        return None
    return replace(
        _page(page_id, file),
        number=page.text("number"),
        number_basis=page.text("number_basis"),
        name=page.text("name"),
        name_basis=page.text("name_basis"),
        corrections=kept,
        doubts=stated,
        rulings=order.rulings,
        stale=order.stale,
    )


def _page(page_id: str, file: PageFile) -> PageSource:
    return PageSource(page_id, file.name, file.text, file.sha256, None, None, None, None, (), ())

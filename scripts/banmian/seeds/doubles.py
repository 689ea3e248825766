"""What two editions or pages would share and nobody could tell apart: ids; and entries about pages of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from banmian.records import Remark
from banmian.seeds.contents import is_there
from banmian.seeds.drafts import Draft
from banmian.seeds.folders import EDITIONS_FILE, without_part
from banmian.seeds.listed import meant
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.records import Edition
from banmian.seeds.yaml_nodes import Entry


def refuse_misplaced(drafts: Sequence[Draft]) -> None:
    """Raises SeedsError for entries about files that are no pages of their edition."""
    problems: list[Problem] = []
    of = {path.file: draft.id for draft in drafts if draft.listed for path in draft.files}
    for draft in drafts:
        if draft.listed:
            own = {path.file for path in draft.files} | {page.required("file") for page in draft.listed.pages}
            for entry in _about_files(draft):
                if (file := entry.required("file")) not in own and without_part(file) not in own:
                    other = of.get(file) or meant(file, own)
                    kind = "page_of_other" if file in of else "no_page_of_but" if other else "no_page_of"
                    remark = Remark(kind, {"file": file, "id": draft.id, "other": other})
                    problems += entry.error(entry.nodes["file"], remark).problems
    if problems:
        raise SeedsError(*problems)


def _about_files(draft: Draft) -> Iterator[Entry]:
    if draft.listed:
        yield from (*draft.listed.corrections, *draft.listed.doubts, *(entry for entry, _ in draft.listed.order))


def refuse_doubles(drafts: Sequence[Draft], folder: Path) -> None:
    """Raises SeedsError for two editions of one id, or two pages: they could not be told apart in a citation."""
    problems: list[Problem] = []
    editions: dict[str, Draft] = {}
    pages: dict[str, str] = {}
    for draft in sorted(drafts, key=lambda one: one.listed is not None):
        other = editions.setdefault(draft.id, draft)
        if other is not draft:
            problems.append(_two_editions(draft, other, folder))
            continue
        for page in [] if draft.is_archive else draft.pages():
            first = pages.setdefault(page.id, page.file)
            if first != page.file:
                values = {"id": page.id, "one": first, "other": page.file, "files": [first, page.file]}
                if page.entry:
                    problems.append(page.entry.error(None, Remark("two_pages", values)).problems[-1])
                else:
                    problems.append(Problem(EDITIONS_FILE, None, Remark("two_pages_of_files", values)))
    if problems:
        raise SeedsError(*problems)


def _two_editions(draft: Draft, other: Draft, folder: Path) -> Problem:
    own, first = draft.files[0].file, other.files[0].file
    if draft.listed is None:
        return Problem(EDITIONS_FILE, None, Remark("two_editions_of_files", {"id": draft.id, "files": [first, own]}))
    missing = [page for page in draft.listed.pages if not is_there(folder / page.required("file"))]
    if missing and other.listed is None:
        name = missing[0].required("file")
        return missing[0].error(None, Remark("page_not_there_but", {"file": name, "other": first})).problems[-1]
    entry = draft.listed.entry
    values = {"id": draft.id, "one": first, "other": own}
    return entry.error(entry.nodes["id"], Remark("two_editions", values)).problems[-1]


def refuse_equal_ids(editions: Sequence[Edition]) -> None:
    """Raises SeedsError where files of articles, whose editions get ids from dates, come to share one."""
    files: dict[tuple[str, str], list[str]] = {}
    for edition in editions:
        files.setdefault(("editions", edition.id), []).append(edition.pages[0].file)
        for page in edition.pages:
            files.setdefault(("pages", page.id), []).append(page.file)
    for (what, identifier), several in files.items():
        if len(several) > 1:
            values = {"id": identifier, "files": list(dict.fromkeys(several))}
            raise SeedsError(Problem(EDITIONS_FILE, None, Remark(f"two_{what}_of_files", values)))

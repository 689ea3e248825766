"""The seeds without what is withdrawn: blanked out before anything reads them, so that nothing can hold it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

from banmian.page import read_page
from banmian.pipeline import public
from banmian.records import Article, Correction, Doubt, GivenKey, Remark, Span
from banmian.seeds import Edition, PageSource, Problem, Seeds, SeedsError
from banmian.seeds.folders import EDITIONS_FILE
from banmian.seeds.withdrawn import MARK, SECRETS, Withdrawn, blank, masked

_Entry = TypeVar("_Entry", Correction, Doubt)
_ENTITIES = ("person", "organization")


def without_withdrawn(seeds: Seeds) -> Seeds:
    """The seeds as they may be read."""
    if not seeds.withdrawn:
        return seeds
    editions = [_edition(one, seeds.withdrawn) for one in seeds.editions]
    before = [page.text for edition in seeds.editions for page in edition.pages]
    pages = [page for edition in editions for page in edition.pages]
    of_files: dict[str, list[PageSource]] = {}
    for page in pages:
        of_files.setdefault(page.file, []).append(page)
    changed = {page.file for page, text in zip(pages, before, strict=True) if page.text != text}
    sums = {file: _checksum(of_files[file]) for file in sorted(changed)}
    return replace(seeds, editions=tuple(_with_checksums(edition, sums) for edition in editions))


def _checksum(pages: Sequence[PageSource]) -> str:
    """The checksum of a file as it is published: by that of the file as it came, names could be tried."""
    parts = [(span.start, span.text) for page in pages if page.apart for span in page.apart.page.spans]
    texts = [text for _, text in sorted(parts)] or [page.text for page in pages]
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def _with_checksums(edition: Edition, sums: Mapping[str, str]) -> Edition:
    pages = (replace(page, sha256=sums.get(page.file, page.sha256)) for page in edition.pages)
    return replace(edition, pages=tuple(pages))


def forget_withdrawn(build_folder: Path, withdrawn: Sequence[Withdrawn]) -> None:
    """Remove the export that an earlier build may have had, and leave for the site what answers 410 are known by."""
    known = build_folder / SECRETS
    if not withdrawn:
        known.unlink(missing_ok=True)
        return
    # Nobody looks into an export for what should not be there; it is made anew in a moment.
    for folder in (build_folder, public.folder_of(build_folder)):
        shutil.rmtree(folder / "export", ignore_errors=True)
    shutil.rmtree(build_folder / "facts", ignore_errors=True)
    known.write_text(json.dumps(sorted({one.secret for one in withdrawn})), "utf-8")


def _edition(edition: Edition, withdrawn: Sequence[Withdrawn]) -> Edition:
    here = [one for one in withdrawn if one.is_of(edition.id)]
    pages = tuple(_without_articles(page, [one for one in here if one.kind == "article"]) for page in edition.pages)
    texts = [one for one in here if one.kind != "article"]
    known: Edition = masked(replace(edition, pages=pages), texts)
    return replace(known, pages=tuple(_without_broken(page, texts) for page in known.pages)) if texts else known


def _without_articles(source: PageSource, withdrawn: Iterable[Withdrawn]) -> PageSource:
    """The page without the articles that are withdrawn."""
    here = [one for one in withdrawn if one.file in (source.file, source.label)]
    if not here:
        return source
    page = source.apart.page if source.apart else read_page(source.text, source.corrections, source.rulings)
    texts = [(span.article, span.text.lstrip(" #*\u3000")) for span in page.spans if span.article is not None]
    gone = {article for article, text in texts if text.startswith(tuple(one.text for one in here))}
    for one in here:
        # A file of articles has several pages, each of which may be the one.
        if source.apart is None and not any(text.startswith(one.text) for _, text in texts):
            values = {"file": source.label, "text": one.text}
            raise SeedsError(Problem(EDITIONS_FILE, one.line, Remark("withdrawn_nowhere", values)))
    places = [(span.start, span.end) for span in page.spans if span.article in gone]
    if source.apart is None:
        return replace(source, text=_blanked(source.text, places), corrections=_outside(source.corrections, places),
                       doubts=_outside(source.doubts, places))  # fmt: skip
    left = [number for number in range(len(page.articles)) if number not in gone]
    spans = tuple(_span_apart(span, left) for span in page.spans)
    urls = tuple(source.apart.urls[number] for number in left)
    apart = replace(
        source.apart, page=replace(page, spans=spans, articles=tuple(page.articles[n] for n in left)), urls=urls
    )
    return replace(source, text="".join(span.text for span in spans), apart=apart)


def _span_apart(span: Span, left: Sequence[int]) -> Span:
    if span.article is None:
        return span
    if span.article in left:
        return replace(span, article=left.index(span.article))
    return Span(span.start, span.end, "furniture", None, None, None, blank(span.text))


def _without_broken(source: PageSource, withdrawn: Sequence[Withdrawn]) -> PageSource:
    """The page without names that column breaks cut: halves that stand in different lines."""
    broken = [one for one in withdrawn if _may_be_broken(source.text, one.text)]
    while broken and source.apart is None:
        page = read_page(source.text, source.corrections, source.rulings)
        places = list(chain.from_iterable(_places(article, broken) for article in page.articles))
        if not places:
            break
        source = replace(source, text=_blanked(source.text, places))
    return source


def _may_be_broken(text: str, name: str) -> bool:
    lines = [line.strip(" \t\r*#\u3000") for line in text.split("\n")]
    return any(
        any(line.endswith(name[:at]) for line in lines) and any(line.startswith(name[at:]) for line in lines)
        for at in range(1, len(name))
    )


def _places(article: Article, withdrawn: Iterable[Withdrawn]) -> Iterable[tuple[int, int]]:
    """Where in the file the characters of withdrawn texts stand."""
    for field in article.fields.values():
        for found in chain.from_iterable(one.pattern.finditer(field.text) for one in withdrawn):
            for at in range(*found.span()):
                if not field.text[at].isspace():
                    yield field.source_range(at, at + 1)


def _blanked(text: str, places: Iterable[tuple[int, int]]) -> str:
    signs = list(text)
    for start, end in places:
        signs[start:end] = blank(text[start:end])
    return "".join(signs)


def _outside(entries: tuple[_Entry, ...], places: Sequence[tuple[int, int]]) -> tuple[_Entry, ...]:
    """The corrections or doubts that are of none of these places."""
    return tuple(one for one in entries if not any(start <= one.start < end for start, end in places))


def unnamed(
    kind: str, record: Sequence[GivenKey], here: Iterable[str], withdrawn: Iterable[Withdrawn]
) -> tuple[GivenKey, ...]:
    """The record of the keys of a kind, digests in the place of keys that are withdrawn and that nothing bears."""
    if kind not in _ENTITIES:
        return tuple(record)
    borne = set(here)
    kept = {one.key: one for one in record}
    for one in withdrawn:
        for given in [given for given in kept.values() if given.key not in borne and given.key[0] != MARK]:
            # Whoever stood in an article that is withdrawn and stands nowhere else is withdrawn with it.
            if one.kind == "article" or one.text in given.key or one.text in (given.name or ""):
                del kept[given.key]
                key = one.digest(kind, given.key)
                kept[key] = GivenKey(kind, key, gone="withdrawn", since=given.since)
        if one.kind == kind and one.text not in borne:
            key = one.digest(kind, one.text)
            kept.setdefault(key, GivenKey(kind, key, gone="withdrawn", since=one.date))
    return tuple(kept.values())

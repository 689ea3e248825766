"""A file of articles that are already apart (*.jsonl) as editions: one for each date, a page for each page number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from banmian.records import Page, Remark, Span
from banmian.seeds.articles import ArticleLine, read_article_line
from banmian.seeds.dates import printed_day
from banmian.seeds.files import PageFile
from banmian.seeds.paths import slug
from banmian.seeds.problems import ArticleError, Problem, not_json
from banmian.seeds.records import Apart, Edition, PageSource

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_BLANK = "\ufeff \t\r\n"
_MOST_PROBLEMS = 20


@dataclass(slots=True)
class _Gathered:
    """The articles of one page as they are met in the file, and the lines that spell them."""

    articles: list[ArticleLine] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)


def read_archive(file: PageFile, edition: Edition) -> list[Edition] | list[Problem]:
    """The editions of a file of articles, or what is wrong with its lines (the first 20): then none of it is used.

    `edition` says what is known of them all; its id, with the date of the articles where they have one, becomes theirs.
    """
    pages: dict[tuple[str, str], _Gathered] = {}
    problems: list[Problem] = []
    page: _Gathered | None = None
    # Blank lines go with the article before them, or, at the beginning of the file, with the first.
    blanks = _Gathered()
    for number, match in enumerate(_LINE.finditer(file.text), 1):
        line, start = match.group(), match.start()
        if not line.strip(_BLANK):
            blank = Span(start, match.end(), "blank", None, None, None, line)
            (page or blanks).spans.append(blank)
            (page or blanks).lines.append((start, number))
            continue
        try:
            article = read_article_line(line, start)
            page = pages.setdefault((_date(article), article.facts.get("page", "")), _Gathered())
        except (ArticleError, RecursionError) as error:
            fault = error.remark if isinstance(error, ArticleError) else not_json(error)
            values = {"fault": fault, "begins": line.strip(_BLANK)[:30]}
            problems.append(Problem(file.name, number, Remark("article_line", values)))
            if len(problems) == _MOST_PROBLEMS:
                break
            continue
        page.spans += article.spans(len(page.articles))
        page.articles.append(article)
        page.lines.append((start, number))
    if not problems and not pages:
        problems.append(Problem(file.name, 1, Remark("no_article")))
    if problems:
        return problems
    first = next(iter(pages.values()))
    first.spans[:0], first.lines[:0] = blanks.spans, blanks.lines
    return _editions(file, edition, pages)


def _date(article: ArticleLine) -> str:
    """The article's date as YYYY-MM-DD, '' where it has none. Raises ArticleError for a date that does not exist."""
    printed = article.facts.get("date")
    if printed is None:
        return ""
    try:
        return printed_day(printed).isoformat()
    except ValueError as error:
        raise ArticleError(Remark("no_date", {"key": "date", "text": printed})) from error


def _editions(file: PageFile, edition: Edition, pages: dict[tuple[str, str], _Gathered]) -> list[Edition]:
    editions: list[Edition] = []
    warnings = tuple(_warnings(pages.values()))
    for day in dict.fromkeys(day for day, _ in pages):
        identifier = f"{edition.id}-{day}" if day else edition.id
        numbers = [number for other, number in pages if other == day]
        sources = tuple(
            _page_source(file, f"{identifier}-{slug(number) or position}", number or None, pages[day, number])
            for position, number in enumerate(numbers, 1)
        )
        if not editions and sources[0].apart:
            first = sources[0].apart
            said = replace(first, page=replace(first.page, warnings=warnings))
            sources = (replace(sources[0], apart=said), *sources[1:])
        known = replace(edition, id=identifier, pages=sources)
        if day:
            known = replace(known, date=day, date_earliest=None, date_latest=None, date_basis=None)
        editions.append(known)
    return editions


def _page_source(file: PageFile, page_id: str, number: str | None, gathered: _Gathered) -> PageSource:
    text = "".join(span.text for span in gathered.spans)
    page = Page(tuple(gathered.spans), tuple(a.article for a in gathered.articles), (), ())
    urls = tuple(article.facts.get("url") for article in gathered.articles)
    apart = Apart(page, urls, tuple(gathered.lines))
    return PageSource(page_id, file.name, text, file.sha256, number, None, None, None, (), (), apart, "articles")


def _warnings(pages: Iterable[_Gathered]) -> Iterable[Remark]:
    """What isn't understood is kept as furniture, counted and shown, once for a file."""
    unknown = Counter(key for page in pages for article in page.articles for key in article.unknown)
    for key, count in sorted(unknown.items()):
        yield Remark("unknown_key", {"key": key, "articles": count})

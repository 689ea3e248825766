"""What the page of an article says of it to programs: schema.org in JSON-LD, and the tags that Zotero reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from banmian.site.articles import ReadArticle
from banmian.site.named import Named
from banmian.site.reading import Row

_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
_TYPES = {"person": "Person", "organization": "Organization"}


def json_ld(article: ReadArticle, page: Row, canonical: str) -> Markup:
    """A NewsArticle (schema.org) at the address `canonical`, as JSON that may stand in HTML. Its text is not in it.

    What nobody knows is left out, and so are persons without a public role: it is search engines that read it. A date
    that is known only as a span is the time covered, not the day of printing.
    """
    row = article.row
    issue = {
        "@type": "PublicationIssue",
        "issueNumber": page["issue"],
        "datePublished": page["date"],
        "isPartOf": page["newspaper"]
        and _told({"@type": "Newspaper", "name": page["newspaper"], "issn": page["issn"]}),
    }
    found = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": canonical,
        "url": canonical,
        "headline": row["headline"],
        "alternativeHeadline": row["subheadline"] or row["kicker"],
        "articleSection": row["rubric"],
        "inLanguage": row["language"],
        "datePublished": page["date"],
        "temporalCoverage": None if page["date"] else _span(page),
        "pagination": page["number"],
        "isPartOf": _told(issue),
        "author": [_thing(named, canonical) for named in article.named if named.author],
        "editor": [_thing(named, canonical) for named in article.named if named.editor],
        "mentions": [
            _thing(named, canonical)
            for named in article.named
            if named.is_public and not (named.author or named.editor)
        ],
        "sdLicense": _CC0,
    }
    text = json.dumps(_told(found), ensure_ascii=False, indent=1)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def citation_tags(article: ReadArticle, page: Row, canonical: str) -> list[tuple[str, str]]:
    """(name, content) of the tags by which reference managers know an article, those that can be filled."""
    return [(f"citation_{name}", str(value)) for name, value in _citation(article, page, canonical) if value]


def _citation(article: ReadArticle, page: Row, canonical: str) -> Iterator[tuple[str, Any]]:
    yield "title", article.row["headline"]
    yield from (("author", named.name) for named in article.named if named.author)
    yield "publication_date", page["date"]
    yield "journal_title", page["newspaper"]
    yield "issn", page["issn"]
    yield "issue", page["issue"]
    yield "firstpage", page["number"]
    yield "language", article.row["language"]
    yield "public_url", canonical


def _thing(named: Named, canonical: str) -> Mapping[str, str]:
    return {"@type": _TYPES[named.kind], "name": named.name, "url": urljoin(canonical, named.href)}


def _span(page: Row) -> str | None:
    """The days between which the edition was printed, an open end as two dots (ISO 8601-2), or None."""
    ends = page["date_earliest"], page["date_latest"]
    return "/".join(end or ".." for end in ends) if any(ends) else None


def _told(found: Mapping[str, Any]) -> dict[str, Any]:
    """What of it is known."""
    return {name: value for name, value in found.items() if value}

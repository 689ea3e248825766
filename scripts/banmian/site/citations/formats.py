"""A citation as GB/T 7714, BibTeX, RIS and CSL-JSON. Pure functions: the same citation, the same text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from banmian.site.citations.citation import INFERRED, Citation
from banmian.site.messages import brief

# GB/T 7714 names so many authors and says that there are others.
_AUTHORS_NAMED = 3
# Marks of Markdown that a page prints around a heading.
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
# What TeX takes for a command. A brace is written out: BibTeX counts it even behind a backslash.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\ensuremath{\lbrace}",
    "}": r"\ensuremath{\rbrace}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
_NOT_OF_A_KEY = re.compile(r"[^A-Za-z0-9.:-]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")


def gb7714(citation: Citation) -> str:
    """One line of a list of references (GB/T 7714-2015): a newspaper's article online, or a record of a database."""
    names = [_one_line(name) for name in citation.authors]
    others = [brief("cite.and_others")] if len(names) > _AUTHORS_NAMED else []
    parts = [", ".join([*names[:_AUTHORS_NAMED], *others])] if names else []
    kind = "N/OL" if citation.printed else "DB/OL"
    title = f"{_one_line(citation.title)}[{kind}]"
    accessed = f"[{citation.accessed.isoformat()}]"
    if citation.printed:
        # What no page prints stands in brackets.
        paper = _one_line(citation.newspaper or f"[{brief('newspaper.unknown')}]")
        marks = {part: f"[{brief('badges.inferred')}]" if part in citation.inferred else "" for part in INFERRED}
        paper += marks["newspaper"]
        in_brackets = f"[{citation.span if citation.is_range else _in_words(citation)}]"
        day = f"{citation.day}{marks['date']}" if citation.day else in_brackets
        page = f"({_one_line(citation.page)}{marks['page']})" if citation.page else ""
        parts += [title, f"{paper}, {day}{page}{accessed}"]
    else:
        parts += [f"{title}//{_one_line(_database(citation))}{accessed}"]
    return ". ".join([*parts, citation.url, *map(_one_line, citation.notes)]) + ".\n"


def bibtex(citation: Citation) -> str:
    """An entry of BibTeX and BibLaTeX: @article or @misc. The address stands as it is, all else is escaped for TeX."""
    fields = {"title": _tex(citation.title), "author": " and ".join(f"{{{_tex(name)}}}" for name in citation.authors)}
    if citation.printed:
        fields["journal"] = _tex(citation.newspaper or "")
    else:
        fields["howpublished"] = _tex(_database(citation))
    fields |= _bibtex_days(citation) if citation.printed else {}
    fields |= {
        "number": _tex(citation.issue or ""),
        "issn": _tex(citation.issn or ""),
        "pages": _tex(citation.page or ""),
        "language": _tex(citation.language or ""),
        "url": citation.url,
        "urldate": citation.accessed.isoformat(),
        "note": _tex("; ".join(_notes(citation))),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "article" if citation.printed else "misc"
    return "\n".join([f"@{kind}{{{cite_key(citation.key)},", *lines, "}"]) + "\n"


def _bibtex_days(citation: Citation) -> Mapping[str, str]:
    """`date` for BibLaTeX, an end that nobody knows left empty; for BibTeX what is known for certain, or the years."""
    found = {"date": citation.span.replace("..", "")} if citation.span else {}
    if common := citation.common:
        return found | dict(zip(("year", "month", "day"), common.split("-"), strict=False))
    years = "--".join(str(day)[:4] for day in citation.days)
    return found | {"year": years if citation.is_range else _tex(_in_words(citation))}


def ris(citation: Citation) -> str:
    """A record of RIS, a tag a line, lines ended as the format asks: NEWS or DATA."""
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in _ris(citation) if value or tag == "ER")


def _ris(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS" if citation.printed else "DATA"
    yield "ID", cite_key(citation.key)
    yield "TI", citation.title
    yield from (("AU", name) for name in citation.authors)
    yield "T2", (citation.newspaper or "") if citation.printed else _database(citation)
    if citation.printed:
        yield "PY", citation.common[:4]
        # Year, month and day, as far as they are known for certain, and what else is to be said, after three slashes.
        known = "/".join(f"{citation.common}--".split("-")[:3])
        yield "DA", f"{known}/{'' if citation.day else _in_words(citation)}"
    yield "IS", citation.issue or ""
    yield "SN", citation.issn or ""
    yield "SP", citation.page or ""
    yield "LA", citation.language or ""
    yield "DB", _database(citation)
    yield "UR", citation.url
    yield "Y2", citation.accessed.isoformat().replace("-", "/") + "/"
    yield from (("N1", note) for note in [*_days(citation), *_notes(citation)])
    yield "ER", ""


def csl_json(citation: Citation) -> str:
    """A list of one item of CSL-JSON, as csl-data.json of the Citation Style Language describes it."""
    day = citation.accessed
    item: dict[str, Any] = {
        "id": cite_key(citation.key),
        "type": "article-newspaper" if citation.printed else "dataset",
        "title": _one_line(citation.title),
        "author": [{"literal": _one_line(name)} for name in citation.authors],
        "container-title": _one_line(citation.newspaper or "" if citation.printed else _database(citation)),
        "issued": _issued(citation),
        "issue": citation.issue,
        "ISSN": citation.issn,
        "page": citation.page,
        "language": citation.language,
        "source": _database(citation),
        "URL": citation.url,
        "accessed": {"date-parts": [[day.year, day.month, day.day]]},
        "note": "; ".join(map(_one_line, _notes(citation))),
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1) + "\n"


def _issued(citation: Citation) -> Mapping[str, Any] | None:
    days = [list(map(int, day.split("-"))) for day in citation.days if day and _DAY.match(day)]
    if not days or len(days) != len(citation.days):
        # Of what has no date at all the styles say so themselves.
        return {"literal": _in_words(citation)} if citation.span else None
    return {"date-parts": days} | ({"circa": True} if len(days) > 1 else {})


def _in_words(citation: Citation) -> str:
    """When it was printed, where no one day is known."""
    if not citation.span:
        return brief("cite.no_date")
    first, last = citation.days[0], citation.days[-1]
    if citation.is_range:
        return brief("newspaper.between", earliest=first, latest=last)
    return brief("newspaper.not_before", earliest=first) if first else brief("newspaper.not_after", latest=last)


@dataclass(frozen=True, slots=True)
class Format:
    """A form of a citation: `suffix` ends its address."""

    name: str
    suffix: str
    content_type: str
    written: Callable[[Citation], str]


FORMATS = (
    Format("GB/T 7714", ".gbt7714.txt", "text/plain; charset=utf-8", gb7714),
    Format("BibTeX", ".bib", "application/x-bibtex; charset=utf-8", bibtex),
    Format("RIS", ".ris", "application/x-research-info-systems; charset=utf-8", ris),
    Format("CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8", csl_json),
)


def cite_key(key: str) -> str:
    """`key` in the characters that every program takes in a key; any other is written as u and its code point."""
    return _NOT_OF_A_KEY.sub(lambda match: f"u{ord(match[0]):04x}" if match[0] != "_" else "_", key)


def _database(citation: Citation) -> str:
    return brief("cite.database", version=citation.version)


def _notes(citation: Citation) -> list[str]:
    said = (brief("cite.newspaper_inferred"), brief("cite.date_inferred"), brief("cite.page_inferred"))
    inferred = [words for part, words in zip(INFERRED, said, strict=True) if part in citation.inferred]
    return [*inferred, *citation.notes]


def _days(citation: Citation) -> list[str]:
    is_known = citation.day or not citation.span
    return [] if is_known else [brief("cite.printed_when", when=_in_words(citation))]


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _one_line(text))


def _one_line(text: str) -> str:
    """`text` on one line, without the marks of Markdown around parts of it."""
    return _EMPHASIS.sub(r"\2", " ".join(text.split()))

"""What is stated of an edition, by editions.yml, by a row of the table, by a rule, and which of them is heard."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from banmian.records import Remark
from banmian.seeds.yaml_nodes import Entry

Facts = Mapping[str, str | None]

_DATES = ("date", "date_earliest", "date_latest")
# Fields that one source states together, and what says how they are known.
_TOGETHER: tuple[tuple[tuple[str, ...], str | None], ...] = (
    (("newspaper",), "newspaper_basis"),
    (_DATES, "date_basis"),
    (("city",), "city_basis"),
    *(((name,), None) for name in ("language", "rights", "shown", "note")),
    *(((name,), None) for name in ("issn", "cn", "issue", "variant", "holder", "pages_expected")),
)
FACT_KEYS = tuple(key for keys, basis in _TOGETHER for key in (*keys, *([basis] if basis else [])))
# What a rule may state of all its editions: dates and numbers of issues it finds in paths.
RULE_FACT_KEYS = tuple(key for key in FACT_KEYS if key not in (*_DATES, "issue"))
_ISSN = re.compile(r"([0-9]{4})-?([0-9]{3})([0-9Xx])")
# How much of the articles' text the public database shows; the first where nothing is stated.
SHOWN = ("snippet", "full", "none")
# More pages than any issue had.
_MOST_PAGES = 2_000
_CN = re.compile(r"(?:CN ?)?[0-9]{2}-[0-9]{4}(?:/[0-9A-Z.-]+)?")


def read_facts(entry: Entry) -> dict[str, str | None]:
    """What an entry states of an edition; what is wrong with it is added to its faults."""
    values = {key: entry.date(key) if key in _DATES else entry.text(key) for key in FACT_KEYS}
    earliest, latest = values["date_earliest"], values["date_latest"]
    if values["date"] and (earliest or latest):
        entry.fault(entry.nodes["date"], Remark("two_dates"))
    if earliest and latest and earliest > latest:
        entry.fault(entry.nodes["date_earliest"], Remark("dates_reversed", {"earliest": earliest, "latest": latest}))
    if earliest and earliest == latest:
        # Two ends of one day are that day: nobody should read "between 12 March and 12 March".
        values |= {"date": earliest, "date_earliest": None, "date_latest": None}
    if (number := entry.number("pages_expected", 1, _MOST_PAGES)) is not None:
        values["pages_expected"] = str(number)
    if values["shown"] and values["shown"] not in SHOWN:
        entry.fault(entry.nodes["shown"], Remark("unknown_shown", {"text": values["shown"], "known": list(SHOWN)}))
    if values["shown"] == "full" and not values["rights"]:
        entry.fault(entry.nodes["shown"], Remark("shown_without_rights"))
    for key, is_one, kind in (("issn", _is_issn, "no_issn"), ("cn", _CN.fullmatch, "no_cn")):
        if (text := values[key]) and not is_one(text):
            entry.fault(entry.nodes[key], Remark(kind, {"text": text}))
    return values


def _is_issn(text: str) -> bool:
    """Whether it has the form of an ISSN and its last sign is right."""
    found = _ISSN.fullmatch(text)
    if not found:
        return False
    signs = found[1] + found[2] + found[3]
    total = sum((10 if sign in "Xx" else int(sign)) * (8 - at) for at, sign in enumerate(signs))
    return total % 11 == 0


def first_stated(sources: Sequence[Facts]) -> dict[str, str | None]:
    """Of each field what the first of `sources` says that states it; how it is known may an earlier one say."""
    heard: dict[str, str | None] = {}
    for keys, basis in _TOGETHER:
        at = next((n for n, facts in enumerate(sources) if any(facts.get(key) for key in keys)), None)
        heard |= {key: None if at is None else sources[at].get(key) for key in keys}
        if basis:
            until = sources if at is None else sources[: at + 1]
            heard[basis] = next((facts[basis] for facts in until if facts.get(basis)), None)
    return heard

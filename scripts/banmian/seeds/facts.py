"""What is stated of an edition, by editions.yml, by a row of the table, by a rule, and which of them is heard."""

from __future__ import annotations

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
    *(((name,), None) for name in ("language", "rights", "note")),
)
FACT_KEYS = tuple(key for keys, basis in _TOGETHER for key in (*keys, *([basis] if basis else [])))
# What a rule may state of all its editions: dates it finds in paths.
RULE_FACT_KEYS = tuple(key for key in FACT_KEYS if key not in _DATES)


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
    return values


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

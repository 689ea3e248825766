"""Rules of editions.yml: which files are editions by their paths, and what is so of all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from banmian.records import Remark
from banmian.seeds.facts import RULE_FACT_KEYS, Facts, read_facts
from banmian.seeds.folders import ARCHIVE
from banmian.seeds.missing import MISSING_ISSUE_KEYS, MissingIssues, read_missing_issues
from banmian.seeds.patterns import FilePattern, Matched, PatternError, check_id, default_id, filled, read_pattern
from banmian.seeds.yaml_nodes import Entry

RULE_KEYS = ("files", "id", *RULE_FACT_KEYS, "missing")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the files that it is of, the id of its editions where one is stated, and what it says of them."""

    entry: Entry
    pattern: FilePattern
    id: str | None
    facts: Facts
    missing: tuple[MissingIssues, ...]

    def edition(self, matched: Matched) -> str:
        """The id of the edition that a file is of."""
        return filled(self.id, matched.values) if self.id else default_id(self.pattern, matched.values)


def read_rule(entry: Entry) -> Rule:
    """The rule of an entry. Raises SeedsError where it is malformed."""
    facts = read_facts(entry)
    stated, pattern = entry.required("files"), None
    if stated:
        try:
            pattern = read_pattern(stated)
        except PatternError as error:
            entry.fault(entry.nodes["files"], error.remark)
        if pattern and not pattern.tells_editions and not stated.endswith(ARCHIVE):
            entry.fault(entry.nodes["files"], Remark("rule_tells_no_editions", {"text": stated}))
    identifier = entry.word("id")
    if identifier:
        try:
            check_id(identifier)
        except PatternError as error:
            entry.fault(entry.nodes["id"], error.remark)
    missing = entry.entries("missing", MISSING_ISSUE_KEYS, "missing_issue", read_missing_issues)
    entry.checked()
    if pattern is None:
        raise entry.error(None, Remark("key_needed", {"key": "files", "what": "rule"}))
    stated_of = [replace(one, newspaper=facts["newspaper"]) for one in missing]
    return Rule(entry, pattern, identifier, facts, tuple(stated_of))

"""Strict reading of YAML: unknown and doubled keys and wrong types are Problems that name their line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import yaml

from banmian.records import Remark
from banmian.seeds.files import read_own
from banmian.seeds.problems import Problem, SeedsError

_One = TypeVar("_One")
_Read = TypeVar("_Read")

NULL = "tag:yaml.org,2002:null"
_SHOWN = 40
# The first line of an item of a list, and how far it is indented.
_ITEM = re.compile(r"( *)- ")
# What the parser says of a text that begins with a sign of YAML's own.
_SIGN = re.compile(r"found character '[%@`]'")


def compose(path: Path) -> yaml.Node | None:
    """The root node of a YAML file, None where it is empty. Raises SeedsError with the lines of syntax errors."""
    text = read_own(path)
    try:
        return yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise SeedsError(*_syntax_errors(path.name, text, error)) from error


def _syntax_errors(file: str, text: str, first: yaml.YAMLError) -> list[Problem]:
    """The error at which reading ended, and those of each item of a list that can't be read by itself."""
    problems = [_syntax_error(file, first)]
    for begin, item in _items(text.split("\n")):
        try:
            yaml.compose(item, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            problems.append(_syntax_error(file, error, begin))
    return list({problem.line: problem for problem in reversed(problems)}.values())[::-1]


def _items(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The items of lists that hold no other: the index of the first line, and the lines of each."""
    begins = [at for at, line in enumerate(lines) if _ITEM.match(line)]
    for begin, following in pairwise([*begins, len(lines)]):
        opening = _ITEM.match(lines[begin])
        indent = len(opening[1]) if opening else 0
        inside = [at for at in range(begin + 1, following) if lines[at].strip()]
        end = next((at for at in inside if len(lines[at]) - len(lines[at].lstrip(" ")) <= indent), following)
        yield begin, "\n".join(lines[begin:end])


def _syntax_error(file: str, error: yaml.YAMLError, before: int = 0) -> Problem:
    """The error at the line where the fault is: what is left open is so where it begins."""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context", None) or ""
    said = getattr(error, "problem", None) or str(error)
    remark = Remark("not_yaml", {"said": said})
    if "scanning a simple key" in context:
        mark, remark = error.context_mark, Remark("not_yaml_no_key")  # type: ignore[attr-defined]
    elif "scanning a quoted scalar" in context:
        mark, remark = error.context_mark, Remark("not_yaml_open_quote")  # type: ignore[attr-defined]
    elif "alias" in f"{context} {said}" or "scanning an anchor" in context or _SIGN.search(said):
        remark = Remark("not_yaml_sign")
    elif "another document" in said:
        remark = Remark("not_yaml_documents")
    return Problem(file, before + mark.line + 1 if mark else None, remark)


def collected(read: Callable[[_One], _Read], items: Iterable[_One], problems: list[Problem]) -> list[_Read]:
    """What `read` gives for the items; what is wrong with those for which it raises SeedsError, in `problems`."""
    found = []
    for item in items:
        try:
            found.append(read(item))
        except SeedsError as error:
            problems += error.problems
    return found


class Entry:
    """A mapping of known keys.

    What is wrong with it is added to its `faults`, each with file, line and what is expected; a value that is wrong is
    read as if it were not there. `checked` refuses an entry with faults. Where `strays`, keys that are not known, stand
    in it, nothing is said of keys that are missing: they are what was meant.
    """

    def __init__(self, file: str, node: yaml.Node, keys: Sequence[str], what: str) -> None:
        self.file, self.line, self.what = file, node.start_mark.line + 1, what
        self.faults: list[Problem] = []
        if not isinstance(node, yaml.MappingNode):
            raise self.error(node, Remark("no_mapping", {"what": what}))
        self.nodes: dict[str, yaml.Node] = {}
        self.strays = False
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value not in keys:
                self.strays = True
                self.fault(key, self._unknown(node, key, value, keys))
            elif key.value in self.nodes:
                self.fault(key, Remark("key_twice", {"key": key.value, "what": what}))
            else:
                self.nodes[key.value] = value

    def _unknown(self, node: yaml.MappingNode, key: yaml.Node, value: yaml.Node, keys: Sequence[str]) -> Remark:
        at = [one for one, _ in node.value].index(key)
        before = node.value[at - 1][1] if at else None
        if node.flow_style and isinstance(before, yaml.ScalarNode) and (value.tag, value.value) == (NULL, ""):
            return Remark("comma_ends_value", {"value": before.value, "text": f"{before.value},{key.value}"})
        said = str(key.value)
        known, colon, _ = said.partition(":")
        if colon and known in keys:
            return Remark("no_blank_after_colon", {"key": known})
        if said == "<<":
            return Remark("no_merging")
        values: dict[str, object] = {"key": said[:_SHOWN], "what": self.what, "known": list(keys)}
        near = get_close_matches(said, keys, 1)
        return Remark("unknown_key_but", {**values, "other": near[0]}) if near else Remark("unknown_key_of", values)

    def fault(self, node: yaml.Node | None, remark: Remark) -> None:
        """Note what is wrong at the line of `node`, of the entry itself where there is none."""
        line = self.line if node is None else node.start_mark.line + 1
        problem = Problem(self.file, line, remark)
        if problem not in self.faults:
            self.faults.append(problem)

    def error(self, node: yaml.Node | None, remark: Remark) -> SeedsError:
        """The error with all that is wrong with the entry, and this besides."""
        self.fault(node, remark)
        return SeedsError(*self.faults)

    def checked(self) -> None:
        """Raises SeedsError where the entry has faults."""
        if self.faults:
            raise SeedsError(*self.faults)

    def text(self, key: str, *, required: bool = False) -> str | None:
        """The value as printed in the file; None where the key is absent, null, empty or no text."""
        node = self.nodes.get(key)
        if node is None or node.tag == NULL or node.value == "":
            if required and (node or not self.strays):
                self.fault(node, Remark("key_needed", {"key": key, "what": self.what}))
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.fault(node, Remark("must_be_text", {"key": key}))
            return None
        return str(node.value)

    def word(self, key: str, *, required: bool = False) -> str | None:
        """A text that is part of keys and addresses: without '/' and white space."""
        value = self.text(key, required=required)
        if value is not None and (
            not value.strip() or "/" in value or len(value.split()) > 1 or value != value.strip()
        ):
            self.fault(self.nodes[key], Remark("must_be_word", {"key": key, "text": value}))
            return None
        return value

    def required(self, key: str) -> str:
        """The value as printed in the file; '' and a fault where it is missing."""
        return self.text(key, required=True) or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list; a single text is a list of one, an absent key an empty one."""
        node = self.nodes.get(key)
        if not isinstance(node, yaml.SequenceNode):
            value = self.text(key)
            return () if value is None else (value,)
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode) or not item.value:
                self.fault(item, Remark("must_be_texts", {"key": key}))
                return ()
        return tuple(str(item.value) for item in node.value)

    def number(self, key: str, least: int = 0) -> int | None:
        """The value as a whole number from `least`; None where it is missing or none."""
        value = self.text(key)
        if value is None:
            return None
        if not value.isdecimal() or int(value) < least:
            self.fault(self.nodes[key], Remark("must_be_number", {"key": key, "text": value, "least": least}))
            return None
        return int(value)

    def date(self, key: str) -> str | None:
        """A date as YYYY-MM-DD; None where it is missing or none."""
        value = self.text(key)
        if value is None:
            return None
        try:
            if len(value) != len("YYYY-MM-DD"):
                raise ValueError(value)
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fault(self.nodes[key], Remark("no_date", {"key": key, "text": value}))
            return None

    def items(self, key: str) -> list[yaml.Node]:
        """The nodes of a list; none where the key is absent, null or no list."""
        node = self.nodes.get(key)
        if node is None or node.tag == NULL:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, Remark("must_be_list", {"key": key}))
            return []
        return list(node.value)

    def entries(self, key: str, keys: Sequence[str], what: str, read: Callable[[Entry], _Read]) -> list[_Read]:
        """The entries of a list, as `read` reads them; none where the key is absent or null.

        What is wrong with them is added to the faults of this one.
        """
        return collected(lambda item: read(Entry(self.file, item, keys, what)), self.items(key), self.faults)


def listed_items(file: str, root: yaml.Node, keys: Sequence[str]) -> list[list[yaml.Node]]:
    """The items of a file that is a list, of the first of `keys`, or a mapping whose `keys` hold lists.

    Raises SeedsError.
    """
    if isinstance(root, yaml.SequenceNode):
        return [list(root.value), *([] for _ in keys[1:])]
    entry = Entry(file, root, keys, "file")
    items = [entry.items(key) for key in keys]
    entry.checked()
    return items

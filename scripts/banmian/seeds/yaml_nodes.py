"""Strict reading of YAML: unknown and doubled keys and wrong types are Problems that name their line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import yaml

from banmian.seeds.problems import Problem, SeedsError

_One = TypeVar("_One")
_Read = TypeVar("_Read")

# How a syntax error begins.
NOT_YAML = "not YAML: "
_NULL = "tag:yaml.org,2002:null"


def compose(path: Path) -> yaml.Node | None:
    """The root node of a YAML file, None where it is empty. Raises SeedsError with the line of a syntax error."""
    try:
        return yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise SeedsError(Problem(path.name, None, f"not UTF-8 at byte {error.start}. Save it as UTF-8")) from error
    except OSError as error:
        raise SeedsError(Problem(path.name, None, f"can't be read ({error.strerror})")) from error
    except yaml.YAMLError as error:
        raise SeedsError(_syntax_error(path.name, error)) from error


def _syntax_error(file: str, error: yaml.YAMLError) -> Problem:
    """The error at the line where the fault is: what is left open is so where it begins."""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context", None) or ""
    reason = getattr(error, "problem", None) or str(error)
    if "scanning a simple key" in context:
        mark, reason = error.context_mark, "a line that is no `key: value`. Write a colon and a blank after the key"  # type: ignore[attr-defined]
    elif "scanning a quoted scalar" in context:
        mark, reason = error.context_mark, "a quotation mark that nothing closes. Write the second one"  # type: ignore[attr-defined]
    return Problem(file, mark.line + 1 if mark else None, f"{NOT_YAML}{reason}")


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
    """A mapping of known keys. Each reading method raises SeedsError with file, line and what is expected."""

    def __init__(self, file: str, node: yaml.Node, keys: Sequence[str], what: str) -> None:
        self.file, self.line, self.what = file, node.start_mark.line + 1, what
        if not isinstance(node, yaml.MappingNode):
            raise self.error(node, f"{what} must be a list of `key: value` lines")
        self.nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value not in keys:
                raise self.error(key, self._unknown(node, key, value, keys))
            if key.value in self.nodes:
                raise self.error(key, f"the key {key.value!r} stands twice in {what}. Keep one")
            self.nodes[key.value] = value

    def _unknown(self, node: yaml.MappingNode, key: yaml.Node, value: yaml.Node, keys: Sequence[str]) -> str:
        at = [one for one, _ in node.value].index(key)
        before = node.value[at - 1][1] if at else None
        if node.flow_style and isinstance(before, yaml.ScalarNode) and (value.tag, value.value) == (_NULL, ""):
            text = f"{before.value},{key.value}"
            return f'the comma ends the value {before.value!r}. Text with a comma in {{ }} needs quotes: "{text}"'
        known, colon, _ = str(key.value).partition(":")
        if colon and known in keys:
            return f"no blank after the colon of {known!r}. Write '{known}: '"
        return f"unknown key {str(key.value)[:40]!r} in {self.what}. Known keys: {', '.join(keys)}"

    def error(self, node: yaml.Node | None, reason: str) -> SeedsError:
        """The error that names the file and the line of `node`, of the entry itself where there is none."""
        line = self.line if node is None else node.start_mark.line + 1
        return SeedsError(Problem(self.file, line, reason))

    def text(self, key: str, *, required: bool = False) -> str | None:
        """The value as printed in the file; None where the key is absent, null or empty."""
        node = self.nodes.get(key)
        if node is None or node.tag == _NULL or node.value == "":
            if required:
                raise self.error(node, f"{self.what} needs the key {key!r} with a text")
            return None
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(node, f"{key!r} must be a text")
        return str(node.value)

    def word(self, key: str, *, required: bool = False) -> str | None:
        """A text that is part of keys and addresses: without '/' and white space."""
        value = self.text(key, required=required)
        if value is not None and (
            not value.strip() or "/" in value or len(value.split()) > 1 or value != value.strip()
        ):
            raise self.error(self.nodes[key], f"{key!r}: {value!r} must be one word without '/'. Use '-' instead")
        return value

    def required(self, key: str) -> str:
        """The value as printed in the file; SeedsError where it is missing."""
        return self.text(key, required=True) or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list; a single text is a list of one, an absent key an empty one."""
        node = self.nodes.get(key)
        if not isinstance(node, yaml.SequenceNode):
            value = self.text(key)
            return () if value is None else (value,)
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode) or not item.value:
                raise self.error(item, f"{key!r} must be a list of texts")
        return tuple(str(item.value) for item in node.value)

    def number(self, key: str) -> int | None:
        """The value as a whole number from 0; None where it is missing, SeedsError where it is none."""
        value = self.text(key)
        if value is None:
            return None
        if not value.isdecimal():
            raise self.error(self.nodes[key], f"{key!r} must be a whole number from 0, not {value!r}")
        return int(value)

    def date(self, key: str) -> str | None:
        """A date as YYYY-MM-DD."""
        value = self.text(key)
        if value is None:
            return None
        try:
            if len(value) != 10:
                raise ValueError("not YYYY-MM-DD")
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise self.error(self.nodes[key], f"{key!r}: {value!r} is no date ({error}). Write YYYY-MM-DD") from error

    def items(self, key: str) -> list[yaml.Node]:
        """The nodes of a list; none where the key is absent or null."""
        node = self.nodes.get(key)
        if node is None or node.tag == _NULL:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(node, f"{key!r} must be a list: lines that begin with '- '")
        return list(node.value)

    def entries(
        self, key: str, keys: Sequence[str], what: str, read: Callable[[Entry], _Read], problems: list[Problem]
    ) -> list[_Read]:
        """The entries of a list, as `read` reads them; none where the key is absent or null.

        What is wrong with them is added to `problems`, that of each entry.
        """
        try:
            items = self.items(key)
        except SeedsError as error:
            problems += error.problems
            return []
        return collected(lambda item: read(Entry(self.file, item, keys, what)), items, problems)


def listed_items(file: str, root: yaml.Node, key: str) -> list[yaml.Node]:
    """The items of a file that is a list, or a mapping whose one key holds the list. Raises SeedsError."""
    if isinstance(root, yaml.SequenceNode):
        return list(root.value)
    return Entry(file, root, (key,), "the file").items(key)

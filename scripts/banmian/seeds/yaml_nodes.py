"""Strict reading of YAML: unknown and doubled keys and wrong types are Problems that name their line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import TypeVar

import yaml

from banmian.records import Remark
from banmian.seeds.dates import printed_day
from banmian.seeds.identifiers import fault_of_id, unfit_for_text
from banmian.seeds.problems import Problem, SeedsError

_One = TypeVar("_One")
_Read = TypeVar("_Read")

NULL = "tag:yaml.org,2002:null"
_SHOWN = 40
# Of so many keys that are not known the nearest known ones are looked for.
_GUESSED = 20
# The most that a number may be.
_MOST = 10**9
# What a tag may say of a text: what YAML itself sees in plain ones.
_PLAIN = ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")
_PLAIN_TAGS = tuple(f"tag:yaml.org,2002:{name}" for name in _PLAIN)


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
        at = next(at for at, (one, _) in enumerate(node.value) if one is key)
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
        near = get_close_matches(said, keys, 1) if len(self.faults) < _GUESSED else []
        return Remark("unknown_key_but", {**values, "other": near[0]}) if near else Remark("unknown_key_of", values)

    def fault(self, node: yaml.Node | None, remark: Remark) -> None:
        """Note what is wrong at the line of `node`, of the entry itself where there is none."""
        line = self.line if node is None else node.start_mark.line + 1
        problem = Problem(self.file, line, remark)
        # What is said twice is found by reading one value twice.
        if problem not in self.faults[-_GUESSED:]:
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
        return str(node.value) if self._is_text(key, node) else None

    def _is_text(self, key: str, node: yaml.ScalarNode) -> bool:
        """Whether a value is plain text, which a database and a terminal take; a fault where it is not."""
        if node.tag not in _PLAIN_TAGS:
            self.fault(node, Remark("yaml_tag", {"key": key, "tag": node.tag}))
        elif unfit := unfit_for_text(node.value):
            self.fault(node, Remark("character_in", {"key": key, "escape": unfit}))
        else:
            return True
        return False

    def word(self, key: str, *, required: bool = False) -> str | None:
        """A text that is part of keys and addresses: without '/' and white space."""
        value = self.text(key, required=required)
        if value is not None and (
            not value.strip() or "/" in value or len(value.split()) > 1 or value != value.strip()
        ):
            self.fault(self.nodes[key], Remark("must_be_word", {"key": key, "text": value}))
            return None
        if value is not None and (fault := fault_of_id(value)):
            self.fault(self.nodes[key], fault)
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
            if not self._is_text(key, item):
                return ()
        return tuple(str(item.value) for item in node.value)

    def number(self, key: str, least: int = 0, most: int = _MOST) -> int | None:
        """The value as a whole number from `least` to `most`; None where it is missing or none."""
        value = self.text(key)
        if value is None:
            return None
        # Thousands of digits are no number to Python either.
        if not value.isdecimal() or len(value) > len(str(_MOST)) or not least <= int(value) <= most:
            values = {"key": key, "text": value[:_SHOWN], "least": least, "most": most}
            self.fault(self.nodes[key], Remark("must_be_number", values))
            return None
        return int(value)

    def date(self, key: str) -> str | None:
        """A date as YYYY-MM-DD; None where it is missing or none."""
        value = self.text(key)
        if value is None:
            return None
        try:
            return printed_day(value).isoformat()
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

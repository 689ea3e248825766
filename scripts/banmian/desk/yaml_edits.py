"""Edits of editions.yml that leave every other character where it stands: an entry put in, taken out, a key added.

PyYAML tells where each node begins and ends; ruamel.yaml, made for round trips, indents anew and wraps lines that
nobody touched. Each edit is proved: read again, the file says what it said before and the one thing more or less.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

Entry = Mapping[str, Any]

_EDITIONS = "editions"
_BOM = "\ufeff"
# As deep as seeds/editions.yml has them, in a file that has no example yet.
_INDENT = "  "


class EditError(ValueError):
    """The file can't be edited without touching more: by hand it can."""


def add_entry(text: str, edition: str, file: str | None, key: str, entry: Entry) -> str:
    """`text` with `entry` last in the list `key` of the edition with this id.

    An edition that is not listed yet is, with the page `file` unless that is None. Raises EditError.
    """

    def change(data: list[Any]) -> None:
        item = _item_of(data, edition)
        if item is None:
            data.append(item := {"id": edition, **({"pages": [{"file": file}]} if file else {})})
        item[key] = [*_listed(item, key), _strings(entry)]

    return _proved(text, lambda bare: _with_entry(bare, edition, file, key, entry), change)


def set_key(text: str, edition: str, key: str, number: int, name: str, value: str) -> str:
    """`text` with `name: value` added to the entry with this number (from 0) in the list `key`. Raises EditError."""

    def change(data: list[Any]) -> None:
        item = _item_of(data, edition)
        if item is None or name in item[key][number]:
            raise EditError(name)
        item[key][number][name] = value

    def edit(bare: str) -> str:
        node = _list_of(bare, edition, key)[1].value[number]
        return _into_mapping(bare, node, f"{name}: {_scalar(value)}", [f"{name}: {_scalar(value)}"])

    return _proved(text, edit, change)


def remove_entry(text: str, edition: str, key: str, number: int) -> str:
    """`text` without the entry with this number (from 0) in the list `key` of the edition. Raises EditError."""

    def change(data: list[Any]) -> None:
        item = _item_of(data, edition)
        if item is None:
            raise EditError(edition)
        del item[key][number]
        if not item[key]:
            del item[key]

    def edit(bare: str) -> str:
        owner, listed = _list_of(bare, edition, key)
        if len(listed.value) > 1 and not listed.flow_style:
            return _without_lines(bare, listed.value[number])
        if len(listed.value) == 1 and not owner.flow_style:
            named = next(name for name, value in owner.value if value is listed)
            return _without_lines(bare, named, listed)
        raise EditError(key)

    return _proved(text, edit, change)


def _proved(text: str, edit: Any, change: Any) -> str:
    """What `edit` makes of the text without its byte-order mark, if that says what `change` makes of its data."""
    mark = _BOM if text.startswith(_BOM) else ""
    bare = text.removeprefix(_BOM)
    try:
        expected = _data(bare)
        change(_listed(expected))
        edited = edit(bare)
        if _data(edited) != expected:
            raise EditError(text)
    except (yaml.YAMLError, KeyError, IndexError, TypeError, StopIteration) as error:
        raise EditError(str(error)) from error
    return mark + str(edited)


def _data(text: str) -> Any:
    data = yaml.load(text, Loader=yaml.BaseLoader)
    return data if data else {_EDITIONS: []}


def _listed(data: Any, key: str = _EDITIONS) -> list[Any]:
    """The list of editions, or another one, made where there is none yet; what stands for nothing is text here."""
    if isinstance(data, list):
        return data
    if not isinstance(data, dict):
        raise EditError(str(data))
    if not isinstance(data.get(key), list):
        data[key] = []
    listed: list[Any] = data[key]
    return listed


def _item_of(data: list[Any], edition: str) -> Any:
    return next((item for item in data if item.get("id") == edition), None)


def _strings(value: Any) -> Any:
    """The value as BaseLoader reads it: all scalars are text."""
    if isinstance(value, Mapping):
        return {str(key): _strings(one) for key, one in value.items()}
    return [_strings(one) for one in value] if isinstance(value, list | tuple) else str(value)


def _with_entry(text: str, edition: str, file: str | None, key: str, entry: Entry) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    item = _edition_node(text, edition)
    if item is not None:
        return _into_edition(text, item, key, entry)
    new = {"id": edition, **({"pages": [{"file": file}]} if file else {}), key: [entry]}
    if root is None:
        return _after(text, len(text), [f"{_EDITIONS}:", *(_INDENT + line for line in _item(new))])
    if isinstance(root, yaml.SequenceNode):
        return _into_sequence(text, root, new)
    if not isinstance(root, yaml.MappingNode):
        raise EditError(text)
    named = _value(root, _EDITIONS)
    if named is None:
        lines = [f"{_EDITIONS}:", *(_INDENT + line for line in _item(new))]
        return _into_mapping(text, root, f"{_EDITIONS}: [{_flow(new)}]", lines)
    if isinstance(named, yaml.SequenceNode):
        return _into_sequence(text, named, new)
    return _for_nothing(text, named, [_INDENT + line for line in _item(new)])


def _into_edition(text: str, item: yaml.MappingNode, key: str, entry: Entry) -> str:
    listed = _value(item, key)
    if isinstance(listed, yaml.SequenceNode):
        return _into_sequence(text, listed, entry)
    indent = _INDENT if item.flow_style else _indent_of_lists(item)
    lines = [f"{key}:", *(indent + line for line in _item(entry))]
    if listed is None:
        return _into_mapping(text, item, f"{key}: [{_flow(entry)}]", lines)
    return _for_nothing(text, listed, [" " * _column(item) + line for line in lines[1:]])


def _indent_of_lists(item: yaml.MappingNode) -> str:
    """How much deeper than its key a list of this edition stands."""
    for name, value in item.value:
        if isinstance(value, yaml.SequenceNode) and not value.flow_style:
            return " " * int(value.start_mark.column - name.start_mark.column)
    return _INDENT


def _into_sequence(text: str, listed: yaml.SequenceNode, entry: Entry) -> str:
    if listed.flow_style or not listed.value:
        at = listed.end_mark.index - 1
        return f"{text[:at]}{', ' if listed.value else ''}{_flow(entry)}{text[at:]}"
    indent = " " * int(listed.start_mark.column)
    return _after(text, _end(text, listed), [indent + line for line in _item(entry)])


def _into_mapping(text: str, item: yaml.MappingNode, flow: str, lines: Sequence[str]) -> str:
    if item.flow_style:
        at = item.end_mark.index - 1
        return f"{text[:at]}{', ' if item.value else ''}{flow}{text[at:]}"
    return _after(text, _end(text, item), [" " * _column(item) + line for line in lines])


def _for_nothing(text: str, node: yaml.Node, lines: Sequence[str]) -> str:
    """The lines below a key without a value: what stands there for nothing (~, null) goes."""
    begin, end = node.start_mark.index, node.end_mark.index
    if not isinstance(node, yaml.ScalarNode) or node.tag != "tag:yaml.org,2002:null":
        raise EditError(str(node.value))
    return _after(text[:begin] + text[end:], begin, lines)


def _column(item: yaml.MappingNode) -> int:
    return int(item.value[0][0].start_mark.column)


def _end(text: str, node: yaml.Node) -> int:
    """The offset behind the last character of the node's last value."""
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return len(text[: node.end_mark.index].rstrip())
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(text, last[1] if isinstance(last, tuple) else last)


def _after(text: str, at: int, lines: Sequence[str]) -> str:
    """`lines` below the line in which `at` stands, with the file's own line ends."""
    feed = "\r\n" if "\r\n" in text else "\n"
    end = text.find("\n", at)
    before, rest = (text, "") if end < 0 else (text[: end + 1], text[end + 1 :])
    if before and not before.endswith("\n"):
        before += feed
    return before + "".join(line + feed for line in lines) + rest


def _without_lines(text: str, first: yaml.Node, last: yaml.Node | None = None) -> str:
    """`text` without the lines from that in which the node begins to that in which it, or `last`, ends."""
    begin = text.rfind("\n", 0, first.start_mark.index) + 1
    end = text.find("\n", _end(text, last or first))
    return text[:begin] + (text[end + 1 :] if end >= 0 else "")


def _edition_node(text: str, edition: str) -> yaml.MappingNode | None:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    listed = _value(root, _EDITIONS) if isinstance(root, yaml.MappingNode) else root
    for item in listed.value if isinstance(listed, yaml.SequenceNode) else ():
        name = _value(item, "id")
        if isinstance(name, yaml.ScalarNode) and name.value == edition:
            return item  # type: ignore[no-any-return]
    return None


def _list_of(text: str, edition: str, key: str) -> tuple[yaml.MappingNode, yaml.SequenceNode]:
    """The edition, and its list `key`."""
    item = _edition_node(text, edition)
    listed = None if item is None else _value(item, key)
    if item is None or not isinstance(listed, yaml.SequenceNode):
        raise EditError(key)
    return item, listed


def _value(node: yaml.Node, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _item(entry: Entry) -> list[str]:
    """The lines of an item of a list."""
    lines = yaml.dump([dict(entry)], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return lines.rstrip("\n").split("\n")


def _flow(entry: Entry) -> str:
    shown = yaml.dump(dict(entry), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6,
                      default_flow_style=True)  # fmt: skip
    return re.sub(r"\n\s*", " ", shown.strip())


def _scalar(value: str) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, width=10**6).partition("\n...")[0].strip()


class _Dumper(yaml.SafeDumper):
    """Lists stand deeper than their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    """A text; one with characters that can't be seen is escaped, since a plain one would lose them (U+0085)."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"')


_Dumper.add_representer(str, _text)

"""A YAML file as nodes that know their line, or what is wrong with its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path

import yaml

from banmian.records import Remark
from banmian.seeds.files import read_own
from banmian.seeds.problems import Problem, SeedsError

# The first line of an item of a list, and how far it is indented.
_ITEM = re.compile(r"( *)- ")
# What the parser says of a text that begins with a sign of YAML's own.
_SIGN = re.compile(r"found character '[%@`]'")
# More values than an archive's editor states; anchors can make any number of a short file.
_MOST_NODES = 20_000_000


def compose(path: Path) -> yaml.Node | None:
    """The root node of a YAML file, None where it is empty. Raises SeedsError with the lines of syntax errors."""
    text = read_own(path)
    try:
        root = yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)
    except RecursionError as error:
        raise SeedsError(Problem(path.name, None, Remark("yaml_too_deep"))) from error
    except yaml.YAMLError as error:
        raise SeedsError(*_syntax_errors(path.name, text, error)) from error
    if root is not None and _size(root, {}) > _MOST_NODES:
        raise SeedsError(Problem(path.name, root.start_mark.line + 1, Remark("yaml_grows")))
    return root


def _size(node: yaml.Node, known: dict[int, int]) -> int:
    """How many values there are with each anchor written out; more than can be read where one holds itself."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) not in known:
        # Until it is known: met inside itself, it has no end.
        known[id(node)] = _MOST_NODES + 1
        inside = chain.from_iterable(node.value) if isinstance(node, yaml.MappingNode) else node.value
        known[id(node)] = 1 + sum(_size(one, known) for one in inside)
    return known[id(node)]


def _syntax_errors(file: str, text: str, first: yaml.YAMLError) -> list[Problem]:
    """The error at which reading ended, and those of each item of a list that can't be read by itself."""
    problems = [_syntax_error(file, first)]
    for begin, item in _items(text.split("\n")):
        try:
            yaml.compose(item, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            problems.append(_syntax_error(file, error, begin))
        except RecursionError:
            problems.append(Problem(file, begin + 1, Remark("yaml_too_deep")))
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

"""Whom and what an article names: listed beside it, and told to programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from banmian.site.known import path_of

if TYPE_CHECKING:
    from datasette.app import Datasette

Row = Mapping[str, Any]

_AUTHORS = frozenset(("author", "reporter"))


@dataclass(frozen=True, slots=True)
class Named:
    """A person or organization that an article names, with the roles or other names that it prints.

    `expanded`: the full name is nowhere printed, a rule made it of a short one. `corrected`: its names as they were
    printed before an editor corrected them. `doubts`: where those begin in the source that touch a name or role of it
    here. `author`: it is one who signed the article, `editor`: one who edited it and is not named otherwise.
    `is_public`: it is no person without a public role.
    """

    kind: str
    name: str
    href: str
    expanded: bool
    printed: tuple[str, ...]
    corrected: tuple[str, ...]
    doubts: tuple[str, ...]
    author: bool
    editor: bool
    is_public: bool


def named_here(datasette: Datasette, mentions: Iterable[Row]) -> tuple[Named, ...]:
    """Whom and what these mentions of an article name, in the order in which they begin."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for mention in mentions:
        grouped[mention["address"]].append(mention)
    path = path_of(datasette)
    return tuple(_one_named(path(address), rows) for address, rows in grouped.items())


def _one_named(href: str, mentions: Sequence[Row]) -> Named:
    kind, name = mentions[0]["kind"], mentions[0]["name"]
    forms = (mention["role"] if kind == "person" else mention["surface"] for mention in mentions)
    corrected = (mention["printed"] for mention in mentions if mention["printed"])
    doubts = (start for mention in mentions if mention["doubts"] for start in mention["doubts"].split(","))
    return Named(
        kind=kind,
        name=name,
        href=href,
        expanded=mentions[0]["name_basis"] == "expanded",
        printed=tuple(dict.fromkeys(form for form in forms if form and form != name)),
        corrected=tuple(dict.fromkeys(corrected)),
        doubts=tuple(dict.fromkeys(doubts)),
        author=any(mention["part"] in _AUTHORS for mention in mentions),
        editor=all(mention["part"] == "editor" for mention in mentions),
        is_public=kind == "organization" or mentions[0]["public_role"] is not None,
    )

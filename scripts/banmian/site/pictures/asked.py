"""What is asked of a picture, the query that it draws, and where its parts lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

from banmian.site.over_time import ONCE, known_time, sql_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

Row = Mapping[str, Any]

# The pictures by the last part of their address, each with the query that it draws.
QUERIES = {
    "together": "people_together",
    "mentions": "most_mentioned",
    "speech": "speech_by_person",
    "parts": "parts_played",
    "organizations": "types_of_organizations",
    "coverage": "coverage",
}
OF_PERSON = frozenset(("together",))
# What counts every character of the source has no use for that choice.
OF_ALL_TEXT = frozenset(("coverage",))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form says: an edition, since when and until when, and of some pictures a person; '' means all.

    `reprints` is `once` where only first printings count.
    """

    name: str
    edition: str
    since: str
    until: str
    person: str
    reprints: str

    @property
    def scope(self) -> dict[str, str]:
        """The edition, the time and how reprints count, without what was not said."""
        said = {"edition": self.edition, "since": self.since, "until": self.until, "reprints": self.reprints}
        return {name: value for name, value in said.items() if value}

    @property
    def parameters(self) -> dict[str, str]:
        """All that was said."""
        return self.scope | ({"person": self.person} if self.person else {})


def read_asked(request: Request, name: str) -> Asked:
    """What the address asks of the picture `name`; what cannot be a time is as if it had not been said."""

    def one(parameter: str) -> str:
        return (request.args.get(parameter) or "").strip()

    person = one("person") if name in OF_PERSON else ""
    reprints = ONCE if one("reprints") == ONCE and name not in OF_ALL_TEXT else ""
    return Asked(name, one("edition"), known_time(one("since")), known_time(one("until")), person, reprints)


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the parts of a picture lead: `root` stands before each path, in a file that is taken away."""

    datasette: Datasette
    database: str
    root: str

    def query(self, name: str, parameters: Mapping[str, str], suffix: str = "") -> str:
        """The address of a query with these parameters."""
        asked = urlencode({key: value for key, value in parameters.items() if value})
        return f"{self.root}{self.datasette.urls.query(self.database, name)}{suffix}" + (f"?{asked}" if asked else "")

    def table(self, name: str, **parameters: str) -> str:
        """The address of the rows of a table with these values."""
        return f"{self.root}{self.datasette.urls.table(self.database, name)}?{urlencode(parameters)}"

    def path(self, address: str) -> str:
        """Where an address of the database stands."""
        return f"{self.root}{self.datasette.urls.path(address)}"


def key_of(address: str) -> str:
    """The key in an address that stays."""
    return unquote(address.rpartition("/")[2])


async def rows_of(
    database: Database, query: str, parameters: Mapping[str, str], most: int, around: str = "{sql}"
) -> Sequence[Row]:
    """The first rows of a query; `around` is what is selected from it."""
    given = {
        "person": "",
        "kind": "",
        "type": "",
        "edition": "",
        "since": "",
        "until": "",
        "reprints": "",
        **parameters,
    }
    sql = f"SELECT * FROM ({around.format(sql=sql_of(query))}) LIMIT {most}"
    rows: Sequence[Row] = (await database.execute(sql, given)).rows
    return rows

"""How programs take the data away: examples that a reader runs as they stand, with the site's own address in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

# What all tables are called as one file.
ZIP = "banmian.zip"
_FILES = {"curl": "curl.sh", "Python": "python.txt", "R": "r.txt"}
_OF_ROWS = {"curl": "rows.sh", "Python": "rows.python.txt", "R": "rows.r.txt"}
# What says how a page shows its rows, not which they are.
_OF_THE_PAGE = frozenset(
    ("_size", "_next", "_from", "_facet", "_facet_size", "_shape", "_stream", "_bom", "_dl", "_hide_sql", "_show_sql")
)
# A name that may stand between quotation marks in each language.
_PERSON = """
    SELECT name FROM people WHERE instr(name, '"') = 0 AND instr(name, char(39)) = 0 AND instr(name, char(92)) = 0
    ORDER BY mentions DESC, id LIMIT 1"""


async def read_examples(datasette: Datasette, request: Request, name: str) -> Mapping[str, str]:
    """The examples by the name of what runs them, for the database `name`, with one of its people put in."""
    database = datasette.get_database(name)
    person = (await database.execute(_PERSON)).first()
    site = datasette.absolute_url(request, datasette.urls.instance()).rstrip("/")
    put_in = {"SITE": site, "DATABASE": database.route, "NAME": person["name"] if person else ""}
    found = {}
    for language, file in _FILES.items():
        text = _text(file)
        for place, value in put_in.items():
            text = text.replace(place, value)
        found[language] = text
    return found


def rows_examples(datasette: Datasette, request: Request) -> Mapping[str, str]:
    """The examples, by what runs them, that take all rows of the table or query that this request shows."""
    asked = [pair for pair in parse_qsl(request.query_string) if pair[0] not in _OF_THE_PAGE]
    path = request.path.rstrip("/")
    address = f"{datasette.absolute_url(request, path)}.csv?{urlencode([*asked, ('_stream', 'on')])}"
    # It stands between quotation marks.
    for sign in ("'", '"', "\\"):
        address = address.replace(sign, f"%{ord(sign):02X}")
    name = f"{path.rpartition('/')[2]}.csv"
    return {
        language: _text(file).replace("ADDRESS", address).replace("FILE", name) for language, file in _OF_ROWS.items()
    }


@cache
def _text(file: str) -> str:
    return (resources.files(__package__) / "data" / "examples" / file).read_text("utf-8")

"""How programs take the data away: examples that a reader runs as they stand, with the site's own address in them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

# What all tables are called as one file.
ZIP = "banmian.zip"
_FILES = {"curl": "curl.sh", "Python": "python.txt", "R": "r.txt"}
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
        text = (resources.files(__package__) / "data" / "examples" / file).read_text("utf-8")
        for place, value in put_in.items():
            text = text.replace(place, value)
        found[language] = text
    return found

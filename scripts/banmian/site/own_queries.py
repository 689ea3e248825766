"""Queries of one's own: joins to begin with, and a short address for each."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette.utils.asgi import NotFound, Request, Response

from banmian.site.messages import plain

if TYPE_CHECKING:
    from datasette.app import Datasette

PAGE, SHORT = "/-/sql", "/-/q"
# Of a query, in characters: more than any address holds.
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Join:
    """A query over several tables to begin with; `title` is in both languages."""

    title: str
    sql: str


@cache
def joins() -> Sequence[Join]:
    """The queries of data/examples/joins.sql."""
    text = (resources.files(__package__) / "data" / "examples" / "joins.sql").read_text("utf-8")
    parts = (part.partition("\n") for part in text.strip().split("\n\n"))
    return [Join(title.removeprefix("-- "), sql) for title, _, sql in parts]


@cache
def _words() -> bytes:
    """Words of our tables, by which queries grow short. They never change: addresses that were given need them."""
    return (resources.files(__package__) / "data" / "short_words.txt").read_bytes()


def shortened(sql: str) -> str:
    """The path of the short address of a query."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=_words())
    packed = packer.compress(sql.encode()) + packer.flush()
    return f"{SHORT}/{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def address(datasette: Datasette, request: Request, sql: str) -> str:
    """The whole short address of a query, as somebody else can open it."""
    return str(datasette.absolute_url(request, datasette.urls.path(shortened(sql))))


def lengthened(code: str) -> str | None:
    """The query whose short address ends in this; None where it is the end of none."""
    try:
        unpacker = zlib.decompressobj(-15, zdict=_words())
        found = unpacker.decompress(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)), _LONGEST)
        return found.decode() if unpacker.eof else None
    except (binascii.Error, zlib.error, ValueError):
        return None


async def answer(datasette: Datasette, request: Request, name: str | None) -> Response:
    """The way from a short address to the page of the query over the database `name`."""
    sql = lengthened(request.url_vars["code"])
    if not sql or name is None:
        raise NotFound(plain("errors.no_short"))
    return Response.redirect(f"{datasette.urls.database(name)}?{urlencode({'sql': sql})}")

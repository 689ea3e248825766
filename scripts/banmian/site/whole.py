"""The whole to take away: the database file, and all tables as one .zip, made once for each database file."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from datasette.utils import tilde_decode
from datasette.utils.asgi import AsgiFileDownload, NotFound, Request, Response

from banmian.site.examples import ZIP
from banmian.site.generations import GenerationsDatabase
from banmian.site.messages import plain
from banmian.site.pages import edition_database
from banmian.store.export import export_zip

if TYPE_CHECKING:
    from datasette.app import Datasette

_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Archive:
    """All tables as one file: of which database file (device, number and time of change), where, and its checksum."""

    of: tuple[int, int, int]
    path: Path
    sha256: str


class _Archives:
    """The .zip of the database that is served now, made when it is first asked for, by one at a time."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="banmian-")
        self._lock = asyncio.Lock()
        self._made: Archive | None = None

    async def archive(self, database_file: Path, metadata: Mapping[str, Any]) -> Archive:
        stat = database_file.stat()
        of = (stat.st_dev, stat.st_ino, stat.st_mtime_ns)
        async with self._lock:
            if self._made is None or self._made.of != of:
                path = Path(self._folder.name) / f"{stat.st_ino}-{stat.st_mtime_ns}" / ZIP
                path.parent.mkdir(exist_ok=True)
                digest = await asyncio.to_thread(export_zip, database_file, metadata, path)
                if self._made is not None:
                    # Who is reading it goes on: the file is gone from the folder only.
                    self._made.path.unlink(missing_ok=True)
                self._made = Archive(of, path, digest)
            return self._made


_archives: WeakKeyDictionary[Any, _Archives] = WeakKeyDictionary()


async def answer(datasette: Datasette, request: Request) -> Response:
    """All tables as one .zip, or with .sha256 its checksum as sha256sum reads it."""
    await datasette.ensure_permissions(request.actor, ["view-instance"])
    name = await edition_database(datasette)
    path = datasette.get_database(name).path if name else None
    if not path:
        raise NotFound(plain("errors.no_editions"))
    await datasette.ensure_permissions(request.actor, [("view-database-download", name), "view-instance"])
    archives = _archives.setdefault(datasette, _Archives())
    try:
        archive = await archives.archive(Path(path), datasette.metadata())
    except (KeyError, sqlite3.DatabaseError) as error:
        raise NotFound(plain("errors.no_zip", reason=error)) from error
    if request.url_vars["sum"]:
        return Response.text(f"{archive.sha256}  {ZIP}\n")
    return AsgiFileDownload(
        str(archive.path), filename=ZIP, content_type="application/zip", headers={"etag": f'"{archive.sha256}"'}
    )


async def database_file(datasette: Datasette, request: Request) -> Response:
    """The file of a database, whole also where a build puts another into its place meanwhile."""
    # Datasette imports its plugins before this view is whole.
    from datasette.views.database import DatabaseDownload

    route = tilde_decode(request.url_vars["database"])
    database = next((one for one in datasette.databases.values() if one.route == route), None)
    if not isinstance(database, GenerationsDatabase) or database.is_mutable or not datasette.setting("allow_download"):
        return await DatabaseDownload(datasette).get(request)
    name = database.name
    permissions = [("view-database-download", name), ("view-database", name), "view-instance"]
    await datasette.ensure_permissions(request.actor, permissions)
    etag = f'"{database.hash}"'
    if request.headers.get("if-none-match") == etag:
        return Response("", status=304)
    file_name = Path(database.path).name
    return _OpenFile(database.generation.descriptor, database.size, file_name, etag)


class _OpenFile(Response):  # type: ignore[misc]
    """An answer that is read from an open file, which stays open as long as the request."""

    def __init__(self, descriptor: int, size: int, name: str, etag: str) -> None:
        headers = {"content-disposition": f'attachment; filename="{name}"', "content-length": str(size), "etag": etag}
        super().__init__("", headers=headers, content_type="application/octet-stream")
        self._descriptor = descriptor
        self._size = size

    async def asgi_send(self, send: Any) -> None:
        """Send the file part by part."""
        headers = {**self.headers, "content-type": self.content_type}
        raw = [[key.encode("latin-1"), value.encode("latin-1")] for key, value in headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": raw})
        for start in range(0, self._size, _CHUNK):
            body = os.pread(self._descriptor, min(_CHUNK, self._size - start), start)
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

"""A running site changes over to the database that a build puts in the place of the old one, and no request fails."""

import hashlib
import os
import re
import shutil
import sqlite3
import threading
import urllib.request

import click
import pytest
from published import Published, served

# What each generation says of itself, on whatever page: 第1代, 第2代 ...
MARK = re.compile(r"第(\d)代")
PATHS = [
    "/",
    "/edition",
    "/edition/articles",
    "/edition/people.csv?_stream=on",
    "/edition/articles.json?_shape=array&_labels=on",
    "/edition/most_mentioned",
    "/pages/000_8a5f4c7e35afc5e6-1",
    "/-/calendar",
    "/-/rights",
    "/-/download",
]


def generation_of(database, folder, number):
    """A database beside the one that is served, all of whose names and headlines say which generation it is."""
    path = folder / f"generation-{number}.db"
    shutil.copy(database, path)
    connection = sqlite3.connect(path)
    said = f"第{number}代"
    connection.execute("UPDATE articles SET headline = ?", [said])
    connection.execute("UPDATE people SET name = ? || id", [said])
    connection.execute("UPDATE organizations SET name = ? || id", [said])
    connection.execute("UPDATE editions SET newspaper = ?", [said])
    connection.execute("INSERT INTO build_info VALUES (?, ?)", [f"generation {number}", said])
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def files(edition_db, tmp_path):
    """The file that is served, and those that take its place."""
    new = [generation_of(edition_db, tmp_path, number) for number in range(4)]
    served_file = tmp_path / "edition.db"
    os.replace(new[0], served_file)
    return served_file, new[1:]


class Visitor(threading.Thread):
    """Asks for one page after another until told to stop, and notes what was wrong."""

    def __init__(self, address, paths):
        super().__init__(daemon=True)
        self.address, self.paths = address, paths
        self.stop = threading.Event()
        self.faults, self.seen, self.answers = [], set(), 0

    def run(self):
        while not self.stop.is_set():
            for path in self.paths:
                try:
                    with urllib.request.urlopen(self.address + path) as answer:
                        found = set(MARK.findall(answer.read().decode("utf-8")))
                except Exception as error:
                    self.faults.append((path, error))
                else:
                    self.seen |= found
                    if len(found) > 1:
                        self.faults.append((path, found))
                self.answers += 1


def wait_for_answers(visitors, count):
    """Until each visitor has got so many more answers."""
    goals = [visitor.answers + count for visitor in visitors]
    while any(visitor.answers < goal for visitor, goal in zip(visitors, goals, strict=True)):
        assert all(visitor.is_alive() for visitor in visitors)
        visitors[0].join(0.02)


def test_requests_that_run_while_the_file_is_replaced_neither_fail_nor_mix(files):
    path, new = files
    with served(path) as address:
        visitors = [Visitor(address, PATHS[n:] + PATHS[:n]) for n in (0, 3, 6)]
        for visitor in visitors:
            visitor.start()
        for number, file in enumerate(new, 1):
            wait_for_answers(visitors, 3)
            os.replace(file, path)
            # While one request opens the file, others still have the old one.
            for _ in range(100):
                with urllib.request.urlopen(f"{address}/edition/people.json") as answer:
                    found = set(MARK.findall(answer.read().decode("unicode_escape")))
                if found == {str(number)}:
                    break
            assert found == {str(number)}
        wait_for_answers(visitors, 3)
        for visitor in visitors:
            visitor.stop.set()
            visitor.join()
        assert [fault for visitor in visitors for fault in visitor.faults] == []
        assert set().union(*(visitor.seen for visitor in visitors)) >= {"0", "3"}


def test_a_file_that_is_being_downloaded_is_whole_though_another_takes_its_place(files):
    path, new = files
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with served(path) as address:
        with urllib.request.urlopen(f"{address}/edition.db") as answer:
            begin = answer.read(1000)
            os.replace(new[0], path)
            urllib.request.urlopen(f"{address}/edition").read()
            assert hashlib.sha256(begin + answer.read()).hexdigest() == digest
            assert answer.headers["etag"] == f'"{digest}"'
        with urllib.request.urlopen(f"{address}/edition.db") as answer:
            assert hashlib.sha256(answer.read()).hexdigest() == hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_is_remembered_of_a_file_ends_with_it(files):
    """Tables, counts, size and checksum are those of the new file, and the old one is closed."""
    path, new = files
    site = Published(path)
    before = {"size": site.datasette.get_database().size, "hash": site.datasette.get_database().hash}
    assert "extra" not in site.get("/edition.json").text
    connection = sqlite3.connect(new[0])
    connection.execute("CREATE TABLE extra (x)")
    connection.executemany("INSERT INTO extra VALUES (?)", [("x" * 1000,)] * 1000)
    connection.execute("UPDATE build_info SET value = '77' WHERE name = 'rows in people'")
    connection.commit()
    connection.close()
    old = site.datasette.get_database().generation
    os.replace(new[0], path)
    assert "extra" in site.get("/edition.json").text
    assert site.get("/edition/extra.json").json()["filtered_table_rows_count"] == 1000
    after = {"size": site.datasette.get_database().size, "hash": site.datasette.get_database().hash}
    assert after["size"] == path.stat().st_size > before["size"]
    assert after["hash"] == hashlib.sha256(path.read_bytes()).hexdigest() != before["hash"]
    with pytest.raises(sqlite3.ProgrammingError):
        old.idle.get_nowait().execute("SELECT 1")
    site.close()


def of_version(version):
    """A database that tells this version of its tables, as bytes."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE build_info (name, value)")
    connection.execute("INSERT INTO build_info VALUES ('schema_version', ?)", [version])
    return connection.serialize()


def test_a_site_does_not_begin_on_tables_of_another_version(tmp_path):
    path = tmp_path / "edition.db"
    path.write_bytes(of_version("0.9"))
    with pytest.raises(click.ClickException, match=r"0\.9.*make build"):
        Published(path)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0 and then nothing", b"text " * 1000, of_version("0.9")])
def test_a_file_that_is_no_database_is_not_changed_over_to(files, capsys, content):
    path, new = files
    site = Published(path)
    site.get("/edition")
    broken = path.with_name("broken.db")
    broken.write_bytes(content)
    os.replace(broken, path)
    for _ in range(2):
        assert "第0代" in site.get("/").text
    # Once, in two languages.
    assert capsys.readouterr().err.count(str(path)) == 2
    os.replace(new[0], path)
    assert "第1代" in site.get("/").text
    path.unlink()
    assert "第1代" in site.get("/").text
    site.close()

"""Who has no public role is found and followed by the editor alone; who has one, by everybody."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from published import Published
from shown_seeds import build_of, site_over


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build with what the public is served."""
    return build_of(tmp_path_factory)


@pytest.fixture(scope="module")
def whole(build: Path) -> Iterator[Published]:
    """The site as its owner sees it."""
    with site_over(build / "edition.db") as published:
        yield published


@pytest.fixture(scope="module")
def public(build: Path) -> Iterator[Published]:
    """The site of what the public is served."""
    with site_over(build / "public" / "edition.db") as published:
        yield published


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("郑明远", "office"),
        ("王大力", "byline"),
        ("何大山", None),
        ("袁隆平", "renown"),
        ("赵小兰", "editor"),
        ("刘建国", None),
    ],
)
def test_who_has_a_page_across_editions(build: Path, public: Published, whole: Published, name: str, role: str) -> None:
    """Others have none for the public: their address says so, and nothing leads to them; the editor sees all."""
    path = f"/people/{name}"
    with closing(sqlite3.connect(build / "edition.db")) as database:
        assert database.execute("SELECT public_role FROM people WHERE name = ?", [name]).fetchone() == (role,)
    answers = {end: public.ask(path + end) for end in ("", ".json", ".atom", "/mentions.json")}
    sitemap = public.get("/sitemap-people-1.xml").text
    found = public.get(f"/-/search?q={name}").text
    asked = public.get(f'/-/reconcile?queries={{"q":{{"query":"{name}","type":"people"}}}}').json()["q"]["result"]
    curve = public.get(f"/-/over-time?person={name}").text
    link = f'href="{quote(path)}"'
    if role:
        assert [answers[end].status_code for end in ("", ".json", ".atom", "/mentions.json")] == [200, 200, 200, 302]
        assert (quote(path) in sitemap, link in found, len(asked), link in curve) == (True, True, 1, True)
    else:
        assert [answers[end].status_code for end in ("", ".json", ".atom", "/mentions.json")] == [200, 403, 403, 403]
        assert all(answer.headers["x-robots-tag"] == "noindex" for answer in answers.values())
        english = public.get(f"{path}?_lang=en").text
        assert "No office, byline or other public role of this person is known" in english
        assert '<meta name="robots" content="noindex">' in answers[""].text
        assert not re.search("part-1|again-1", answers[""].text)
        assert (quote(path) in sitemap, link in found, asked, link in curve) == (False, False, [], False)
    assert link in public.get("/articles/none-1-1" if name == "刘建国" else "/articles/part-1-1").text
    assert whole.get(path + ".json").status_code == 200


LISTS = (
    "/edition/people.csv",
    "/edition/people_listed.csv",
    "/edition/most_mentioned.csv",
    "/edition/parts_played.csv",
    "/edition/people_together.csv",
    "/edition.csv?sql=select+name+from+people",
    "/-/pictures/mentions",
    "/-/pictures/parts",
    "/-/pictures/together",
)


@pytest.mark.parametrize("path", LISTS)
def test_no_list_nor_picture_has_people_without_a_public_role(public: Published, whole: Published, path: str) -> None:
    ours, theirs = whole.get(path).text, public.get(path).text
    assert ("何大山" in ours, "何大山" in theirs) == (True, False)
    assert "郑明远" in theirs


def test_the_table_of_people_keeps_its_key_and_columns(public: Published, whole: Published) -> None:
    ours, theirs = (site.get("/edition/people.json?_shape=objects&key=郑明远").json() for site in (whole, public))
    assert (theirs["primary_keys"], theirs["columns"]) == (["id"], ours["columns"])
    assert theirs["rows"] == ours["rows"]
    mentions = public.get("/articles/part-1-1").text
    assert "何大山" in mentions


def test_what_is_decided_of_nobody_is_named(build: Path) -> None:
    said = (build.parent / "said.txt").read_text("utf-8")
    assert "line 14 of editions.yml (people): nobody has the key '无此人'; remove or renew it" in said


def test_programs_are_told_of_people_with_a_public_role_alone(public: Published) -> None:
    (data,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', public.get("/articles/part-1-1").text, re.S
    )
    named = {one["name"] for part in ("author", "mentions") for one in json.loads(data)[part]}
    assert {"郑明远", "周卫东", "王大力", "赵小兰"} <= named
    assert "何大山" not in named


def test_an_office_says_when_it_was_printed(whole: Published) -> None:
    assert "市长</li>" not in whole.get("/people/郑明远").text
    assert "as printed between 2024-03-03 and 2024-03-05" in whole.get("/people/郑明远?_lang=en").text
    assert "as printed on 2024-03-02" in whole.get("/people/刘建国?_lang=en").text
    row = whole.get("/edition/offices.json?person=刘建国&_shape=array").json()[0]
    assert (row["printed_on"], row["printed_between"]) == ("2024-03-02", None)

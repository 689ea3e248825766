"""metadata.yml: everything that is published is described, in Chinese and English, and every query answers."""

import csv
import io
import re
import sqlite3

import pytest
import yaml
from published import METADATA

ABOUT = yaml.safe_load(METADATA.read_text("utf-8"))
EDITION = ABOUT["databases"]["edition"]
QUERIES = EDITION["queries"]
LEVELS = {
    "instance": ABOUT,
    "database": EDITION,
    **{name: about for name, about in EDITION["tables"].items() if not name.endswith("_seg")},
    **QUERIES,
}


@pytest.fixture(scope="module")
def schema(edition_db):
    """Columns of every table and view that visitors see."""
    connection = sqlite3.connect(f"file:{edition_db}?mode=ro", uri=True)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    shown = [name for name in names if not re.search(r"_(fts|seg)(_|$)", name)]
    return {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in shown}


def is_bilingual(text):
    chinese, separator, english = text.partition(" · ")
    return bool(separator and re.search("[一-鿿]", chinese) and re.search("[a-z]{3}|JSON|CSV|SQL", english))


@pytest.mark.parametrize("level", LEVELS)
def test_title_description_and_rights_are_stated(level):
    about = LEVELS[level]
    assert about["title"]
    assert is_bilingual(about["description"])
    for key in ("source", "license", "about"):
        assert is_bilingual(about[key])
    assert "CC0" in about["license"]
    assert "not cleared" in about["license"]


def test_every_column_of_every_table_and_view_is_described(schema):
    tables = {name: about for name, about in EDITION["tables"].items() if not name.endswith("_seg")}
    assert {name: sorted(about["columns"]) for name, about in tables.items()} == {
        name: sorted(columns) for name, columns in schema.items()
    }
    unclear = [
        (name, column)
        for name, about in tables.items()
        for column, text in about["columns"].items()
        if not is_bilingual(text)
    ]
    assert unclear == []


def test_what_metadata_names_is_there(schema):
    for name, about in EDITION["tables"].items():
        used = [*about.get("facets", []), *about.get("units", {})]
        used += [about[key] for key in ("sort", "sort_desc", "label_column") if key in about]
        assert set(used) <= set(schema.get(name, ())), name


def test_offsets_have_a_unit(schema):
    tables = {
        name for name in schema if EDITION["tables"][name].get("label_column") or not name.endswith("s_with_names")
    }
    for name in tables - {"mentions_in_context", "names_to_check"}:
        offsets = {c for c in schema[name] if c in ("start", "end", "source_start", "source_end", "characters")}
        assert offsets <= set(EDITION["tables"][name].get("units", {})), name


def test_there_are_enough_queries():
    assert len(QUERIES) >= 15


@pytest.mark.parametrize("name", QUERIES)
def test_each_parameter_is_explained(name):
    for parameter in re.findall(r":([a-z]+)\b", QUERIES[name]["sql"]):
        assert re.search(rf"\b{parameter}:", QUERIES[name]["description"]), parameter


@pytest.mark.parametrize("name", QUERIES)
def test_each_query_returns_rows_in_every_form(site, name):
    page = site.get(f"/edition/{name}")
    assert page.status_code == 200
    assert QUERIES[name]["title"] in page.text
    assert "<tbody>" in page.text
    answer = site.get(f"/edition/{name}.json?_shape=objects")
    assert answer.status_code == 200
    rows = answer.json()["rows"]
    assert rows
    table = list(csv.reader(io.StringIO(site.get(f"/edition/{name}.csv").text)))
    assert table[0] == list(rows[0])
    assert len(table) == len(rows) + 1


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_stumbles_over_what_is_typed(site, name):
    parameters = set(re.findall(r":([a-z]+)\b", QUERIES[name]["sql"]))
    for typed in ("%22", "%27--", "%00", "%F0%9F%98%80", "无此词"):
        arguments = "&".join(f"{parameter}={typed}" for parameter in parameters)
        assert site.get(f"/edition/{name}.json?{arguments}").status_code == 200


def test_views_that_hold_the_index_are_not_shown(site):
    assert site.get("/edition/articles_seg").status_code == 403
    assert "_seg" not in site.get("/edition").text

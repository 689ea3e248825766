"""metadata.yml: everything that is published is described, in Chinese and English, and every query answers."""

import csv
import io
import re
import sqlite3
from urllib.parse import urlencode

import pytest
import yaml
from banmian.store.schema import create_tables
from docs.fields import STORE, DescriptionError, Fields, read_fields, schema, schema_digest
from docs.metadata import as_yaml, metadata
from docs.queries import QUERIES as FILES
from docs.queries import TYPES, read_queries, read_query
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


FIELDS = yaml.safe_load((STORE / "fields.yml").read_text("utf-8"))
PARAMETERS = {
    f"{name}.{key}": parameter
    for name, query in QUERIES.items()
    for key, parameter in query.get("parameters", {}).items()
}
HEAD = """\
-- title: 标题 · Title
-- description: 什么 · What?
-- group: people
-- order: 1
-- parameters:
--   name:
--     meaning: 姓名 · a name
--     type: text
--     default: 全部 · all
select :name
"""


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


def test_it_is_what_the_rooms_say():
    assert as_yaml(metadata()) == METADATA.read_text("utf-8"), "run: make docs"


def test_every_column_of_every_table_and_view_is_described(edition_db):
    connection = sqlite3.connect(f"file:{edition_db}?mode=ro", uri=True)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    shown = [name for name in names if not re.search(r"_(fts|seg)(_|$)", name)]
    tables = {name: about for name, about in EDITION["tables"].items() if not name.endswith("_seg")}
    assert {name: list(about["columns"]) for name, about in tables.items()} == {
        name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in shown
    }
    unclear = [
        (name, column)
        for name, about in tables.items()
        for column, text in about["columns"].items()
        if not is_bilingual(text)
    ]
    assert unclear == []


def test_what_metadata_names_is_there():
    for name, about in EDITION["tables"].items():
        used = [*about.get("facets", []), *about.get("units", {})]
        used += [about[key] for key in ("sort", "sort_desc", "label_column") if key in about]
        assert set(used) <= set(schema().get(name, ())), name


def test_the_dictionary_of_fields_is_in_the_order_of_the_alphabet():
    assert list(FIELDS) == sorted(FIELDS)


@pytest.mark.parametrize("column", FIELDS)
def test_a_meaning_is_stated_once(column):
    senses = FIELDS[column] if isinstance(FIELDS[column], list) else [FIELDS[column]]
    told = [{key: value for key, value in sense.items() if key != "in"} for sense in senses if isinstance(sense, dict)]
    assert [one for one in told if told.count(one) > 1] == []


def test_offsets_have_a_unit():
    fields = read_fields()
    for table, columns in schema().items():
        for column in columns:
            if re.fullmatch(r"(\w+_)?(start|end)|characters", column):
                assert fields.of(table, column).unit == "character", (table, column)


def test_allowed_values_are_those_of_the_schema():
    fields, stated = read_fields(), {}
    connection = sqlite3.connect(":memory:")
    create_tables(connection)
    for table, body in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        for column, values in re.findall(r"CHECK \((\w+) IN \(([^)]*)\)\)", body):
            stated[table, column] = [value.strip().strip("'") for value in values.split(",")]
    assert len(stated) > 10
    for (table, column), values in stated.items():
        assert set(fields.of(table, column).values) == set(values), (table, column)


def test_no_other_value_stands_in_the_database(edition_db):
    fields, connection = read_fields(), sqlite3.connect(f"file:{edition_db}?mode=ro", uri=True)
    for table, columns in schema().items():
        for column in columns:
            if values := fields.of(table, column).values:
                found = connection.execute(f'SELECT DISTINCT "{column}" FROM {table} WHERE "{column}" IS NOT NULL')
                assert {str(value) for (value,) in found} <= set(values), (table, column)


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ({}, "fields.yml does not say what name of people means"),
        ({"name": {"unit": "line"}}, "name needs a meaning"),
        ({"name": {"meaning": "名 · name", "note": "?"}}, "name needs a meaning, and may have"),
        ({"name": [{"in": ["pages"], "meaning": "名 · name"}]}, "fields.yml does not say what name of people means"),
        ({"name": ["名 · name", "名称 · name"]}, "name means two things in all other tables"),
        ({"name": {"meaning": "名 · name", "values": {"a": None}}}, "the value a of name has no label"),
    ],
)
def test_a_field_that_is_not_described_is_named(entries, fault):
    with pytest.raises(DescriptionError, match=re.escape(fault)):
        Fields(entries).of("people", "name")


@pytest.mark.parametrize(
    ("column", "entry", "fault"),
    [
        ("nonsense", "没有 · nothing", "describes what is not there: nonsense of other tables"),
        (
            "word",
            [{"in": ["pages"], "meaning": "词 · word"}, "词 · word"],
            "describes what is not there: word of pages",
        ),
        ("word", {"meaning": "词 · word", "unit": "mile"}, "about.yml has no unit 'mile'"),
    ],
)
def test_what_is_not_there_is_not_described(monkeypatch, column, entry, fault):
    monkeypatch.setattr("docs.metadata.read_fields", lambda: Fields({**FIELDS, column: entry}))
    with pytest.raises(DescriptionError, match=re.escape(fault)):
        metadata()


def test_queries_stand_in_the_order_of_their_groups(tmp_path):
    for name, order in (("a", "2"), ("b", "1"), ("c", "1")):
        text = HEAD.replace("order: 1", f"order: {order}").replace("people", "offices" if name == "c" else "people")
        (tmp_path / f"{name}.sql").write_text(text, "utf-8")
    queries = read_queries(read_fields(), ["offices", "people"], tmp_path)
    assert [query.name for query in queries] == ["c", "b", "a"]
    assert queries[0].sql == "select :name"
    with pytest.raises(DescriptionError, match=r"c.sql: no group 'offices'. about.yml has: people"):
        read_queries(read_fields(), ["people"], tmp_path)


def test_there_is_a_query_for_each_file():
    assert set(QUERIES) == {path.stem for path in FILES.glob("*.sql")}
    assert "offices" in QUERIES


@pytest.mark.parametrize("name", PARAMETERS)
def test_each_parameter_is_explained(name):
    parameter = PARAMETERS[name]
    assert is_bilingual(parameter["meaning"])
    assert parameter["type"] in TYPES
    assert isinstance(parameter["default"], int) or is_bilingual(parameter["default"])


@pytest.mark.parametrize(
    ("printed", "changed", "fault"),
    [
        ("-- title: 标题 · Title\n", "", "q.sql: the head lacks title"),
        ("-- group: people\n", "-- group: people\n-- limit: 3\n", "q.sql: the head has an unknown key: limit"),
        ("--     type: text\n", "", "q.sql: the parameter name lacks type"),
        ("--     meaning: 姓名 · a name\n", "--     meaning:\n", "q.sql: the parameter name lacks meaning"),
        ("type: text", "type: number", "name has the type 'number'. Known: text, integer, date"),
        ("select :name", "select :name, :place", "the SQL asks for ['name', 'place'], the head explains ['name']"),
        ("select :name", "select ':name'", "the SQL asks for [], the head explains ['name']"),
        (
            "全部 · all\n",
            "全部 · all\n--     choices: {values: people.name}\n",
            "fields.yml allows people.name any value",
        ),
        ("全部 · all\n", "全部 · all\n--     choices: all\n", "the choices of name must be {sql: ...}"),
        ("-- order: 1", "-- order: [", "q.sql: the head is not YAML"),
    ],
)
def test_a_head_that_is_wrong_is_named(printed, changed, fault):
    assert printed in HEAD
    with pytest.raises(DescriptionError, match=re.escape(fault)):
        read_query("q", HEAD.replace(printed, changed), read_fields())


@pytest.mark.parametrize(
    ("choices", "key", "expected"),
    [
        ("[one, 2]", "choices", {"one": "one", "2": "2"}),
        ("{values: aliases.kind}", "choices", {"person": "人物 · person", "organization": "机构 · organization"}),
        ("{sql: select name from people}", "choices_sql", "select name from people"),
    ],
)
def test_choices_are_a_list_the_values_of_a_field_or_a_query(choices, key, expected):
    text = HEAD.replace("全部 · all\n", f"全部 · all\n--     choices: {choices}\n")
    assert read_query("q", text, read_fields()).about["parameters"]["name"][key] == expected


@pytest.mark.parametrize("name", [name for name, parameter in PARAMETERS.items() if "choices_sql" in parameter])
def test_what_can_be_chosen_finds_something(edition_db, site, name):
    query, parameter = name.split(".")
    connection = sqlite3.connect(f"file:{edition_db}?mode=ro", uri=True)
    choices = connection.execute(PARAMETERS[name]["choices_sql"]).fetchall()
    assert choices
    for chosen, *_ in choices:
        rows = site.get(f"/edition/{query}.json?{urlencode({parameter: chosen})}&_shape=array").json()
        assert rows, chosen


# One edition reprints nothing: test_site_printings.py asks several.
@pytest.mark.parametrize("name", sorted(QUERIES.keys() - {"printed_again"}))
def test_each_query_returns_rows_in_every_form(site, name):
    page = site.get(f"/edition/{name}")
    assert page.status_code == 200
    assert QUERIES[name]["title"].partition(" · ")[0] in page.text
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


def test_the_changelog_knows_this_schema(site):
    shown = site.get("/edition/build_info/schema_version.json?_shape=array").json()
    changes = (METADATA.parent / "build" / "CHANGELOG.md").read_text("utf-8")
    version, digest = re.findall(r"^## (\S+) · (\S+)$", changes, re.MULTILINE)[0]
    assert shown == [{"name": "schema_version", "value": version}]
    assert digest == schema_digest(), (
        "raise SCHEMA_VERSION, say in build/CHANGELOG.md what changed, and state the digest"
    )

"""metadata.yml, what Datasette publishes of the database beside its rows: made of what the rooms say of their own.

about.yml and queries/*.sql in scripts/banmian/site, fields.yml and tables.yml in scripts/banmian/store, and the schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import click
import yaml
from banmian.store.index import INDEXES

from docs.fields import STORE, DescriptionError, Field, Fields, described, read_fields, schema
from docs.queries import Query, read_queries

_HEAD = """\
# Made by scripts/docs/metadata.py (make docs). Change what it is made of: titles and rights in
# scripts/banmian/site/about.yml, tables and columns in scripts/banmian/store/tables.yml and fields.yml, queries in
# scripts/banmian/site/queries/.
"""
_PRESENTED = ("label_column", "key", "sort", "sort_desc", "facets", "hidden")


def metadata() -> dict[str, Any]:
    """What metadata.yml says. Raises DescriptionError where a description is wrong or missing."""
    about = yaml.safe_load((resources.files("banmian.site") / "about.yml").read_text("utf-8"))
    rights, units, groups = about["rights"], about["units"], about["groups"]
    fields, shown = read_fields(), yaml.safe_load((STORE / "tables.yml").read_text("utf-8"))
    queries = read_queries(fields, groups)
    edition = {
        **about["database"],
        "rights": rights,
        "tables": _tables({**shown["tables"], **shown["views"]}, fields, units, rights),
        "queries": {query.name: _query(query, groups, rights) for query in queries},
    }
    if fields.unused:
        unused = sorted(f"{column} of {table or 'other tables'}" for column, table in fields.unused)
        raise DescriptionError(f"fields.yml describes what is not there: {', '.join(unused)}. Remove it")
    return {
        "title": about["title"],
        "description": about["description"],
        "rights": rights,
        "custom_units": [f"{name} = [] = {unit['symbol']}" for name, unit in units.items() if "symbol" in unit],
        "databases": {"edition": edition},
    }


def _tables(
    shown: Mapping[str, Any], fields: Fields, units: Mapping[str, Any], rights: Mapping[str, str]
) -> dict[str, Any]:
    columns_of = schema()
    if set(shown) != set(columns_of):
        raise DescriptionError(f"tables.yml and schema.sql differ in {sorted(set(shown) ^ set(columns_of))}")
    tables = {}
    for name, about in shown.items():
        columns = {column: fields.of(name, column) for column in columns_of[name]}
        measured = {
            column: field.unit for column, field in columns.items() if "symbol" in units.get(field.unit or "", {})
        }
        tables[name] = {
            "title": about["title"],
            "description": about["description"],
            "rights": rights,
            **{key: about[key] for key in _PRESENTED if key in about},
            "columns": {column: described(field, units) for column, field in columns.items()},
            **({"units": measured} if measured else {}),
            **({"labels": labels} if (labels := _labels(columns)) else {}),
        }
    # What the search indexes take their text from: characters set apart, not for reading.
    return tables | {f"{index.table}_seg": {"allow": False} for index in INDEXES}


def _labels(columns: Mapping[str, Field]) -> dict[str, dict[str, str]]:
    """What the values of columns are called, where these have names."""
    named = {
        column: {value: label for value, label in about.values.items() if label} for column, about in columns.items()
    }
    return {column: labels for column, labels in named.items() if labels}


def _query(query: Query, groups: Mapping[str, str], rights: Mapping[str, str]) -> dict[str, Any]:
    about, parameters = query.about, query.about["parameters"]
    return {
        "title": about["title"],
        "description": about["description"],
        "group": groups[about["group"]],
        "rights": rights,
        **({"params": list(parameters), "parameters": parameters} if parameters else {}),
        "hide_sql": True,
        "sql": query.sql,
    }


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they are, and `rights` once, merged into whatever bears them."""

    def represent_str(self, text: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        node = super().represent_mapping(tag, mapping, flow_style)
        for number, (key, value) in enumerate(node.value):
            if key.value == "rights" and isinstance(value, yaml.MappingNode):
                node.value[number] = (yaml.ScalarNode("tag:yaml.org,2002:merge", "<<"), value)
        return node

    def generate_anchor(self, node: yaml.Node) -> str:
        return "rights"


_Dumper.add_representer(str, _Dumper.represent_str)


def as_yaml(content: Mapping[str, Any]) -> str:
    """`content` as a YAML file whose `rights` are merged into what they stand in."""
    return _HEAD + yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def for_datasette_1(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The same for Datasette 1.0, by file: what it does stands in datasette.yml, what it says in metadata.yml."""
    names = {"datasette.yml": (_TABLE_SETTINGS, _QUERY_SETTINGS), "metadata.yml": (_TABLE_WORDS, _QUERY_WORDS)}
    files: dict[str, dict[str, Any]] = {}
    for file, (of_table, of_query) in names.items():
        databases = {}
        for name, about in content["databases"].items():
            words = {key: about[key] for key in _WORDS if file == "metadata.yml"}
            tables = {table: _some(entry, of_table) for table, entry in about["tables"].items()}
            queries = {query: _some(entry, of_query) for query, entry in about["queries"].items()}
            databases[name] = {**words, "tables": tables, "queries": queries}
        words = {key: content[key] for key in _WORDS if file == "metadata.yml"}
        files[file] = {**words, "databases": databases}
    return files


def _some(entry: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key in keys}


_WORDS = ("title", "description", "rights")
_TABLE_SETTINGS = (*_PRESENTED, "allow")
_TABLE_WORDS = (*_WORDS, "columns", "labels")
_QUERY_SETTINGS = ("title", "description", "params", "hide_sql", "sql")
_QUERY_WORDS = (*_WORDS, "group", "parameters")


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path(), show_default=True)
@click.option("--datasette-1", is_flag=True, help="Write datasette.yml and metadata.yml as Datasette 1.0 wants them.")
def main(folder: Path, datasette_1: bool) -> None:
    """Make metadata.yml anew."""
    try:
        content = metadata()
    except DescriptionError as error:
        raise click.ClickException(str(error)) from error
    for name, part in (for_datasette_1(content) if datasette_1 else {"metadata.yml": content}).items():
        (folder / name).write_text(as_yaml(part), "utf-8")


if __name__ == "__main__":
    main()

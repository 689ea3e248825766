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

from docs.fields import STORE, DescriptionError, Fields, described, read_fields, schema
from docs.queries import Query, read_queries

_HEAD = """\
# Made by scripts/docs/metadata.py (make docs). Change what it is made of: titles and rights in
# scripts/banmian/site/about.yml, tables and columns in scripts/banmian/store/tables.yml and fields.yml, queries in
# scripts/banmian/site/queries/.
"""
_PRESENTED = ("label_column", "sort", "sort_desc", "facets")


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
        raise DescriptionError(f"fields.yml says what no table has: {sorted(map(str, fields.unused))}. Remove it there")
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
        }
    # What the search indexes take their text from: characters set apart, not for reading.
    return tables | {f"{index.table}_seg": {"allow": False} for index in INDEXES}


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


@click.command()
@click.option("--to", "path", type=click.Path(path_type=Path), default=Path("metadata.yml"), show_default=True)
def main(path: Path) -> None:
    """Make metadata.yml anew."""
    try:
        path.write_text(as_yaml(metadata()), "utf-8")
    except DescriptionError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()

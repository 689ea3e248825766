"""The one mix of made pages from which what headings weigh is learned, and how far choices can be trusted: mix.yml."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click
import yaml

from train import bands, columns, dialect, printed
from train.known import Gold, articles_of, write_pages

_Maker = Callable[..., Iterator[tuple[str, Gold]]]
_MAKERS: Mapping[str, _Maker] = {
    "bands": bands.pages,
    "columns": columns.pages,
    "dialect": dialect.pages,
    "printed": printed.pages,
}
_OURS = ("name", "only", "maker", "articles", "pages", "seed")
_WORN = "worn"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the mix: its name, its pages with their right readings; `worn` ones lost stops."""

    name: str
    pages: Sequence[tuple[str, Gold]]
    worn: bool


@cache
def _recorded() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    return found


def parts(broadcasts: Path, agency: Path, use: str) -> Iterator[Part]:
    """The parts of the mix of the articles in two files (JSON lines), with the seeds of `use`, a name in mix.yml."""
    articles = {"broadcasts": articles_of(broadcasts), "agency": articles_of(agency)}
    articles["crossed"] = [article for article in articles["agency"] if article["crossheads"]]
    for part in _recorded()["parts"]:
        if part.get("only", use) != use:
            continue
        told = {name: value for name, value in part.items() if name not in _OURS}
        seed = part["seed"] + _recorded()["seeds"][use]
        made = _MAKERS[part["maker"]](articles[part["articles"]], part["pages"], seed, **told)
        yield Part(part["name"], list(made), part.get(_WORN, False))


@click.command()
@click.argument("broadcasts", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("agency", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--use", type=click.Choice(["headings", "heading lines", "certainty"]), default="headings", show_default=True
)
def main(broadcasts: Path, agency: Path, out: Path, use: str) -> None:
    """Write the pages of the mix, made of articles in BROADCASTS and AGENCY, into a folder of OUT for each part."""
    for number, part in enumerate(parts(broadcasts, agency, use), 1):
        write_pages(out / f"{number:02d} {part.name}", part.pages)
        size = sum(len(json.dumps(gold)) for _, gold in part.pages)
        click.echo(f"{part.name}: {len(part.pages)} pages, {size} bytes of right readings")


if __name__ == "__main__":
    main()

"""Bare news from the repositories that the marks were drawn from: what uses.py counts, and nobody marked.

`python -m train.marks.bare news.txt --without texts.jsonl --clone owner/name=git-directory …`, in scripts/, writes a
paragraph a line, of each repository as much as a limit allows, in an order that a seed gives. Left out are broadcasts
that other things are measured on, the files that are marked, what begins like another article, and what shares 25
characters with a text of texts.jsonl to choose or measure by.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TextIO

import click

from .sample import Repository, contents, paths_of, repositories
from .texts import FORMS, clone_options, read_sources

# A broadcast may be read up to the month that nothing is measured on.
_PATHS = {"broadcast": r"news/(20(22|23)\d\d|20240[1-6])\d\d\.md"}
_MOST, _SEED, _TOGETHER = 3_000_000, 7, 50
_SHORTEST, _BEGINNING, _RUN = 100, 60, 25
# Of a file that holds many articles only some are marked.
_FEW_FILES = 20


def runs(text: str) -> Iterator[str]:
    """All stretches of 25 code points of `text`; the whole text where it is shorter."""
    return (text[at : at + _RUN] for at in range(max(1, len(text) - _RUN + 1)))


def _groups(clone: Path, repository: Repository, marked: set[tuple[str, str]]) -> Iterator[list[list[str]]]:
    """The articles of a repository, group by group of files, file by file."""
    paths = paths_of(clone, repository)
    random.Random(_SEED).shuffle(paths)
    few = len(paths) < _FEW_FILES
    for at in range(0, len(paths), _TOGETHER):
        own = [path for path in paths[at : at + _TOGETHER] if few or (repository.name, path) not in marked]
        yield [_articles(repository, content) for content in contents(clone, repository.commit, own)]


def _articles(repository: Repository, content: bytes) -> list[str]:
    try:
        return FORMS[repository.form](content)
    except (KeyError, ValueError) as error:
        click.echo(f"{repository.name}: a file is left out: {error!r}", err=True)
        return []


@dataclass
class Kept:
    """What is written, how the articles that were seen begin, and the runs that none may have."""

    out: TextIO
    without: set[str]
    seen: set[str] = field(default_factory=set)

    def write(self, article: str) -> int:
        """How many characters of `article` are written: all or none."""
        if len(article) < _SHORTEST or article[:_BEGINNING] in self.seen:
            return 0
        self.seen.add(article[:_BEGINNING])
        if not self.without.isdisjoint(runs(article)):
            return 0
        self.out.write(article.replace("\r", "") + "\n")
        return len(article)

    def write_some(self, groups: Iterable[list[list[str]]]) -> int:
        """How many characters of the articles of `groups` are written, up to the limit.

        The last group is read to its end, of each file up to the first article beyond the limit.
        """
        size = 0
        for group in groups:
            for file in group:
                for article in file:
                    written = self.write(article)
                    size += written
                    if written and size > _MOST:
                        break
            if size > _MOST:
                break
        return size


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--clone", "clones", multiple=True, help="owner/name=DIR, a git directory; once a repository.")
@click.option("--without", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True)
def main(target: Path, clones: tuple[str, ...], without: Path) -> None:
    """Write bare news to TARGET, without what the texts to choose and measure by share."""
    found = clone_options(clones)
    marked = {(source.repository, source.path) for source in read_sources()}
    rows = [json.loads(line) for line in without.read_text("utf-8").splitlines()]
    kept_back = {run for row in rows if row["part"] != "train" for run in runs(row["text"])}
    with target.open("w", encoding="utf-8") as out:
        kept = Kept(out, kept_back)
        for repository in {(one.name, one.path): one for one in repositories()}.values():
            one = replace(repository, path=_PATHS.get(repository.form, repository.path))
            size = kept.write_some(_groups(found[one.name], one, marked))
            click.echo(f"{one.name}: {size} characters")


if __name__ == "__main__":
    main()

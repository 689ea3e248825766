"""Articles of an agency's site with the crossheads that were printed in them, from copies of its pages in git.

Several public repositories keep pages of chinanews.com as XML, one an article, a paragraph a line. An article is taken
where every line surely is a paragraph or, between two paragraphs, a crosshead.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click
import yaml

_CROSSHEAD, _PARAGRAPH, _ARTICLE = (4, 22), 20, 3200
_PARAGRAPHS = (3, 24)
_FEWEST_CROSSHEADS = 2
_BODY, _TITLE = re.compile(r"<body>(.*?)</body>", re.DOTALL), re.compile(r"<title>(.*?)</title>", re.DOTALL)
_BLANKS = "\t\u3000 \xa0\r"
# Of ten articles, told by their headlines: which numbers are whose.
_SHARES = {"train": range(6), "dev": range(6, 7), "test": range(7, 10)}
_RUN = 12
_FEW_RUNS = 5

Article = dict[str, Any]


@cache
def _forms() -> Mapping[str, re.Pattern[str]]:
    found = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    return {name: re.compile(form) for name, form in found.items()}


def article_of(xml: str) -> Article | None:
    """The article of a page, None where a line of it may be something else; `crossheads` has before which paragraph."""
    body, title = _BODY.search(xml), _TITLE.search(xml)
    if body is None or title is None:
        return None
    lines = [html.unescape(line).strip(_BLANKS) for line in body.group(1).split("\n")]
    lines = [_forms()["tail"].sub("", line) for line in lines]
    lines = [line for line in lines if line]
    lines[:1] = [_forms()["lead"].sub("", line) for line in lines[:1]]
    paragraphs: list[str] = []
    crossheads: list[tuple[int, str]] = []
    for line in lines:
        if len(line) >= _PARAGRAPH and _forms()["stopped"].search(line):
            paragraphs.append(line)
        elif _CROSSHEAD[0] <= len(line) <= _CROSSHEAD[1] and not _forms()["no_crosshead"].search(line):
            crossheads.append((len(paragraphs), line))
        else:
            return None
    places = {at for at, _ in crossheads}
    apart = len(places) == len(crossheads) and not places & {0, len(paragraphs)}
    fits = _PARAGRAPHS[0] <= len(paragraphs) <= _PARAGRAPHS[1] and sum(map(len, paragraphs)) <= _ARTICLE
    if not apart or not fits or 0 < len(crossheads) < _FEWEST_CROSSHEADS:
        return None
    return {
        "headline": html.unescape(title.group(1)).strip(_BLANKS),
        "paragraphs": paragraphs,
        "crossheads": crossheads,
    }


def pages_of(repository: Path) -> Iterator[str]:
    """The XML files of the newest commit of a git repository that are there; none is fetched."""
    git = ["git", f"--git-dir={repository}"]
    listed = subprocess.run([*git, "ls-tree", "-r", "HEAD"], capture_output=True, check=True, text=True).stdout
    names = "\n".join(line.split()[2] for line in listed.splitlines() if line.endswith((".xml", '.xml"')))
    alone = {**os.environ, "GIT_NO_LAZY_FETCH": "1"}
    batch = [*git, "cat-file", "--batch"]
    found = subprocess.run(batch, input=names.encode(), capture_output=True, check=True, env=alone).stdout
    at = 0
    while at < len(found):
        head, at = found[at : found.index(b"\n", at)].split(), found.index(b"\n", at) + 1
        if head[-1] != b"missing":
            size = int(head[2])
            yield found[at : at + size].decode("utf-8", "replace")
            at += size + 1


def part_of(headline: str) -> str:
    """train, dev or test: in which part an article of this headline is."""
    number = int(hashlib.sha256(headline.encode()).hexdigest(), 16) % 10
    return next(part for part, numbers in _SHARES.items() if number in numbers)


def _runs(text: str) -> set[str]:
    bare = "".join(text.split())
    return {bare[at : at + _RUN] for at in range(len(bare) - _RUN + 1)}


@click.command()
@click.argument("repositories", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder of train, dev, test.jsonl.")
@click.option("--without", type=click.Path(path_type=Path, exists=True), help="JSON lines of marked texts.")
def main(repositories: tuple[Path, ...], out: Path, without: Path | None) -> None:
    """Write the articles of git REPOSITORIES (directories of git) into a folder, in three parts.

    What shares text with a marked text of part test (see marks/README.md) is left out.
    """
    marked = [json.loads(line) for line in without.read_text("utf-8").splitlines()] if without else []
    kept = set[str]().union(*[_runs(one["text"]) for one in marked if one["part"] == "test"])
    parts: dict[str, dict[str, Article]] = {part: {} for part in _SHARES}
    for repository in repositories:
        for xml in pages_of(repository):
            article = article_of(xml)
            if article and len(_runs("".join(article["paragraphs"])) & kept) <= _FEW_RUNS:
                parts[part_of(article["headline"])].setdefault(article["headline"], article)
    out.mkdir(parents=True, exist_ok=True)
    for part, articles in parts.items():
        lines = [json.dumps(articles[headline], ensure_ascii=False) + "\n" for headline in sorted(articles)]
        (out / f"{part}.jsonl").write_text("".join(lines), "utf-8")
        crossed = sum(bool(article["crossheads"]) for article in articles.values())
        click.echo(f"{part}: {len(articles)} articles, {crossed} of them with crossheads")


if __name__ == "__main__":
    main()

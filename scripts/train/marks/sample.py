"""The sample that is marked: drawn at random, with a fixed seed, from the repositories of repositories.tsv.

`python -m train.marks.sample folder --clone owner/name=git-directory …`, in scripts/, writes sources.tsv and batches
of texts for readers into `folder`, outside of this repository. No tagger has a say: what counts is the source, the
place that is named first (a name of divisions.tsv in the first lines), and that no two texts share much.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from .texts import FORMS, SOURCES, Source, checksum, clone_options, write_sources

REPOSITORIES = Path(__file__).with_name("repositories.tsv")
_DIVISIONS = Path(__file__).parents[2] / "banmian" / "names" / "data" / "divisions.tsv"
_SEED = 20261126
_LEAST, _MOST = 150, 700
_BATCH = 15
# So many candidates are looked at for each text that is taken.
_CHOICE = 12
# A text without a place counts as if so many of its kind shared a place.
_PLACELESS = 6
_SHINGLE, _SHARED = 12, 0.15
_SHARES = (("train", 0.75), ("dev", 0.10), ("test", 0.15))
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Repository:
    """A row of repositories.tsv: which files (path and how the text begins), how they are cut, how many texts."""

    name: str
    commit: str
    path: str
    begins: str
    form: str
    number: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that could be taken."""

    repository: Repository
    path: str
    item: int
    text: str
    place: str


def repositories(path: Path = REPOSITORIES) -> list[Repository]:
    """The rows of `path`."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [Repository(row[0], row[1], row[2], row[3], row[4], int(row[5])) for row in rows]


def opening(article: str) -> str:
    """The article's first paragraphs, whole ones up to 700 code points; empty where that is less than 150."""
    kept = ""
    for line in article.split("\n"):
        longer = f"{kept}\n{line}" if kept else line
        if len(longer) > _MOST:
            if len(kept) < _LEAST:
                kept = longer[: longer.rfind("。", 0, _MOST) + 1]
            break
        kept = longer
    return kept if len(kept) >= _LEAST and len(_HAN.findall(kept)) > len(kept) / 2 else ""


def place_of(text: str, names: Sequence[str]) -> str:
    """The one of `names` that stands first in the text's first 250 code points; empty where there is none."""
    found = [(at, -len(name), name) for name in names if (at := text.find(name, 0, 250)) >= 0]
    return min(found)[2] if found else ""


def shingles(text: str) -> set[str]:
    """All runs of 12 code points."""
    return {text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1)}


def draw(candidates: Sequence[Candidate], number: int, places: Counter[str], seen: set[str]) -> list[Candidate]:
    """`number` of `candidates`, those first whose place was taken least; what shares much with `seen` is left out."""
    taken: list[Candidate] = []
    left = list(candidates)
    while left and len(taken) < number:
        best = min(left, key=lambda one: places[one.place] / (1 if one.place else _PLACELESS))
        left.remove(best)
        runs = shingles(best.text)
        if len(runs & seen) <= _SHARED * len(runs):
            taken.append(best)
            seen |= runs
            places[best.place] += 1
    return taken


def _names() -> list[str]:
    rows = [line.split("\t") for line in _DIVISIONS.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    names = {row[1] for row in rows if row[2] != "zone"}
    short = {row[1][:-1] for row in rows if row[2] != "county" and row[1].endswith("市") and len(row[1]) > 2}
    return sorted(names | short)


def _paths(clone: Path, repository: Repository) -> list[str]:
    command = ["git", "--git-dir", str(clone), "ls-tree", "-r", "-z", "--name-only", repository.commit]
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted(path for path in listed if re.fullmatch(repository.path, path))


def _contents(clone: Path, commit: str, paths: Sequence[str]) -> Iterator[bytes]:
    command = ["git", "--git-dir", str(clone), "cat-file", "--batch"]
    asked = "".join(f"{commit}:{path}\n" for path in paths).encode()
    answer = subprocess.run(command, input=asked, capture_output=True, check=True).stdout
    at = 0
    for _ in paths:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[-1])
        yield answer[end + 1 : end + 1 + size]
        at = end + 2 + size


def _candidates(clone: Path, repository: Repository, dice: random.Random, names: Sequence[str]) -> list[Candidate]:
    paths = _paths(clone, repository)
    paths = dice.sample(paths, min(len(paths), 2 * _CHOICE * repository.number))
    found = []
    for path, content in zip(paths, _contents(clone, repository.commit, paths), strict=True):
        for item, article in enumerate(FORMS[repository.form](content)):
            text = opening(article)
            if text and "�" not in text and re.search(repository.begins, text[:300]):
                found.append(Candidate(repository, path, item, text, place_of(text, names)))
    dice.shuffle(found)
    return found[: _CHOICE * repository.number]


def _sources(taken: Sequence[Candidate], dice: random.Random) -> list[Source]:
    parts = [part for part, share in _SHARES for _ in range(round(share * len(taken)))]
    parts += ["train"] * (len(taken) - len(parts))
    dice.shuffle(parts)
    return [
        Source(
            id=f"m{number:04}",
            part=part,
            repository=one.repository.name,
            commit=one.repository.commit,
            path=one.path,
            form=one.repository.form,
            item=one.item,
            length=len(one.text),
            sha256=checksum(one.text),
        )
        for number, (one, part) in enumerate(zip(taken, parts, strict=False), start=1)
    ]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--clone", "clones", multiple=True, help="owner/name=DIR, a git directory; once a repository.")
def main(folder: Path, clones: tuple[str, ...]) -> None:
    """Draw the sample: sources.tsv, and batches for readers in FOLDER."""
    found = clone_options(clones)
    dice = random.Random(_SEED)
    places: Counter[str] = Counter()
    seen: set[str] = set()
    taken: list[Candidate] = []
    for repository in repositories():
        candidates = _candidates(found[repository.name], repository, dice, _names())
        drawn = draw(candidates, repository.number, places, seen)
        click.echo(f"{repository.name}: {len(drawn)} of {len(candidates)} candidates")
        taken += drawn
    dice.shuffle(taken)
    sources = _sources(taken, dice)
    write_sources(sources, SOURCES)
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(taken), _BATCH):
        rows = list(zip(sources, taken, strict=True))[start : start + _BATCH]
        printed = [f"=== {source.id}\n{_numbered(one.text)}\n" for source, one in rows]
        (folder / f"{start // _BATCH + 1:03}.txt").write_text("\n".join(printed), encoding="utf-8")
    click.echo(f"{len(taken)} texts, {len(places) - 1} places: {', '.join(sorted(places))}")


def _numbered(text: str) -> str:
    return "\n".join(f"[{number}] {line}" for number, line in enumerate(text.split("\n")))


if __name__ == "__main__":
    main()

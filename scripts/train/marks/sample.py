"""The samples that are marked: drawn at random, each with its fixed seed, from the repositories of repositories.tsv.

`python -m train.marks.sample folder --clone owner/name=git-directory …`, in scripts/, writes sources.tsv and batches
of texts for readers into `folder`, outside of this repository. No tagger has a say: what counts is the source, the
place that is named first (a name of divisions.tsv in the first lines), and that no two texts share much. A later
sample goes on from the earlier ones: their texts are left out, their places come last, their rows stay as they are.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from .texts import FORMS, SOURCES, Source, checksum, clone_options, write_sources

REPOSITORIES = Path(__file__).with_name("repositories.tsv")
_DIVISIONS = Path(__file__).parents[2] / "banmian" / "names" / "data" / "divisions.tsv"
# One a sample, in the order of the last columns of repositories.tsv.
_SEEDS = (
    *(20261126, 20261127, 20261128, 20261129, 20261130, 20261201),
    *(20261202, 20261203, 20261204, 20261205, 20261206, 20261207),
    20261208,
)
_LEAST, _MOST = 150, 700
_BATCH = 15
# So many candidates are looked at for each text that is taken.
_CHOICE = 12
# A text without a place counts as if so many of its kind shared a place.
_PLACELESS = 6
_SHINGLE, _SHARED = 12, 0.15
# The parts of each sample: most only add to what is learned from, the seventh gives 30 and 45 to choose and measure by,
# the tenth 40 and 34, the twelfth all to measure by,
# the thirteenth one text in 25.
_ALL_PARTS = (("train", 0.75), ("dev", 0.10), ("test", 0.15))
_ONLY_TO_LEARN = (("train", 1.0),)
_SHARES = (
    *(_ALL_PARTS, _ALL_PARTS, _ONLY_TO_LEARN, _ONLY_TO_LEARN, _ONLY_TO_LEARN, _ONLY_TO_LEARN),
    (("train", 0.7222), ("dev", 0.1111), ("test", 0.1667)),
    *(_ONLY_TO_LEARN, _ONLY_TO_LEARN),
    (("train", 0.6333), ("dev", 0.2), ("test", 0.1667)),
    _ONLY_TO_LEARN,
    (("test", 1.0),),
    (("train", 0.96), ("test", 0.04)),
)
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Repository:
    """A row of repositories.tsv: which files (path, how the text begins), how they are cut, how many texts a sample."""

    name: str
    commit: str
    path: str
    begins: str
    form: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that could be taken."""

    repository: Repository
    path: str
    item: int
    text: str
    place: str


def repositories(path: Path = REPOSITORIES) -> list[Repository]:
    """The rows of `path`; raises ValueError, with file and line, for one without a number of texts for each sample."""
    found = []
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if line.startswith("#"):
            continue
        if len(cells) != 5 + len(_SEEDS) or not all(cell.isdecimal() for cell in cells[5:]):
            raise ValueError(f"{path}:{at}: not five cells and {len(_SEEDS)} numbers of texts, one a sample: {line}")
        found.append(Repository(cells[0], cells[1], cells[2], cells[3], cells[4], tuple(map(int, cells[5:]))))
    return found


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


class Seen:
    """The runs of the texts that were taken, and which texts hold each."""

    def __init__(self) -> None:
        self._sizes: list[int] = []
        self._holders: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, runs: set[str]) -> None:
        """Take a text of `runs`."""
        for run in runs:
            self._holders[run].append(len(self._sizes))
        self._sizes.append(len(runs))

    def like(self, runs: set[str]) -> bool:
        """Whether a text of `runs` shares much with those taken: of its own runs with all of them, or of one's runs."""
        held = [self._holders[run] for run in runs if run in self._holders]
        if len(held) > _SHARED * len(runs):
            return True
        shared = Counter(text for texts in held for text in texts)
        return any(number > _SHARED * self._sizes[text] for text, number in shared.items())


def draw(candidates: Sequence[Candidate], number: int, places: Counter[str], seen: Seen) -> list[Candidate]:
    """`number` of `candidates`, those first whose place was taken least; what is like one of `seen` is left out.

    `places` and `seen` grow by what is taken.
    """
    taken: list[Candidate] = []
    left = list(candidates)
    while left and len(taken) < number:
        best = min(left, key=lambda one: places[one.place] / (1 if one.place else _PLACELESS))
        left.remove(best)
        runs = shingles(best.text)
        if not seen.like(runs):
            taken.append(best)
            seen.add(runs)
            places[best.place] += 1
    return taken


def _names() -> list[str]:
    rows = [line.split("\t") for line in _DIVISIONS.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    names = {row[1] for row in rows if row[2] != "zone"}
    short = {row[1][:-1] for row in rows if row[2] != "county" and row[1].endswith("市") and len(row[1]) > 2}
    return sorted(names | short)


def paths_of(clone: Path, repository: Repository) -> list[str]:
    """The files of `repository` that its row means, in order."""
    command = ["git", "--git-dir", str(clone), "ls-tree", "-r", "-z", "--name-only", repository.commit]
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted(path for path in listed if re.fullmatch(repository.path, path))


def contents(clone: Path, commit: str, paths: Sequence[str]) -> Iterator[bytes]:
    """What stands in each of the files `paths` of `commit`."""
    command = ["git", "--git-dir", str(clone), "cat-file", "--batch"]
    asked = "".join(f"{commit}:{path}\n" for path in paths).encode()
    answer = subprocess.run(command, input=asked, capture_output=True, check=True).stdout
    at = 0
    for _ in paths:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[-1])
        yield answer[end + 1 : end + 1 + size]
        at = end + 2 + size


def _candidates(
    clone: Path, repository: Repository, number: int, dice: random.Random, names: Sequence[str]
) -> list[Candidate]:
    paths = paths_of(clone, repository)
    paths = dice.sample(paths, min(len(paths), 2 * _CHOICE * number))
    found = []
    for path, content in zip(paths, contents(clone, repository.commit, paths), strict=True):
        for item, article in enumerate(FORMS[repository.form](content)):
            text = opening(article)
            if text and "�" not in text and re.search(repository.begins, text[:300]):
                found.append(Candidate(repository, path, item, text, place_of(text, names)))
    dice.shuffle(found)
    return found[: _CHOICE * number]


def _sources(
    taken: Sequence[Candidate], first: int, dice: random.Random, shares: Sequence[tuple[str, float]]
) -> list[Source]:
    parts = [part for part, share in shares for _ in range(round(share * len(taken)))]
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
        for number, (one, part) in enumerate(zip(taken, parts, strict=False), start=first)
    ]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--clone", "clones", multiple=True, help="owner/name=DIR, a git directory; once a repository.")
def main(folder: Path, clones: tuple[str, ...]) -> None:
    """Draw the samples: sources.tsv, and batches for readers in FOLDER."""
    found = clone_options(clones)
    places: Counter[str] = Counter()
    seen = Seen()
    taken: list[Candidate] = []
    sources: list[Source] = []
    for sample, seed in enumerate(_SEEDS):
        dice = random.Random(seed)
        drawn = _sample(sample, found, dice, places, seen)
        sources += _sources(drawn, len(taken) + 1, dice, _SHARES[sample])
        taken += drawn
    write_sources(sources, SOURCES)
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(taken), _BATCH):
        rows = list(zip(sources, taken, strict=True))[start : start + _BATCH]
        printed = [f"=== {source.id}\n{_numbered(one.text)}\n" for source, one in rows]
        (folder / f"{start // _BATCH + 1:03}.txt").write_text("\n".join(printed), encoding="utf-8")
    click.echo(f"{len(taken)} texts, {len(places) - 1} places: {', '.join(sorted(places))}")


def _sample(
    sample: int, clones: Mapping[str, Path], dice: random.Random, places: Counter[str], seen: Seen
) -> list[Candidate]:
    """The texts of one sample, in random order; `places` and `seen` grow by theirs."""
    names = _names()
    taken: list[Candidate] = []
    for repository in repositories():
        number = repository.numbers[sample]
        candidates = _candidates(clones[repository.name], repository, number, dice, names)
        drawn = draw(candidates, number, places, seen)
        click.echo(f"{sample + 1}: {repository.name}: {len(drawn)} of {len(candidates)} candidates")
        taken += drawn
    dice.shuffle(taken)
    return taken


def _numbered(text: str) -> str:
    return "\n".join(f"[{number}] {line}" for number, line in enumerate(text.split("\n")))


if __name__ == "__main__":
    main()

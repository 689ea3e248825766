"""The table by which the page stage tells a sentence that was cut from one that ended and lost its stop (ended.txt).

Logistic regression on cuts made at random in paragraphs of articles outside this repository, against their ends.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
from banmian.page.ended import signs
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from train.known import HALF_WIDTH
from train.language import DATA, paragraphs_of

_SHORTEST = 20
# One cut for so many characters; a line begins so far in, and has so much left below the cut.
_EVERY = 60
_LEAST_ABOVE, _LEAST_BELOW = 8, 4
_LEAST_SEEN = 6
_LEAST_TOLD = 0.05
_PRIOR = 1.0
_STOPS = "。!?"
# No line begins, or ends without a stop, with these.
_NOT_FIRST = frozenset(",。、;:?!”’)》…—% \t")
_NOT_LAST = frozenset(",。、;:?!…“‘(《 \t")
# How many characters of a paragraph a column has, where it has not all.
_COLUMN = (4, 300)
_HEADER = """\
# How much likelier a sentence was cut than ended where a line has no stop and another follows: the table, then log
# odds and what stands at the end of the left or at the head of the right line (so many characters), or how long the
# clause or sentence there is, in steps. 0: any digit, A: any Latin letter. Sorted.
"""

Sign = tuple[str, str]
Cut = tuple[list[Sign], bool]


def cuts(articles: Iterable[Sequence[str]], dice: random.Random) -> Iterator[Cut]:
    """Cuts in paragraphs and between them: what both sides tell, and whether the sentence goes on."""
    for paragraphs in articles:
        texts = [paragraph.strip().translate(HALF_WIDTH) for paragraph in paragraphs]
        texts = [text for text in texts if len(text) > _SHORTEST]
        for at, text in enumerate(texts):
            for _ in range(max(1, len(text) // _EVERY)):
                cut = dice.randrange(_LEAST_ABOVE, len(text) - _LEAST_BELOW)
                if text[cut] not in _NOT_FIRST and text[cut - 1] not in _NOT_LAST:
                    yield _signs_of(text[:cut], text[cut:], dice), True
            if at + 1 < len(texts) and text[-1] in _STOPS and text[-2] not in _NOT_LAST:
                yield _signs_of(text[:-1], texts[at + 1], dice), False


def _signs_of(left: str, right: str, dice: random.Random) -> list[Sign]:
    """What both sides tell, each as much of its paragraph as stands in a column."""
    above, below = dice.randint(*_COLUMN), dice.randint(*_COLUMN)
    return [*signs(left[-above:], "left"), *signs(right[:below], "right")]


def learned(found: Sequence[Cut]) -> dict[Sign, float]:
    """What each sign says, in log odds, and the bias; ends count as much as cuts."""
    seen = Counter(sign for told, _ in found for sign in told)
    numbers = {sign: at for at, sign in enumerate(sorted(sign for sign, times in seen.items() if times >= _LEAST_SEEN))}
    cells = [(row, numbers[sign]) for row, (told, _) in enumerate(found) for sign in told if sign in numbers]
    at, of = np.array(cells).T
    matrix = csr_matrix((np.ones(len(cells)), (at, of)), shape=(len(found), len(numbers)))
    goes_on = np.array([float(right) for _, right in found])
    weight = np.where(goes_on > 0, 1.0, goes_on.sum() / max(1.0, (1 - goes_on).sum()))

    def loss(told: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        odds = matrix @ told[:-1] + told[-1]
        off = weight * (1 / (1 + np.exp(-odds)) - goes_on)
        lost = (weight * np.logaddexp(0, np.where(goes_on > 0, -odds, odds))).sum()
        pull = _PRIOR * np.append(told[:-1], 0.0)
        return lost + pull @ told / 2, np.append(matrix.T @ off, off.sum()) + pull

    best = minimize(loss, np.zeros(len(numbers) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    return {**{sign: float(best[number]) for sign, number in numbers.items()}, ("bias", ""): float(best[-1])}


def rows_of(told: Mapping[Sign, float]) -> list[str]:
    """The rows of ended.txt."""
    tables: dict[str, dict[str, list[str]]] = {}
    for (name, what), odds in sorted(told.items()):
        if abs(odds) >= _LEAST_TOLD:
            tables.setdefault(name, {}).setdefault(f"{odds:.1f}", []).append(what)
    return ["\t".join([name, *_groups(name, tables[name])]) for name in sorted(tables)]


def _groups(name: str, groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for number in sorted(groups, key=float):
        # Lengths are no strings of one size: each is a group of its own.
        together = "".join(groups[number]) if name.split()[-1].isdigit() else None
        yield from [f"{number} {together}"] if together else [f"{number} {one}".rstrip() for one in groups[number]]


@click.command()
@click.argument("articles", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--named", required=True, help="What the articles are, for the file's header.")
@click.option("--out", default=DATA / "ended.txt", type=click.Path(dir_okay=False, path_type=Path), show_default=True)
def main(articles: tuple[Path, ...], named: str, out: Path) -> None:
    """Learn ended.txt from ARTICLES: files with a JSON object a line, its "paragraphs" a list of strings."""
    texts = [paragraphs for path in articles for paragraphs in paragraphs_of(path)]
    found = list(cuts(texts, random.Random(1)))
    rows = rows_of(learned(found))
    learned_from = f"# Learned by scripts/train/ended.py from {len(texts):,} articles: {named}.\n"
    text = _HEADER + learned_from + "".join(f"{row}\n" for row in rows)
    out.write_text(text, "utf-8", newline="\n")
    click.echo(f"{out}: {len(found):,} cuts, {len(rows)} rows, {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()

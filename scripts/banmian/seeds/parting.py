"""Lines of one article that must not follow each other though every order of its text makes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from banmian.records import Ruling
from banmian.seeds.lines import PrintedLine
from banmian.words.headings import reads_as_text, surely_heading
from banmian.words.stated import Stated

# How many pieces of text are tried in every order; more of them can nearly always be parted.
_MOST = 7

Pair = tuple[int, int]


def inseparable(
    stated: Stated, rulings: Sequence[Ruling], lines: Mapping[int, PrintedLine]
) -> Iterator[tuple[Pair, frozenset[int]]]:
    """Pairs of lines that nothing on the page can part, each with all text of their article.

    As long as a line of which nothing is stated may be text, it may part them; so may any of the article's lines.
    """
    apart = {(one.line, one.other) for one in rulings if one.kind == "apart" and one.other is not None}
    listed = {line for ruling in rulings for line, _ in ruling.lines}
    articles = stated.articles()
    decided = {*stated.kinds, *(line for members in articles for line in members)}
    if not apart or any(at not in decided and not surely_heading(line.printed) for at, line in lines.items()):
        return
    links = {link.left: link.right for link in stated.following()[0]}
    for members in articles:
        unsure = {line for line in members if line not in stated.kinds}
        begun = {line for line in unsure & stated.begins.keys() if reads_as_text(lines[line].bare)}
        texts = {line for line in members if stated.kinds.get(line) == "body"} | begun
        pairs = sorted((left, right) for left, right in apart if left in texts and right in texts)
        if pairs and unsure == begun and members.isdisjoint(listed):
            chains = list(_chains(texts, links))
            firsts = [chain for chain in chains if chain[0] in stated.begins]
            if len(chains) <= _MOST and not _goes(firsts[:1], chains, apart):
                yield pairs[0], frozenset(texts)


def _chains(texts: set[int], links: Mapping[int, int]) -> Iterator[Pair]:
    """The first and the last line of each piece of text that follows by statements."""
    for first in texts.difference(links.values()):
        last = first
        while links.get(last) in texts:
            last = links[last]
        yield first, last


def _goes(order: Sequence[Pair], chains: Sequence[Pair], apart: set[Pair]) -> bool:
    """Whether the chains can all follow these in an order that parts what must be apart."""
    left = [chain for chain in chains if chain not in order]
    fit = [chain for chain in left if not order or (order[-1][1], chain[0]) not in apart]
    return not left or any(_goes([*order, chain], chains, apart) for chain in fit)

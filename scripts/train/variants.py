"""Pages made anew from articles: set into other columns, the columns and headings put down in other orders.

With them the page stage can be measured without a corpus: the articles of a page that is right are typeset again, and
what is read from the new page is compared with what was put in.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from banmian.records import Article, Page
from banmian.words.span_kinds import ABOVE, BELOW, SPAN_KINDS

NOT_FIRST = frozenset("，。、；：？！”’）》…,;:?!)%")
NOT_LAST = frozenset("“‘（《(")
# What stands together around a headline, in this order; and all that a block can be.
_HEADING = (*ABOVE, "headline", *BELOW)
_BLOCKS = tuple(name for name, kind in SPAN_KINDS.items() if kind.heading or name == "body")


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a page; of body lines the paragraph and which fragment of it (from 1), else 0."""

    kind: str
    text: str
    paragraph: int = 0
    fragment: int = 0


Shape = frozenset[Block]


def variant(articles: Sequence[Article], seed: int) -> tuple[str, list[Shape]]:
    """The text of a page made of `articles` in a random order, and the blocks of which each of them consists."""
    dice = random.Random(seed)
    groups = [(article, _put_down(dice, article)) for article in articles]
    dice.shuffle(groups)
    lines = [_printed(article, block) for article, blocks in groups for block in blocks]
    return "\n\n".join(lines) + "\n", [frozenset([*blocks, *_byline(article)]) for article, blocks in groups]


def shapes(page: Page) -> list[Shape]:
    """The blocks of each article of a page that was read."""
    found: list[set[Block]] = [set() for _ in page.articles]
    for span in page.spans:
        if span.article is not None and span.kind in _BLOCKS:
            fragment = (span.position or 0) if span.paragraph else 0
            found[span.article].add(Block(span.kind, span.text, span.paragraph or 0, fragment))
    return [frozenset(blocks) for blocks in found]


def _put_down(dice: random.Random, article: Article) -> list[Block]:
    """The article's blocks in an order that OCR gives them: columns as they are, or the last ones first."""
    columns = _columns(dice, article)
    heading = [Block(kind, article.fields[kind].text) for kind in _HEADING if kind in article.fields]
    if "rubric" in article.fields:
        return _signed(dice, article, heading, columns)
    turn = dice.randrange(len(columns)) if dice.random() < 0.3 else 0
    columns = columns[turn:] + columns[:turn]
    place = 0 if dice.random() < 0.6 else dice.randint(0, len(columns))
    return [block for part in (*columns[:place], heading, *columns[place:]) for block in part]


def _byline(article: Article) -> list[Block]:
    return [Block("byline", article.fields["byline"].text)] if "byline" in article.fields else []


def _signed(dice: random.Random, article: Article, heading: list[Block], columns: list[list[Block]]) -> list[Block]:
    """A comment: rubric first, title and author before or after the text."""
    body = [block for column in columns for block in column]
    rubric = [Block("rubric", article.fields["rubric"].text)]
    title = [*heading, *_byline(article)]
    return [*rubric, *title, *body] if dice.random() < 0.5 else [*rubric, *body, *title]


def _columns(dice: random.Random, article: Article) -> list[list[Block]]:
    """The body set in lines of 12 to 17 characters and cut into columns of like height."""
    width, body = dice.randint(12, 17), article.text("body") or ""
    paragraphs = [(p.position, body[p.start : p.end]) for p in article.paragraphs]
    lines = [(position, line) for position, text in paragraphs for line in set_in_lines(text, width)]
    count = max(1, min(len(lines) // 4, round(len(body) / dice.randint(170, 320))))
    columns: list[list[Block]] = []
    fragments: dict[int, int] = {}
    for number in range(count):
        joined: dict[int, str] = {}
        for position, line in lines[number * len(lines) // count : (number + 1) * len(lines) // count]:
            joined[position] = joined.get(position, "") + line
        for position in joined:
            fragments[position] = fragments.get(position, 0) + 1
        columns.append([Block("body", text, position, fragments[position]) for position, text in joined.items()])
    return columns


def set_in_lines(text: str, width: int) -> Iterable[str]:
    """Lines of a paragraph: the first two characters short; no line begins or ends with a mark that may not."""
    at, room = 0, width - 2
    while at < len(text):
        end = min(len(text), at + room)
        while end < len(text) and text[end] in NOT_FIRST:
            end += 1
        while at + 1 < end < len(text) and (text[end - 1] in NOT_LAST or _splits_word(text, end)):
            end -= 1
        yield text[at:end]
        at, room = end, width


def _splits_word(text: str, at: int) -> bool:
    return text[at - 1 : at + 1].isascii() and text[at - 1 : at + 1].isalnum()


def _printed(article: Article, block: Block) -> str:
    """The block as a line of the file; a dateline stands before the first fragment, a reporter in brackets after it."""
    if block.kind == "headline":
        return f"{'' if 'rubric' in article.fields else '## '}{block.text}"
    is_lead = block.kind == "body" and (block.paragraph, block.fragment) == (1, 1)
    if not is_lead or "dateline" not in article.fields:
        return block.text
    byline = f"({article.fields['byline'].text})" if "byline" in article.fields else ""
    return f"**{article.fields['dateline'].text}** {byline}{block.text}"

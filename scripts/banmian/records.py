"""What flows between the stages.

Offsets are code points, counted from 0, end exclusive; lines and positions count from 1. Absent text is None, never ''.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say of a page in the reader's language; words/data/remarks.tsv has the sentence of each `kind`.

    `values` are what the sentence names: texts, numbers, lists of them, or remarks that are part of this one.
    """

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Correction:
    """An OCR error that the page itself proves: source[start:end] == printed, every field shows `corrected`."""

    start: int
    end: int
    printed: str
    corrected: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place that outside knowledge makes suspicious: published, never applied."""

    start: int
    end: int
    printed: str
    suspected: str | None
    reason: str
    status: str


@dataclass(frozen=True, slots=True)
class Span:
    """A run of the source.

    `article` is an index into Page.articles, `paragraph` the paragraph's position in it (1...), `position` the span's
    place among the spans of its paragraph or of its field (1...). Furniture, jumps, markup and blanks that belong to no
    article have article None.
    """

    start: int
    end: int
    kind: str
    article: int | None
    paragraph: int | None
    position: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """field[start:end] was printed at source[source_start:source_end]; lengths differ only where a correction is."""

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an article. `pieces` are in field order; a newline that joins spans or paragraphs has no piece."""

    text: str
    pieces: tuple[Piece, ...]

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """Where field[start:end] stands in the source: (offset of its first character, one past its last).

        Across a join the range may enclose other text, or end before it starts. A range that touches a correction takes
        in the whole of what was printed there. Raises ValueError where an end lies on a joining newline.
        """
        return self._source(start)[0], self._source(end - 1)[1]

    def _source(self, offset: int) -> tuple[int, int]:
        for piece in self.pieces:
            if piece.start <= offset < piece.end:
                if piece.end - piece.start != piece.source_end - piece.source_start:
                    return piece.source_start, piece.source_end
                at = piece.source_start + offset - piece.start
                return at, at + 1
        raise ValueError(f"offset {offset} of a field with {len(self.text)} characters has no place in the source")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """body[start:end] of an article; `kind` is paragraph or crosshead."""

    position: int
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """An article in reading order. `fields` holds only the fields that are present (keys from FIELDS)."""

    fields: Mapping[str, Field]
    paragraphs: tuple[Paragraph, ...]
    genre: str | None = None

    def text(self, field: str) -> str | None:
        """The text of a field; None where the article has none of it."""
        return self.fields[field].text if field in self.fields else None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an editor decided about lines of a page; `line`, `other` and those of `lines` are source offsets in them.

    `kind` is join (`other` goes on in the paragraph of `line`), paragraph (`other` begins the paragraph after it),
    apart (`other` does not follow `line`), begins (an article begins with `line`), article (`lines`, each with its
    kind, are an article, its text in this order and no other; `line` is the first, `other` the last), or a span kind:
    what `line` is. `other` of the last ones is a line of the same article.
    """

    kind: str
    line: int
    other: int | None
    reason: str
    lines: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """What the page that comes second does where the best one joins, begins a paragraph, or sees a heading.

    `kind` is join, paragraph or end (the article ends there), or what the line is instead. `start` is the source offset
    at which the text goes on, or at which the text of the heading's article begins (None: of no article).
    """

    kind: str
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How far a choice of the page stage can be trusted.

    `score` is its own score in log odds, `margin` the lead of the page over the best one without it (None: nothing else
    was possible), `runner_up` what that other page does there, `evidence` what speaks for the choice. `confidence` is
    the share of such choices that were right on pages with a known answer; those that are not `certain` are for an
    editor to look at.
    """

    score: float
    margin: float | None
    evidence: tuple[Remark, ...]
    runner_up: RunnerUp | None = None
    confidence: float = 1.0
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Join(Judgement):
    """That the fragment that ends at source offset `left_end` goes on at `right_start`."""

    left_end: int
    right_start: int


@dataclass(frozen=True, slots=True)
class Heading(Judgement):
    """That source[start:end], a line of this kind, belongs to Page.articles[article]."""

    article: int
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page put together: spans partition the source in order, articles stand in the order of their first span.

    `joins` are cuts inside paragraphs; `moves` lead from the end of a paragraph to the next one where that does not
    stand next in the file, or one of the two is broken off. `broken` are lines of text that look wrong where they
    stand: of kind begins or end the text of an article begins or ends there in the midst of a sentence, of kind body
    the line could as well be a heading. `unheeded` are the rulings that it does not follow.
    """

    spans: tuple[Span, ...]
    articles: tuple[Article, ...]
    joins: tuple[Join, ...]
    warnings: tuple[Remark, ...]
    moves: tuple[Join, ...] = ()
    headings: tuple[Heading, ...] = ()
    unheeded: tuple[Ruling, ...] = ()
    broken: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it is printed. `article` is an index into the articles given to the names stage.

    `name` is the key of its Person or Organization; role_start/role_end lie in the same field. `confidence` is the
    share of such mentions that are right, None for what only a second opinion found.
    """

    article: int
    field: str
    start: int
    end: int
    surface: str
    kind: str
    name: str
    role: str | None
    role_start: int | None
    role_end: int | None
    part: str | None
    rule: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Identity:
    """What an editor decided about who is who in the articles of an edition. `names` are keys of one `kind`.

    `decided` is same (of several names all are the first; a single one is one entity wherever it stands), different
    (several names stay apart; a single one is another entity, with the key `key`) or none (a single one is no name
    there). The last two hold in the articles in which one of `texts` stands, or, without any, in the whole edition.
    `line` is where the entry stands in editions.yml.
    """

    kind: str
    names: tuple[str, ...]
    decided: str
    texts: tuple[str, ...]
    key: str | None
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class Person:
    """`key` is the name; namesakes get a number (张伟, 张伟-2)."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Organization:
    """`name` is the full name, `key` the same (namesakes get a number).

    name_basis is printed (found so in the text) or expanded (by rule).
    """

    key: str
    name: str
    type: str
    name_basis: str


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name under which the text prints an entity. `kind` is person or organization, `entity` its key."""

    entity: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Position:
    """One office of one person, as one mention's role states it. `mention` is an index into Names.mentions."""

    person: str
    organization: str | None
    title: str
    basis: str | None
    mention: int


@dataclass(frozen=True, slots=True)
class Statement:
    """article body[start:end] is what the speaker of Names.mentions[mention] is reported to have said."""

    mention: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Names:
    """All that the names stage found in the articles of one edition, sorted by (article, field order, start)."""

    mentions: tuple[Mention, ...]
    people: tuple[Person, ...]
    organizations: tuple[Organization, ...]
    aliases: tuple[Alias, ...]
    positions: tuple[Position, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key that something bears or bore, as the record of keys has it: `kind` is one of KEY_KINDS.

    A page has its `edition` and `file`, an article its `page`, both how many characters they have and a `sample` of
    them (keys/samples.py); a person or organization its `name`, digests of what stands `at` its first mention
    (keys/places.py), and where its name does not tell whose key it is, some of the `articles` (keys) that mention it.
    What bears its key no more is `gone`: merged (into the one in `to`), split (into those in `to`) or withdrawn,
    `since` the seeds with this digest.
    """

    kind: str
    key: str
    edition: str | None = None
    file: str | None = None
    page: str | None = None
    characters: int = 0
    sample: tuple[int, ...] = ()
    name: str | None = None
    articles: tuple[str, ...] = ()
    at: tuple[int, ...] = ()
    gone: str | None = None
    to: tuple[str, ...] = ()
    since: str | None = None


# In the order of the record.
KEY_KINDS = ("edition", "page", "article", "organization", "person")

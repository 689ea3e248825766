"""Records -> rows. One Writer fills one new database, edition by edition, in one transaction."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from itertools import chain

from banmian.keys.former import FormerKey
from banmian.records import Article, Doubt, Mention, Names, Organization, Page, Remark
from banmian.seeds.facts import SHOWN
from banmian.seeds.formats import unpacked
from banmian.seeds.records import Edition, Missing, PageSource
from banmian.store.addresses import address
from banmian.store.candidates import candidate_rows
from banmian.store.counts import fill_counts, longest_cell
from banmian.store.doubts import doubts_of
from banmian.store.identities import Answers
from banmian.store.index import create_indexes, fill_indexes
from banmian.store.keys import KeyTables, former_rows
from banmian.store.merging import merge_names
from banmian.store.printed_names import printed_names
from banmian.store.readings import reading_rows
from banmian.store.reprints import fill_reprints
from banmian.store.schema import SCHEMA_VERSION, WITH_TEXT, create_tables, index_tables
from banmian.store.span_rows import span_rows
from banmian.store.warnings import warning_row
from banmian.words.keywords import Keyword
from banmian.words.phrases import Phrase
from banmian.words.signatures import Signature
from banmian.words.span_kinds import HEADINGS

Row = Sequence[str | int | float | None]
# How many rows a statement writes.
_AT_ONCE = 16


class Writer:
    """Writes editions into an empty database; `counts` are the rows written, table by table.

    `answers` gathers what editors decided about who is who, edition by edition; `keys` puts kept keys in their place.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.counts: Counter[str] = Counter()
        self.answers = Answers()
        self.keys = KeyTables(connection)
        self._people: dict[str, int] = {}
        self._organizations: dict[str, int] = {}
        self._printed: set[str] = set()
        self._aliases: set[tuple[str, int, str]] = set()
        self._phrases: dict[str, int] = {}
        self._signatures: dict[int, Signature] = {}
        create_tables(connection)
        create_indexes(connection)
        connection.execute("BEGIN")

    def add_edition(self, edition: Edition, pages: Sequence[Page], names: Names) -> None:
        """`pages` are edition.pages put together; `names` was found in their articles, counted through."""
        row = (getattr(edition, column) for column in _EDITION_COLUMNS)
        self._insert("editions", [(*row, edition.shown or SHOWN[0], address("editions", edition.id))])
        articles: list[tuple[int, str, Article]] = []
        doubts: dict[str, Sequence[Doubt]] = {}
        for position, (source, page) in enumerate(zip(edition.pages, pages, strict=True), 1):
            articles += self._add_page(source.id, edition.id, position, source, page)
            doubts[source.id] = source.doubts
        self._add_names(articles, names, doubts)

    def add_words(
        self, found: Sequence[Sequence[Keyword]], phrases: Sequence[Phrase], signatures: Sequence[Signature | None]
    ) -> None:
        """Of the edition written last the keywords and signature of each article, and the phrases that they share."""
        first = self.counts["articles"] - len(found) + 1
        self._signatures.update((number, one) for number, one in enumerate(signatures, first) if one)
        keywords: list[Row] = [
            (article_id, position, k.word, k.count, k.weight)
            for article_id, of_article in enumerate(found, first)
            for position, k in enumerate(of_article, 1)
        ]
        self._insert("keywords", keywords)
        new: list[Row] = []
        stands: list[Row] = []
        for phrase, places in phrases:
            number = self._phrases.setdefault(phrase, len(self._phrases) + 1)
            if number > self.counts["phrase_counts"] + len(new):
                new.append((number, len(phrase), 0, 0, first + places[0][0], places[0][1]))
            stands += ((number, first + n, at) for n, at in places)
        self._insert("phrase_counts", new)
        self._insert("phrase_places", stands)

    def add_warnings(self, found: Iterable[tuple[str, Remark]]) -> None:
        """Further warnings, each with the id of its page."""
        start = self.counts["warnings"] + 1
        self._insert("warnings", [(n, page, *warning_row(remark)) for n, (page, remark) in enumerate(found, start)])

    def add_missing(self, missing: Sequence[Missing]) -> None:
        """What is missing, once all editions are written."""
        self._insert("missing", [(number, *astuple(one)) for number, one in enumerate(missing, 1)])

    def add_identities(self) -> list[Remark]:
        """What is surely one put together, what editors decided about who is who, and what they should look at.

        Returns what no longer applies.
        """
        index_tables(self.connection)
        for table in merge_names(self.connection, self.answers.apart()):
            (self.counts[table],) = self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        (last,) = self.connection.execute("SELECT coalesce(max(id), 0) FROM aliases").fetchone()
        self._insert("aliases", [(number, *row) for number, row in enumerate(printed_names(self.connection), last + 1)])
        self._insert("identity_answers", self.answers.rows())
        self._insert("identity_candidates", candidate_rows(self.connection, self.answers))
        return self.answers.stale()

    def add_former(self, former: Sequence[FormerKey]) -> None:
        """Say what became of keys that nothing bears any more."""
        self._insert("former_keys", former_rows(former))

    def finish(self, build_info: dict[str, str]) -> None:
        """Index everything and say what was built.

        The rows written, and the characters of the longest cell, by which the site sets its limits, are part of
        build_info.
        """
        self.counts.update(fill_counts(self.connection))
        self.counts["reprints"] = fill_reprints(self.connection, self._signatures)
        fill_indexes(self.connection)
        views = {view: self.counts[table] for table, view in WITH_TEXT.items()}
        counted = {f"rows in {name}": str(count) for name, count in {**self.counts, **views}.items()}
        counted["longest cell"] = str(longest_cell(self.connection))
        self._insert("build_info", sorted({"schema_version": SCHEMA_VERSION, **build_info, **counted}.items()))
        self.connection.execute("COMMIT")

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        """Several rows a statement: one by one they take half as long again, and twice that by sqlite-utils."""
        whole = len(rows) - len(rows) % _AT_ONCE
        for block, part in ((_AT_ONCE, rows[:whole]), (1, rows[whole:])):
            if part:
                marks = ", ".join([f"({', '.join('?' * len(part[0]))})"] * block)
                cells = chain.from_iterable(part)
                statements = zip(*[cells] * len(part[0]) * block, strict=True)
                self.connection.executemany(f"INSERT INTO {table} VALUES {marks}", statements)
        self.counts[table] += len(rows)

    def _add_page(
        self, page_id: str, edition_id: str, position: int, source: PageSource, page: Page
    ) -> list[tuple[int, str, Article]]:
        text = source.text
        lines = text.count("\n") + (not text.endswith("\n"))
        ordinal = self.counts["pages"] + 1
        row = (page_id, edition_id, ordinal, position)
        names = (source.number, source.number_basis, source.name, source.name_basis)
        form = (source.form, source.part, hashlib.sha256(text.encode()).hexdigest() if source.geometry else None)
        self._insert(
            "pages", [(*row, *names, source.file, source.sha256, len(text), lines, *form, address("pages", page_id))]
        )
        self._insert("source_lines", [(page_id, *line) for line in unpacked(source.geometry)])
        first = self.counts["articles"] + 1
        paragraph_ids = self._add_articles(page_id, page.articles, source.apart.urls if source.apart else ())
        self._insert("span_places", list(span_rows(ordinal, source, page, first, paragraph_ids)))
        for table, rows in reading_rows(source, page, first, paragraph_ids).items():
            self._insert(table, rows)
        self._add_curated(page_id, source, page, first)
        self.add_warnings((page_id, remark) for remark in page.warnings)
        return [(number, page_id, article) for number, article in enumerate(page.articles, first)]

    def _add_articles(
        self, page_id: str, articles: Sequence[Article], urls: Sequence[str | None]
    ) -> list[dict[int, int]]:
        """Write the articles of a page; of each the ids of its paragraphs by position."""
        rows: list[Row] = []
        paragraphs: list[Row] = []
        ids: list[dict[int, int]] = []
        start = self.counts["paragraph_places"] + 1
        for position, article in enumerate(articles, 1):
            number, key = self.counts["articles"] + position, f"{page_id}-{position}"
            headings = [article.text(name) for name in HEADINGS]
            characters = sum(len(field.text) for field in article.fields.values())
            row = (number, key, page_id, position, *headings, article.text("body") or "", article.genre, characters)
            rows.append((*row, urls[position - 1] if urls else None, address("articles", key)))
            ids.append({p.position: n for n, p in enumerate(article.paragraphs, start + len(paragraphs))})
            paragraphs += (
                (ids[-1][p.position], number, p.position, p.kind, p.start, p.end) for p in article.paragraphs
            )
        self._insert("articles", rows)
        self._insert("paragraph_places", paragraphs)
        return ids

    def _add_curated(self, page_id: str, source: PageSource, page: Page, first: int) -> None:
        def article_at(offset: int) -> int | None:
            inside = [span.article for span in page.spans if span.start <= offset < span.end]
            return first + inside[0] if inside and inside[0] is not None else None

        self._insert(
            "corrections",
            [(page_id, c.start, c.end, article_at(c.start), c.printed, c.corrected, c.reason)
             for c in source.corrections],
        )  # fmt: skip
        self._insert(
            "doubts",
            [(page_id, d.start, d.end, article_at(d.start), d.printed, d.suspected, d.reason, d.status)
             for d in source.doubts],
        )  # fmt: skip

    def _add_names(
        self, articles: Sequence[tuple[int, str, Article]], names: Names, doubts: Mapping[str, Sequence[Doubt]]
    ) -> None:
        people: list[Row] = []
        for person in names.people:
            if person.key not in self._people:
                number = self._people[person.key] = len(self._people) + 1
                people.append((number, person.key, person.name, 0, 0, 0, 0, None, address("people", person.key)))
        self._insert("people", people)
        self._add_organizations(names.organizations)
        for alias in names.aliases:
            ids = self._people if alias.kind == "person" else self._organizations
            self._add_alias(alias.kind, ids[alias.entity], alias.name)
        first_mention = self.counts["mentions"] + 1
        rows = [self._mention_row(n, articles, mention) for n, mention in enumerate(names.mentions, first_mention)]
        self._insert("mentions", rows)
        touched: list[Row] = []
        for number, mention in enumerate(names.mentions, first_mention):
            _, page_id, article = articles[mention.article]
            if doubts[page_id]:
                touching = doubts_of(mention, article.fields[mention.field], doubts[page_id])
                touched += [(number, page_id, doubt.start, what) for doubt, what in touching]
        self._insert("mention_doubts", touched)
        self._add_claims(articles, names, first_mention)

    def _mention_row(self, number: int, articles: Sequence[tuple[int, str, Article]], mention: Mention) -> Row:
        article_id, page_id, article = articles[mention.article]
        is_person = mention.kind == "person"
        person = self._people[mention.name] if is_person else None
        organization = None if is_person else self._organizations[mention.name]
        source_range = article.fields[mention.field].source_range(mention.start, mention.end)
        row = (number, page_id, article_id, mention.kind, person, organization, mention.field, mention.start)
        printed = (mention.end, mention.surface, *source_range, mention.role, mention.part)
        return (*row, *printed, mention.rule, mention.confidence)

    def _add_organizations(self, organizations: Sequence[Organization]) -> None:
        new: list[Row] = []
        printed: list[str] = []
        for one in organizations:
            if one.key not in self._organizations:
                number = self._organizations[one.key] = len(self._organizations) + 1
                row = (number, one.key, one.name, one.type, one.name_basis, 0, 0, 0)
                new.append((*row, address("organizations", one.key)))
            elif one.name_basis == "printed" and one.key not in self._printed:
                # Another edition prints in full what this one had to expand.
                printed.append(one.key)
            if one.name_basis == "printed":
                self._printed.add(one.key)
        self._insert("organizations", new)
        sql = "UPDATE organizations SET name_basis = 'printed' WHERE key = ?"
        self.connection.executemany(sql, [[key] for key in printed])

    def _add_alias(self, kind: str, entity_id: int, name: str) -> None:
        if (kind, entity_id, name) not in self._aliases:
            self._aliases.add((kind, entity_id, name))
            entity = (entity_id, None) if kind == "person" else (None, entity_id)
            self._insert("aliases", [(len(self._aliases), *entity, name, kind)])

    def _add_claims(self, articles: Sequence[tuple[int, str, Article]], names: Names, first_mention: int) -> None:
        """What the names are said to be and to have said: positions and statements."""
        places: Counter[int] = Counter()
        rows: list[Row] = []
        for number, position in enumerate(names.positions, self.counts["positions"] + 1):
            places[position.mention] += 1
            organization = self._organizations[position.organization] if position.organization else None
            article_id = articles[names.mentions[position.mention].article][0]
            row = (number, self._people[position.person], organization, position.title, position.basis, article_id)
            rows.append((*row, first_mention + position.mention, places[position.mention]))
        self._insert("positions", rows)
        rows = []
        for number, statement in enumerate(names.statements, self.counts["statement_places"] + 1):
            mention = names.mentions[statement.mention]
            claim = (number, articles[mention.article][0], self._people[mention.name])
            rows.append((*claim, first_mention + statement.mention, statement.start, statement.end))
        self._insert("statement_places", rows)


_EDITION_COLUMNS = (
    *("id", "newspaper", "newspaper_basis", "date", "date_earliest", "date_latest", "date_basis"),
    *("city", "city_basis", "language", "rights", "note"),
    *("issn", "cn", "issue", "variant", "holder", "pages_expected"),
)

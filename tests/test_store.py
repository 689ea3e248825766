"""What the database promises: every character once, every name where it was printed, an index that agrees."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from banmian.store import CheckError, check_database
from banmian.store.checks import check_fresh
from banmian.words.keywords import MEDIAN, keywords
from banmian.words.phrases import shared_phrases
from banmian.words.span_kinds import FIELDS
from gold_page import SEED, seed_text


@pytest.fixture
def connection(edition_db: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{edition_db}?mode=ro", uri=True)
    yield connection
    connection.close()


def test_the_spans_spell_the_file(connection: sqlite3.Connection) -> None:
    spans = connection.execute('SELECT start, "end", text FROM source_spans ORDER BY start').fetchall()
    assert [start for start, _, _ in spans] == [0] + [end for _, end, _ in spans[:-1]]
    assert "".join(text for _, _, text in spans).encode() == SEED.read_bytes()


def test_every_mention_slices_its_field_and_its_source(connection: sqlite3.Connection) -> None:
    text, count = seed_text(), 0
    for field in FIELDS:
        rows = connection.execute(
            f"""SELECT surface, {field}, start, "end", source_start, source_end FROM mentions
                JOIN articles ON articles.id = article_id WHERE field = ?""",
            [field],
        )
        for surface, value, start, end, source_start, source_end in rows:
            assert value[start:end] == surface
            assert text[source_start:source_end].replace("\n", "") == surface
            count += 1
    assert count == connection.execute("SELECT count(*) FROM mentions").fetchone()[0] > 90


def test_paragraphs_make_up_the_body(connection: sqlite3.Connection) -> None:
    for article_id, body in connection.execute("SELECT id, body FROM articles"):
        rows = connection.execute(
            'SELECT text, start, "end" FROM paragraphs WHERE article_id = ? ORDER BY position', [article_id]
        ).fetchall()
        assert "\n".join(text for text, _, _ in rows) == body
        assert all(body[start:end] == text for text, start, end in rows)


def test_the_fragments_of_a_paragraph_in_their_order_spell_it_where_nothing_is_corrected(
    connection: sqlite3.Connection,
) -> None:
    rows = connection.execute(
        """SELECT paragraphs.text, group_concat(spans.text, '') FROM paragraphs
           JOIN (SELECT * FROM source_spans ORDER BY paragraph_id, position) AS spans
           ON spans.paragraph_id = paragraphs.id
           GROUP BY paragraphs.id"""
    ).fetchall()
    assert len(rows) == 26
    assert [printed.replace(" and ", "和") for _, printed in rows] == [text for text, _ in rows]


def test_no_text_is_empty_but_a_body(connection: sqlite3.Connection) -> None:
    tables = [
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT'")
    ]
    assert len(tables) > 12
    for table in tables:
        for column in [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]:
            (empty,) = connection.execute(f"SELECT count(*) FROM {table} WHERE \"{column}\" = ''").fetchone()
            assert not empty or (table, column) == ("articles", "body")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("DELETE FROM keywords WHERE article_id = 1 AND position = 1", "keywords has"),
        ("UPDATE mentions SET person_id = 9999 WHERE kind = 'person'", "points to nothing in people"),
        ("UPDATE articles SET body = body || '增' WHERE id = 1", "the index of articles and its text differ"),
        ("INSERT INTO people_fts (people_fts) VALUES ('delete-all')", "the index of people and its text differ"),
        ("UPDATE span_places SET text = replace(text, '上', '下')", "the spans do not spell the file"),
        ('UPDATE mentions SET start = start + 1, "end" = "end" + 1 WHERE field = \'body\'', "do not slice its surface"),
        ('UPDATE statement_places SET "end" = "end" + 10000', "its offsets lead out of the body"),
    ],
)
def test_damage_is_found(edition_db: Path, tmp_path: Path, damage: str, message: str) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(edition_db, copy)
    connection = sqlite3.connect(copy, isolation_level=None)
    tables = [row[0][8:] for row in connection.execute("SELECT name FROM build_info WHERE name LIKE 'rows in %'")]
    counts = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    check_database(connection, counts)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(damage)
    with pytest.raises(CheckError, match=message):
        check_database(connection, counts)
    connection.close()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("DELETE FROM keywords WHERE article_id = 1 AND position = 1", "keywords has"),
        ("UPDATE mentions SET person_id = 9999 WHERE kind = 'person'", "points to nothing in people"),
        ("UPDATE span_places SET text = replace(text, '上', '下')", "the spans do not spell the file"),
        ('UPDATE mentions SET start = start + 1, "end" = "end" + 1 WHERE field = \'body\'', "do not slice its surface"),
        ('UPDATE statement_places SET "end" = "end" + 10000', "its offsets lead out of the body"),
        ("DELETE FROM articles_fts_data WHERE id = (SELECT max(id) FROM articles_fts_data)", "and its text differ"),
    ],
)
def test_damage_is_found_where_only_one_page_was_made_anew(
    edition_db: Path, tmp_path: Path, damage: str, message: str
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(edition_db, copy)
    connection = sqlite3.connect(copy, isolation_level=None)
    (keywords,) = connection.execute("SELECT count(*) FROM keywords").fetchone()
    pages = [page for (page,) in connection.execute("SELECT id FROM pages")]
    check_fresh(connection, {"keywords": keywords}, pages)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(damage)
    with pytest.raises(CheckError, match=message):
        check_fresh(connection, {"keywords": keywords}, pages)
    connection.close()


@pytest.mark.parametrize(
    ("bodies", "phrases"),
    [
        (["甲乙丙丁戊己庚辛", "子丑甲乙丙丁戊己庚寅"], {"甲乙丙丁戊己庚": [(0, 0), (1, 2)]}),
        (["甲乙丙丁戊己", "甲乙丙丁戊己"], {}),
        (["甲乙丙丁戊己庚" * 2], {}),
        (["说,甲乙丙丁戊己庚。", "道,甲乙丙丁戊己庚。"], {"甲乙丙丁戊己庚": [(0, 2), (1, 2)]}),
        (["甲乙丙丁\n戊己庚辛", "甲乙丙丁\n戊己庚辛"], {}),
        (["做到“甲乙丙丁戊”,好", "做到“甲乙丙丁戊”,坏"], {"做到“甲乙丙丁戊”": [(0, 0), (1, 0)]}),
    ],
)
def test_shared_phrases(bodies: list[str], phrases: dict[str, list[tuple[int, int]]]) -> None:
    assert dict(shared_phrases(bodies)) == phrases


def test_keywords_are_weighed_as_jieba_does() -> None:
    import jieba.analyse

    text = "植树活动今天启动,植树造林从今天开始,市民参加植树活动,林业部门提供树苗。"
    found = keywords([text])[0]
    expected = {keyword.word: keyword.weight for keyword in found}
    assert found[0].word == "植树"
    assert jieba.analyse.default_tfidf.idf_loader.get_idf()[1] == pytest.approx(MEDIAN)
    frequencies = jieba.analyse.default_tfidf.idf_loader.get_idf()[0]
    total = sum(keyword.count for keyword in found)
    assert expected == {
        k.word: pytest.approx(k.count * frequencies.get(k.word, MEDIAN) / total, abs=1e-4) for k in found
    }

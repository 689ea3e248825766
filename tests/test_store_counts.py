"""What a build counts is what is there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from banmian.store.schema import WITH_TEXT
from conftest import run_build

PAGES = (
    "# 首班地铁提前一刻钟\n\n本报讯 市长李建国昨天说,首班地铁从下月起提前一刻钟。李建国表示,市交通局已有准备。\n",
    "# 市长李建国看望老人\n\n本报讯 市长李建国昨天看望老人。市民政局局长陈芳参加。首班地铁从下月起提前一刻钟。\n"
    "【编辑:周敏】\n",
)
# (what the build counted, what is there)
COUNTED = {
    "people": (
        "SELECT id, mentions, articles, in_headings, signed FROM people WHERE mentions > 0",
        "SELECT person_id, count(*), count(DISTINCT article_id), sum(field <> 'body'),"
        " sum(coalesce(part, '') IN ('reporter', 'author', 'editor')) FROM mentions"
        " WHERE person_id IS NOT NULL GROUP BY person_id",
    ),
    "organizations": (
        "SELECT id, mentions, articles, in_headings FROM organizations WHERE mentions > 0",
        "SELECT organization_id, count(*), count(DISTINCT article_id), sum(field <> 'body') FROM mentions"
        " WHERE organization_id IS NOT NULL GROUP BY organization_id",
    ),
    "phrases": (
        "SELECT phrase, characters, articles, places, article_id FROM phrases",
        'SELECT phrase, "end" - start, count(DISTINCT article_id), count(*), min(article_id)'
        " FROM shared_phrases GROUP BY phrase",
    ),
    "rules": (
        "SELECT kind, rule, mentions, confirmed FROM rules",
        "SELECT kind, rule, count(*), avg((SELECT count(*) FROM mentions AS m WHERE m.kind = mentions.kind AND"
        " coalesce(m.person_id, m.organization_id) = coalesce(mentions.person_id, mentions.organization_id)) > 1)"
        " FROM mentions GROUP BY kind, rule",
    ),
    "span_counts": (
        "SELECT edition_id, kind, in_article, spans, characters FROM span_counts",
        'SELECT edition_id, kind, article_id IS NOT NULL, count(*), sum("end" - start)'
        " FROM source_spans JOIN pages ON pages.id = page_id GROUP BY 1, 2, 3",
    ),
    "article_names": (
        "SELECT article_id, value FROM article_names, json_each(names)",
        "SELECT DISTINCT article_id, iif(kind = 'person', person_id, -organization_id) FROM mentions",
    ),
    "names_to_check": (
        "SELECT mention_id FROM names_to_check",
        "SELECT min(id) FROM mentions GROUP BY kind, person_id, organization_id HAVING count(*) = 1",
    ),
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    """Two pages of one edition and one of another, with names and a phrase in common."""
    folder = tmp_path_factory.mktemp("counted")
    (folder / "seeds").mkdir()
    for name, text in zip("abc", (*PAGES, PAGES[0].replace("李建国", "赵立")), strict=True):
        (folder / "seeds" / f"{name}.txt").write_text(text, "utf-8")
    (folder / "seeds" / "editions.yml").write_text(
        "editions:\n- id: one\n  city: 杭州市\n  pages:\n  - file: a.txt\n  - file: b.txt\n", "utf-8"
    )
    result = run_build(folder / "seeds", folder / "build")
    assert result.returncode == 0, result.stderr
    return sqlite3.connect(f"file:{folder / 'build' / 'edition.db'}?mode=ro", uri=True)


@pytest.mark.parametrize("table", COUNTED)
def test_what_is_counted_is_there(database: sqlite3.Connection, table: str) -> None:
    counted, there = (sorted(database.execute(sql).fetchall()) for sql in COUNTED[table])
    assert counted
    assert counted == there


def test_rows_of_views_with_text_are_counted_as_those_of_tables(edition_db: Path) -> None:
    connection = sqlite3.connect(f"file:{edition_db}?mode=ro", uri=True)
    said = dict(connection.execute("SELECT name, value FROM build_info WHERE name LIKE 'rows in %'"))
    for view in WITH_TEXT.values():
        (rows,) = connection.execute(f"SELECT count(*) FROM {view}").fetchone()
        assert rows == int(said[f"rows in {view}"]) > 0, view

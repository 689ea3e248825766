"""The table of span kinds is the only list of them: what can't ask it is held to it here."""

from __future__ import annotations

import ast
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from banmian.names import read_names
from banmian.page import lexicon, read_page
from banmian.page.kinds import kind_features
from banmian.page.marks import read_unit
from banmian.page.source import read_lines
from banmian.records import Article, Field, Page, Paragraph, Piece, Ruling, Span
from banmian.seeds import Edition, PageSource
from banmian.store import new_database
from banmian.store.schema import create_tables
from banmian.words.span_kinds import FIELDS, HEADINGS, SPAN_KINDS, STATED
from conftest import ROOT
from published import Published

SITE = ROOT / "scripts" / "banmian" / "site"
# Kinds that stand in the text of an article, but for its paragraphs.
SHOWN = [name for name, kind in SPAN_KINDS.items() if not kind.loose and name != "body"]
# What may name several kinds: the table, and how kinds are recognized.
RECOGNITION = ("words/span_kinds.py", "page/article.py", "page/kinds.py", "page/forms.py")


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        ("span_places", tuple(SPAN_KINDS)),
        ("rulings", ("join", "paragraph", "apart", *STATED)),
        (
            "paragraph_places",
            ("paragraph", *(name for name, kind in SPAN_KINDS.items() if kind.paragraph and name != "body")),
        ),
    ],
)
def test_the_database_takes_these_kinds_and_no_others(table: str, kinds: tuple[str, ...]) -> None:
    connection = sqlite3.connect(":memory:")
    create_tables(connection)
    columns = [row[1:4] for row in connection.execute(f"PRAGMA table_info({table})")]
    refused = []
    for number, kind in enumerate((*kinds, "nonsense")):
        values = {"kind": kind, "text": "字", "start": number, "end": number + 1, "applied": 1, "certain": 1}
        values["body_start"] = None
        row = [values.get(name, number if of == "INTEGER" else str(number)) for name, of, _ in columns]
        try:
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        except sqlite3.IntegrityError as error:
            refused.append((kind, str(error).partition(":")[0]))
    assert refused == [("nonsense", "CHECK constraint failed")]


def test_every_field_is_a_column_and_searched(edition_db: Path) -> None:
    connection = sqlite3.connect(f"file:{edition_db}?mode=ro", uri=True)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(articles)")]
    assert [name for name in columns if name in SPAN_KINDS] == [*HEADINGS, "body"]
    assert {row[1] for row in connection.execute("PRAGMA table_info(articles_fts)")} == set(FIELDS)


def test_descriptions_name_every_kind() -> None:
    tables = yaml.safe_load((ROOT / "metadata.yml").read_text("utf-8"))["databases"]["edition"]["tables"]
    described = tables["source_spans"]["columns"]["kind"]
    assert [name for name, kind in SPAN_KINDS.items() if f"`{name}` {kind.chinese}" not in described] == []
    assert [name for name in FIELDS if name not in tables["mentions"]["columns"]["field"]] == []
    assert [name for name in FIELDS if SPAN_KINDS[name].chinese not in tables["articles"]["columns"][name]] == []


def test_the_editors_guide_names_what_can_be_stated() -> None:
    (line,) = re.findall(r"as: crosshead +# or (.*)", (ROOT / "seeds" / "README.md").read_text("utf-8"))
    assert ["crosshead", *line.split(", ")] == ["crosshead", *(name for name in STATED if name != "crosshead")]


def published(folder: Path, text: str, page: Page) -> Published:
    """The site of this page."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = PageSource("port-1", "port.txt", text, digest, None, None, None, None, (), ())
    with new_database(folder) as new:
        new.writer.add_edition(Edition("port", (source,)), [page], read_names(page.articles, None))
        new.writer.finish({"version": "test"})
        new.publish(folder / "edition.db")
    return Published(folder / "edition.db")


def test_all_that_an_article_holds_is_shown_in_a_style_of_its_own(tmp_path: Path) -> None:
    """A page of one article that has a line of each kind, named after it."""
    kinds = [name for name in SHOWN if name != "crosshead"]
    text = "".join(f"{name}\n" for name in (*kinds, "crosshead", "body"))
    starts = {name: text.index(f"{name}\n") for name in (*kinds, "crosshead", "body")}
    spans = []
    for name, start in starts.items():
        end, paragraph = start + len(name), {"crosshead": 1, "body": 2}.get(name)
        spans += [Span(start, end, name, 0, paragraph, 1, name), Span(end, end + 1, "blank", None, None, None, "\n")]
    pieces = {name: (Piece(0, len(name), starts[name], starts[name] + len(name)),) for name in HEADINGS}
    fields = {name: Field(name, pieces[name]) for name in HEADINGS}
    at = starts["crosshead"]
    fields["body"] = Field("crosshead\nbody", (Piece(0, 9, at, at + 9), Piece(10, 14, at + 10, at + 14)))
    article = Article(fields, (Paragraph(1, "crosshead", 0, 9), Paragraph(2, "paragraph", 10, 14)))
    site = published(tmp_path, text, Page(tuple(spans), (article,), (), ()))
    shown = site.get("/edition/articles/1").text
    site.close()
    style = (SITE / "static" / "site.css").read_text("utf-8")
    assert [kind for kind in SHOWN if not re.search(rf'class="{kind}"[^>]*>(?:<[^>]*>)*{kind}<', shown)] == []
    assert [kind for kind in SHOWN if not re.search(rf"\.{kind}\b", style)] == []


def test_kinds_that_are_weighed_have_weights() -> None:
    weights = lexicon.weights()
    assert [name for name, kind in SPAN_KINDS.items() if kind.heading and f"{name} bias" not in weights] == []
    (line,) = read_lines("春耕", ())
    assert {name.removeprefix("short ") for name in kind_features(read_unit(line))} <= set(SPAN_KINDS)


def restated(path: Path) -> Iterator[str]:
    """Literals that name four kinds or more."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
            parts = [part for part in (node.keys if isinstance(node, ast.Dict) else node.elts) if part]
            names = {part.value for part in parts if isinstance(part, ast.Constant)} & set(SPAN_KINDS)
            if len(names) > 3:
                yield f"{path.name}:{node.lineno}: {', '.join(sorted(map(str, names)))}"


def test_no_other_module_lists_kinds() -> None:
    library = ROOT / "scripts" / "banmian"
    assert list(restated(library / "words/span_kinds.py"))
    recognition = [library / name for name in RECOGNITION]
    asking = [path for path in sorted((ROOT / "scripts").rglob("*.py")) if path not in recognition]
    assert [place for path in asking for place in restated(path)] == []
    for script in sorted((library / "store").glob("*.sql")):
        assert not re.search(r"'headline'|'furniture'", script.read_text("utf-8")), script


HARBOUR = [
    "## 新航线开通",
    "昨天上午,首班货轮从北港码头启航。",
    "| 港口 | **航程** |",
    "| 南港 | 12天 |",
    "全程比过去缩短十二天。",
]
ORCHESTRA = ["## 乐团下月来访", "市交响乐团下月来访,演出三场。"]


def with_table() -> tuple[str, Page]:
    """A page with a table of two lines, as an editor states it, and an article after it."""
    text = "\n\n".join([*HARBOUR, *ORCHESTRA]) + "\n"
    rulings = [Ruling("table", text.index(line), None, "a test") for line in HARBOUR if line.startswith("|")]
    return text, read_page(text, (), rulings)


def test_a_table_is_kept_with_its_article_and_joined_into_no_sentence() -> None:
    text, page = with_table()
    assert "".join(span.text for span in page.spans) == text
    tables = [span for span in page.spans if span.kind == "table"]
    assert [(span.text, span.article, span.paragraph, span.position) for span in tables] == [
        (HARBOUR[2], 0, None, 1),
        (HARBOUR[3], 0, None, 2),
    ]
    assert page.articles[0].text("body") == f"{HARBOUR[1]}\n{HARBOUR[4]}"
    assert "table" not in page.articles[0].fields
    assert not page.warnings


def test_a_page_of_a_table_alone_has_no_article() -> None:
    page = read_page("| 港口 | 航程 |\n", (), [Ruling("table", 0, None, "a test")])
    assert page.articles == ()
    assert [(span.kind, span.article, span.position) for span in page.spans][:1] == [("table", None, None)]


def test_a_table_is_shown_below_the_text(tmp_path: Path) -> None:
    site = published(tmp_path, *with_table())
    shown = site.get("/edition/articles/1").text
    site.close()
    assert "<tr><td>港口</td><td>**航程**</td></tr><tr><td>南港</td><td>12天</td></tr>" in shown
    assert f"<pre>{HARBOUR[2]}\n{HARBOUR[3]}</pre>" in shown

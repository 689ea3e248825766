"""The words of the site's pages: in one table, in both languages, all of them used and none beside it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from banmian.records import Remark
from banmian.site import errors, messages
from banmian.site.messages import Say, brief, plain, remarked
from banmian.words.remarks import chinese, english
from banmian.words.sentences import Sentence
from conftest import ROOT
from languages import page_in
from markupsafe import Markup

NO_HEADLINE, OPENS = Remark("no_headline"), Remark("opens")
SITE = ROOT / "scripts" / "banmian" / "site"
TEMPLATES = sorted((SITE / "templates").glob("*.html"))
MODULES = sorted(SITE.rglob("*.py"))
HAN = re.compile("[\u3400-\u9fff]")
# What stands in templates as it is: names of things, and SQL.
NAMES = {"Atom", "Banmian", "CSV", "Datasette", "JSON", "SQL", "db", "ms", "select", "from", "sqlite_version", "XLSX"}
# Attributes that a reader sees or hears, and what a button says.
SEEN = re.compile(r'\b(?:title|aria-label|placeholder|alt|value|content)="([^"{}<>]*)"')
# Values that only browsers and Datasette read.
UNSEEN = {"1", "light dark", "noindex", "width=device-width, initial-scale=1"}
# Sections whose messages are asked for by the codes of the database.
SECTIONS = re.compile(r'(?:say\.code|coded)\("(\w+)"')
# Words that begin SQL, not sentences.
SQL = re.compile(r"\s*(SELECT|WITH|FROM|WHERE|PRAGMA|ORDER|JOIN|LIMIT)\b|\W*(?-i:AS|CAST)\b", re.IGNORECASE)
SENTENCE = re.compile(r"[A-Za-z']{2,}(?: [A-Za-z']+){2,}")


def values(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_each_message_is_there_in_both_languages_with_the_same_values() -> None:
    def is_right(key: str, message: Sentence) -> bool:
        in_english = values(message.english)
        return bool(
            re.fullmatch(r"[a-z]+\.[a-z_ ]+", key)
            and message.chinese.strip(" ")
            and message.english.strip(" ")
            and values(message.chinese) == in_english
            and (message.one is None or (values(message.one) == in_english and "count" in in_english))
            and not HAN.search(re.sub("[(（].*?[)）]|市长", "", message.english))
        )

    assert len(messages.messages()) > 500
    assert [(key, message) for key, message in messages.messages().items() if not is_right(key, message)] == []


def test_no_key_stands_twice() -> None:
    lines = (SITE / "data" / "messages.tsv").read_text("utf-8").splitlines()
    keys = [line.split("\t")[0] for line in lines if line and not line.startswith("# ")]
    assert len(keys) == len(set(keys))


def asked() -> set[str]:
    """The keys that templates and modules ask for: every literal that begins with the name of a section."""
    sections = {key.split(".")[0] for key in messages.messages()}
    text = "\n".join(path.read_text("utf-8") for path in [*TEMPLATES, *MODULES])
    text += (SITE / "data" / "refusals.tsv").read_text("utf-8").replace("\t", '"').replace("\n", '"')
    literals = set(re.findall(r"""["']([a-z]+\.[a-z_]+)["']""", text))
    return {
        key for key in literals if key.split(".")[0] in sections and not key.endswith((".html", ".css", ".js", ".tsv"))
    }


def test_each_key_is_asked_for_and_there() -> None:
    text = "\n".join(path.read_text("utf-8") for path in [*TEMPLATES, *MODULES])
    sections = set(SECTIONS.findall(text))
    by_code = {key for key in messages.messages() if key.split(".")[0] in sections}
    assert asked() == set(messages.messages()) - by_code


def without_comments(template: str) -> str:
    """The template without comments and names of classes."""
    return re.sub(r"\{#.*?#\}|\{% block body_class %\}.*?\{% endblock %\}", "", template, flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_stands_in_a_template(path: Path) -> None:
    template = without_comments(path.read_text("utf-8"))
    assert HAN.findall(template) == []
    # Literals in expressions, but for classes, paths, SQL and names of columns: several words apart by spaces.
    for expression in re.findall(r"\{[{%].*?[%}]\}", template, re.DOTALL):
        for literal in re.findall(r'"([^"]*)"|\'([^\']*)\'', expression):
            found = "".join(literal)
            assert not SENTENCE.search(found) or SQL.match(found), found
    plain_html = re.sub(r"\{[{%].*?[%}]\}", "\0", template, flags=re.DOTALL)
    # What a button of the editor's desk sends.
    plain_html = re.sub(r'name="act" value="[^"]*"', "", plain_html)
    for value in SEEN.findall(plain_html.replace("\0", "")):
        assert not re.search("[A-Za-z]", value) or value in UNSEEN | NAMES, value
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>|[\w-]+=\"[^\"]*\"", "\0", plain_html, flags=re.DOTALL)
    words = re.findall(r"[A-Za-z_]+", re.sub(r"&\w+;", "", text))
    assert set(words) <= NAMES, words


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_sentence_stands_in_a_module(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            assert not HAN.search(node.value), node.value
            assert not SENTENCE.search(node.value) or SQL.match(node.value) or "SELECT" in node.value, node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_how_remarks_stand_on_pages_is_decided_with_the_messages(path: Path) -> None:
    assert "in_both" not in path.read_text("utf-8")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of a few messages."""
    table = {
        "a.mayor": Sentence("如市长", "such as 市长 (mayor)"),
        "a.found": Sentence("共{count}篇:`{query}`", "{count} articles: `{query}`", "{count} article: `{query}`"),
        "a.same": Sentence("SQL", "SQL"),
    }
    monkeypatch.setattr(messages, "messages", lambda: table)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("said", "both", "chinese", "english"),
    [
        (
            lambda: Say()("a.found", count=2, query="甲"),
            "共2篇:<code>甲</code>",
            "共2篇:<code>甲</code>",
            "2 articles: <code>甲</code>",
        ),
        (
            lambda: Say()("a.found", count=1, query=Markup("<b>")),
            "共1篇:<code><b></code>",
            "共1篇:<code><b></code>",
            "1 article: <code><b></code>",
        ),
        (
            lambda: Say()("a.found", count=Markup("<b>1</b>"), query="甲"),
            *["共<b>1</b>篇:<code>甲</code>"] * 2,
            "<b>1</b> article: <code>甲</code>",
        ),
        (
            lambda: Say()("a.found", count=2, query="<b>{x}"),
            "共2篇:<code>&lt;b&gt;{x}</code>",
            "共2篇:<code>&lt;b&gt;{x}</code>",
            "2 articles: <code>&lt;b&gt;{x}</code>",
        ),
        (lambda: Say()("a.same"), "SQL", "SQL", "SQL"),
        (lambda: Say()("a.mayor"), "如市长", "如市长", 'such as <span lang="zh">市长</span> (mayor)'),
        (lambda: Say().code("a", "same"), "SQL", "SQL", "SQL"),
        (lambda: Say().code("a", "<other>"), *["&lt;other&gt;"] * 3),
        (lambda: Say().code("a", "other", "≥"), *["≥"] * 3),
        (lambda: Say().kind("headline"), "主题", "主题", "headline"),
        (
            lambda: plain("a.found", count=1, query="<b>"),
            "共1篇:`<b>` · 1 article: `<b>`",
            "共1篇:`<b>`",
            "1 article: `<b>`",
        ),
        (lambda: plain("a.same"), "SQL", "SQL", "SQL"),
        (lambda: brief("a.found", count=1, query="<b>"), "共1篇:`<b>`", "共1篇:`<b>`", "1 article: `<b>`"),
        (
            lambda: remarked(NO_HEADLINE, OPENS),
            f"{chinese(NO_HEADLINE)};{chinese(OPENS)} · {english(NO_HEADLINE)}; {english(OPENS)}",
            f"{chinese(NO_HEADLINE)};{chinese(OPENS)}",
            f"{english(NO_HEADLINE)}; {english(OPENS)}",
        ),
    ],
)
def test_a_page_says_a_message_in_its_language_what_is_no_page_in_both(said, both, chinese, english) -> None:
    assert said() == both
    for column, expected in enumerate((chinese, english)):
        with page_in(column):
            assert said() == expected


# What Datasette or SQLite said, and what a page says of it in both languages; SQLite's own words stay its own.
@pytest.mark.parametrize(
    ("error", "chinese", "english"),
    [
        ("no such column: x<y", "没有名为<code>x&lt;y</code>的列", "There is no column <code>x&lt;y</code>."),
        ("no such column: a.Headlin", "列名:<code>headline</code>", "like it: <code>headline</code>"),
        ("no such table: 任职及姓名", "表:<code>tenures</code>", "like it: <code>tenures</code>"),
        ("no such table: tenure", "表:<code>tenures</code>", "like it: <code>tenures</code>"),
        ("Table not found", "没有这个表", "There is no such table"),
        ("hm, odd", '系统说:<code lang="en">hm, odd</code>', "hm, odd"),
        (plain("errors.only_select"), "语句须以SELECT或WITH开头", "a statement must begin with SELECT or WITH"),
        ("没有 · nothing here", "没有", "nothing here"),
    ],
)
def test_an_error_is_said_in_the_language_of_the_page(error: str, chinese: str, english: str) -> None:
    for column, (expected, other) in enumerate([(chinese, english), (english, chinese)]):
        with page_in(column):
            assert expected in errors.in_words(error, {"tenures": "任职及姓名 · Offices held"})
            assert other in error or other not in errors.in_words(error, {"tenures": "任职及姓名 · Offices held"})

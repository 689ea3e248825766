"""The words of the site's pages: in one table, in both languages, all of them used and none beside it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from banmian.records import Remark
from banmian.site import messages
from banmian.site.messages import Say, brief, plain, remarked
from banmian.words.remarks import english
from banmian.words.sentences import Sentence
from conftest import ROOT
from markupsafe import Markup

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
SECTIONS = re.compile(r'say\.code\("(\w+)"')
# Words that begin SQL, not sentences.
SQL = re.compile(r"\s*(SELECT|WITH|FROM|WHERE|PRAGMA|ORDER|JOIN|LIMIT)\b", re.IGNORECASE)
SENTENCE = re.compile(r"[A-Za-z']{2,}(?: [A-Za-z']+){2,}")


def values(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize(("key", "message"), messages.messages().items())
def test_each_message_is_there_in_both_languages_with_the_same_values(key: str, message: Sentence) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_ ]+", key)
    assert message.chinese.strip(" ")
    assert message.english.strip(" ")
    assert values(message.chinese) == values(message.english)
    if message.one is not None:
        assert values(message.one) == values(message.english)
        assert "count" in values(message.one)
    assert not HAN.search(re.sub("[(（].*?[)）]|市长", "", message.english))


def test_no_key_stands_twice() -> None:
    lines = (SITE / "data" / "messages.tsv").read_text("utf-8").splitlines()
    keys = [line.split("\t")[0] for line in lines if line and not line.startswith("# ")]
    assert len(keys) == len(set(keys))


def asked() -> set[str]:
    """The keys that templates and modules ask for: every literal that begins with the name of a section."""
    sections = {key.split(".")[0] for key in messages.messages()}
    text = "\n".join(path.read_text("utf-8") for path in [*TEMPLATES, *MODULES])
    literals = set(re.findall(r"""["']([a-z]+\.[a-z_]+)["']""", text))
    return {key for key in literals if key.split(".")[0] in sections and not key.endswith((".html", ".css", ".js"))}


def test_each_key_is_asked_for_and_there() -> None:
    text = "\n".join(path.read_text("utf-8") for path in TEMPLATES)
    by_code = {key for key in messages.messages() if key.split(".")[0] in SECTIONS.findall(text)}
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
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of two messages."""
    table = {
        "a.found": Sentence("共{count}篇:`{query}`", "{count} articles: `{query}`", "{count} article: `{query}`"),
        "a.same": Sentence("SQL", "SQL"),
    }
    monkeypatch.setattr(messages, "messages", lambda: table)


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (lambda say: say("a.found", count=2, query="甲"), "共2篇:<code>甲</code> · 2 articles: <code>甲</code>"),
        (lambda say: say("a.found", count=1, query="甲"), "共1篇:<code>甲</code> · 1 article: <code>甲</code>"),
        (lambda say: say.brief("a.found", count=2, query="<b>{x}"), "共2篇:<code>&lt;b&gt;{x}</code>"),
        (lambda say: say.brief("a.found", count=2, query=Markup("<b>")), "共2篇:<code><b></code>"),
        (
            lambda say: say.heading("a.found", count=2, query="甲"),
            '共2篇:<code>甲</code> <small lang="en">2 articles: <code>甲</code></small>',
        ),
        (lambda say: say.lines("a.found", count=2, query=""), "共2篇:<code></code><br>2 articles: <code></code>"),
        (lambda say: say("a.same"), "SQL"),
        (lambda say: say.heading("a.same"), "SQL"),
        (lambda say: say.code("a", "same"), "SQL"),
        (lambda say: say.code("a", "<other>"), "&lt;other&gt;"),
        (lambda say: say.code("a", "other", "≥"), "≥"),
        (lambda say: plain("a.found", count=1, query="<b>"), "共1篇:`<b>` · 1 article: `<b>`"),
        (lambda say: brief("a.found", count=1, query="<b>"), "共1篇:`<b>`"),
    ],
)
def test_how_a_message_is_shown(shown, expected) -> None:
    assert shown(Say()) == expected


@pytest.mark.usefixtures("two")
def test_the_order_of_languages_is_decided_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_LANGUAGES", (1,))
    said = {Say()("a.found", count=3, query="x"), Say().heading("a.found", count=3, query="x")}
    said |= {Say().brief("a.found", count=3, query="x"), Say().lines("a.found", count=3, query="x")}
    assert said == {"3 articles: <code>x</code>"}
    assert (
        remarked(Remark("no_headline"), Remark("opens"))
        == f"{english(Remark('no_headline'))}; it begins as paragraphs do"
    )
    assert Say().kind("headline") == "headline"

"""A page is in one language: Chinese until English is chosen, which a cookie keeps; only quoted text is of another."""

from __future__ import annotations

import re
from contextlib import closing

import lxml.html
import pytest
from banmian.site.quoting import doubted, halves, linked, quoted, told
from conftest import ROOT
from languages import page_in, strange
from markupsafe import Markup, escape
from published import Published

PAGE = "000_8a5f4c7e35afc5e6-1"
# Each kind of page, and each kind of answer that is none.
KINDS = (
    "/",
    "/-/calendar",
    "/-/download",
    "/-/over-time?person=陈吉宁&word=禁毒",
    "/-/pictures",
    "/-/pictures/coverage",
    "/-/pictures/organizations",
    "/-/pictures/together",
    "/-/printings",
    "/-/questions",
    "/-/releases",
    "/-/rights?edition=000_8a5f4c7e35afc5e6",
    "/-/search",
    "/-/sql",
    "/-/search?q=禁毒",
    "/-/search?q=没有这些字",
    "/articles/2000-01-01",
    f"/articles/{PAGE}-1",
    f"/articles/{PAGE}-2?mark=人工智能",
    "/edition",
    "/edition?sql=select+name+from+people",
    "/edition?sql=select+x1+from+people",
    "/edition/articles_listed",
    "/edition/articles?_search=人工智能&_facet=rubric",
    "/edition/editions",
    "/edition/mentions?kind=person&_sort_desc=id",
    "/edition/x1",
    "/edition/offices",
    "/edition/organizations",
    "/edition/people?_sort=x1",
    "/edition/positions/1",
    "/edition/quality_figures",
    "/edition/readings",
    "/edition/uncertain_readings",
    "/editions/000_8a5f4c7e35afc5e6",
    f"/mentions/{PAGE}/2-5",
    "/x1",
    "/organizations/x1",
    f"/pages/{PAGE}",
    f"/pages/{PAGE}/source",
    "/people/陈吉宁",
)
COLUMNS = ROOT / "scripts" / "banmian" / "site" / "data" / "columns.tsv"
NAMES = frozenset((ROOT / "tests" / "latin_names.txt").read_text("utf-8").split())


def page(site: Published, path: str, cookie: str = ""):
    headers = {"cookie": cookie} if cookie else {}
    return site.run(site.datasette.client.get(path, headers=headers, follow_redirects=True))


@pytest.fixture(scope="module")
def identifiers(site: Published) -> frozenset[str]:
    """Latin words of the source text, and what bears its own name: these stand on pages of both languages."""
    (text,) = site.connection().execute("SELECT group_concat(text, ' ') FROM source_spans").fetchone()
    about = site.datasette.metadata()["databases"]["edition"]
    columns = {column for table in about["tables"].values() for column in table.get("columns", {})}
    parameters = {name for query in about["queries"].values() for name in query.get("parameters", {})}
    return NAMES | set(re.findall("[A-Za-z]+", text)) | columns | parameters | {*about["tables"], *about["queries"]}


@pytest.mark.parametrize("path", KINDS)
def test_no_word_of_another_language_stands_on_a_page(site: Published, identifiers: frozenset[str], path: str) -> None:
    for language, code in (("zh", "zh-CN"), ("en", "en")):
        answer = page(site, path, f"language={language}")
        document = lxml.html.fromstring(answer.text)
        assert document.get("lang") == code
        assert strange(document, language, identifiers) == []
        assert "Cookie" in answer.headers["vary"]


def test_each_page_leads_to_itself_in_the_other_language_and_the_choice_is_kept(site: Published) -> None:
    path = "/edition/people?_sort=name&_size=3"
    (link,) = lxml.html.fromstring(page(site, path).text).xpath("//a[@class='language']")
    assert (link.text, link.get("lang"), link.get("href")) == ("English", "en", f"{path}&_lang=en")
    chosen = site.ask(link.get("href"))
    assert chosen.headers["set-cookie"].startswith("language=en; Path=/; Max-Age=")
    assert chosen.headers["cache-control"] == "no-store"
    assert "etag" not in chosen.headers
    kept = page(site, path, "language=en")
    assert '<html lang="en">' in chosen.text
    # It stands in the way back, and in the addresses of files that have words of ours.
    assert "_lang" not in re.sub(
        r'href="[^"]*_lang=zh"|href="[^"]*\.xlsx[^"]*_lang=en"|<section class="cite".*?</section>',
        "",
        chosen.text,
        flags=re.S,
    )
    assert re.sub(r"[\d.]+ ms", "", chosen.text) == re.sub(r"[\d.]+ ms", "", kept.text)
    (back,) = lxml.html.fromstring(kept.text).xpath("//a[@class='language']")
    assert (back.text, back.get("lang"), back.get("href")) == ("中文", "zh-CN", f"{path}&_lang=zh")


@pytest.mark.parametrize("asked", ["?_lang=fr", "?_lang=", ""])
def test_an_unknown_language_is_none(site: Published, asked: str) -> None:
    answer = page(site, f"/edition/people{asked}", "a=b; language=tlh")
    assert '<html lang="zh-CN">' in answer.text
    assert "set-cookie" not in answer.headers


def test_a_kept_page_is_of_one_language(site: Published) -> None:
    tags = [page(site, "/people/陈吉宁", cookie).headers["etag"] for cookie in ("", "language=zh", "language=en")]
    assert tags[0] == tags[1] != tags[2]
    asked = {"cookie": "language=en", "if-none-match": tags[2]}
    assert site.run(site.datasette.client.get("/people/陈吉宁", headers=asked)).status_code == 304
    asked["if-none-match"] = tags[0]
    assert site.run(site.datasette.client.get("/people/陈吉宁", headers=asked)).status_code == 200


@pytest.mark.parametrize(
    "path", ["/edition/people.json", "/edition/offices.csv", "/edition/x1.json", f"/articles/{PAGE}-1.ris"]
)
def test_what_is_no_page_is_the_same_for_all(site: Published, path: str) -> None:
    answers = [page(site, path, cookie) for cookie in ("", "language=en")]
    chinese, english = (re.sub(r'"query_ms": [\d.]+', "", answer.text) for answer in answers)
    assert chinese == english


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报道 · Articles", ("报道", "Articles")),
        ("按年、月还是日 · by year, month or day", ("按年、月还是日", "by year, month or day")),
        ("推定,版面未印。 Inferred: the rubric 今日论语.", ("推定,版面未印。", "Inferred: the rubric 今日论语.")),
        ("以码点计,从0起 · counted from 0, as 市政府", ("以码点计,从0起", "counted from 0, as 市政府")),
        ("版面 · 中国", None),
        ("苹果。 苹果 Apple", None),
        ("Articles · 报道", None),
        ("一句话。", None),
        ("one sentence. Two.", None),
        ("", None),
    ],
)
def test_the_halves_of_a_text_in_both_languages(text: str, expected: tuple[str, str] | None) -> None:
    assert halves(text) == expected
    for column in (0, 1):
        with page_in(column):
            assert told(text) == (expected[column] if expected else text)
            assert doubted(f"甲? → 乙 · {text}") == f"甲? → 乙 · {told(text)}"
    assert told(text) == text


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("甲 <b>", "甲 &lt;b&gt;", '<bdi lang="zh">甲 &lt;b&gt;</bdi>'),
        (Markup("<mark>甲</mark>"), "<mark>甲</mark>", '<bdi lang="zh"><mark>甲</mark></bdi>'),
        ("1998", "1998", "1998"),
        ("שלום", "<bdi>שלום</bdi>", "<bdi>שלום</bdi>"),
        ("a\u202eb", "<bdi>a\u202eb</bdi>", "<bdi>a\u202eb</bdi>"),
        (None, "", ""),
    ],
)
def test_text_of_another_language_or_direction_is_marked(text: object, chinese: str, english: str) -> None:
    for column, expected in enumerate((chinese, english)):
        with page_in(column):
            assert quoted(text) == expected


def test_each_column_is_called_something_in_both_languages_and_none_else(site: Published) -> None:
    about = site.datasette.metadata()["databases"]["edition"]
    known = {(table, column) for table, said in about["tables"].items() for column in said.get("columns", {})}
    with closing(site.connection()) as connection:
        for name, query in about["queries"].items():
            found = connection.execute(
                f"SELECT * FROM ({query['sql']}) LIMIT 0", dict.fromkeys(query.get("params", ()))
            )
            known |= {(name, column) for column, *_ in found.description}
    rows = [line.split("\t") for line in COLUMNS.read_text("utf-8").splitlines() if not line.startswith("# ")]
    named = [row[0] for row in rows]
    assert all(len(row) == 3 and all(row) for row in rows)
    assert named == sorted(set(named))
    columns = {column for _, column in known}
    assert columns - set(named) == set()
    # Datasette's own, of tables without a key of one column.
    places = {f"{table}.{column}" for table, column in known}
    assert {name for name in named if name not in columns | places} == {"Link", "rowid"}


@pytest.mark.parametrize(("language", "said"), [("zh", "按规则由简称补全(推定)"), ("en", "from a short form by rule")])
def test_how_a_full_name_is_known_is_said_in_words(site: Published, language: str, said: str) -> None:
    text = page(site, "/edition/aliases_and_full_names", f"language={language}").text
    assert f'<data value="expanded">{said}' in text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("图见 /-/pictures/parts。", '图见 <a href="/p/-/pictures/parts">/-/pictures/parts</a>。'),
        ("The points of /-/over-time.", 'The points of <a href="/p/-/over-time">/-/over-time</a>.'),
        ("a/-/b <i>", "a/-/b &lt;i&gt;"),
    ],
)
def test_pages_that_a_description_speaks_of_are_links(text: str, html: str) -> None:
    assert linked(escape(text), lambda path: f"/p{path}") == html


def test_a_value_is_shown_in_words_and_kept_as_it_is(site: Published) -> None:
    for language, said in (("zh", "人物"), ("en", "person")):
        text = page(site, "/edition/mentions?kind=person&_facet=kind", f"language={language}").text
        assert (f'<data value="person">{said}</data>' in text) == (said != "person")
        assert f"= {said}" in text
        assert re.search(rf'id="facet-kind".*<li>{said} · \d+ ', text, re.DOTALL)
    assert '"kind": "person"' in site.get("/edition/mentions.json?kind=person&_shape=objects").text


def test_the_page_of_a_row_shows_names_and_is_called_by_them(site: Published) -> None:
    sql = """SELECT position_id, person, organization, title FROM positions_with_names
             WHERE organization IS NOT NULL ORDER BY position_id LIMIT 1"""
    number, *names = site.connection().execute(sql).fetchone()
    text = site.ask(f"/edition/positions/{number}").text
    document = lxml.html.fromstring(text)
    assert document.findtext(".//title") == f"{' · '.join(names)} · 任职"
    assert " ".join(document.xpath("//h1")[0].text_content().split()) == f"{' · '.join(names)} 任职 {number}"
    (shown,) = document.xpath("//dl[@class='of-row']")
    values = dict(zip(shown.xpath("dt/code/text()"), (dd.text_content() for dd in shown.xpath("dd")), strict=True))
    assert [values[column].strip() for column in ("person_id", "organization_id", "title")] == names
    assert document.xpath("//nav[@class='crumbs']/span[@aria-current]")[0].text_content() == " · ".join(names)
    assert "引用此行的表" not in text

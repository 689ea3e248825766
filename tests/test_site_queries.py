"""The page of a query: what can be chosen stands in boxes, what is asked is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from banmian.site.messages import coded
from published import Published

NAME = {"meaning": "姓名 · a name", "type": "text", "default": "全部 · all"}
# More names than a box should hold, in as many ways as a choice can be asked for.
MANY = "with recursive n (n) as (select 1 union all select n + 1 from n where n < {}) select n, 'no. ' || n from n"
ENDLESS = "with recursive n (n) as (select 1 union all select n + 1 from n) select count(*) from n"


class Form(HTMLParser):
    """The fields of a page's form: attributes, options as (value, label), and which option is selected."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, dict[str, str | None]] = {}
        self.options: dict[str, list[tuple[str, str]]] = {}
        self.selected: dict[str, str] = {}
        self._list = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        about = dict(attributes)
        if tag in ("input", "select") and about.get("name"):
            self.fields[str(about["name"])] = {"tag": tag, **about}
        if tag in ("select", "datalist"):
            self._list = str(about["id"])
            self.options[self._list] = []
        if tag == "option":
            self.options[self._list].append((str(about["value"]), ""))
            if "selected" in about:
                self.selected[self._list] = str(about["value"])

    def handle_data(self, data: str) -> None:
        if self._list and self.options[self._list]:
            value, label = self.options[self._list][-1]
            self.options[self._list][-1] = (value, (label + data).strip())

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "datalist"):
            self._list = ""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with other things to do may take longer over a query than a visitor should wait."""
    monkeypatch.setattr("banmian.site.parameters._PATIENCE", 900)


@pytest.fixture
def published(edition_db: Path, request: pytest.FixtureRequest) -> Iterator[Published]:
    """The site with one query, `asked`, whose parameter `name` is NAME with what the test adds."""
    query = {"sql": "select :name as name", "params": ["name"], "parameters": {"name": NAME | request.param}}
    published = Published(edition_db, {"databases": {"edition": {"queries": {"asked": query}}}})
    yield published
    published.close()


def asked(published: Published, arguments: str = "") -> tuple[dict[str, Any], list[tuple[str, str]], str | None]:
    """The field `name` of the page, its options, and the one that is selected."""
    answer = published.get(f"/edition/asked{arguments}")
    assert answer.status_code == 200
    form = Form(answer.text)
    field = form.fields["name"]
    options = str(field.get("list") or field["id"])
    return field, form.options.get(options, []), form.selected.get(options)


@pytest.mark.parametrize(
    ("published", "options"),
    [
        ({"choices": {"person": "人物 · person"}}, [("", "全部"), ("person", "人物")]),
        ({"choices_sql": MANY.format(2)}, [("", "全部"), ("1", "no. 1"), ("2", "no. 2")]),
        ({"choices_sql": "select '<b>', null"}, [("", "全部"), ("<b>", "<b>")]),
    ],
    indirect=["published"],
)
def test_a_few_choices_are_a_box(published: Published, options: list[tuple[str, str]]) -> None:
    field, found, selected = asked(published)
    assert (field["tag"], found, selected) == ("select", options, None)


@pytest.mark.parametrize("published", [{"choices": {"person": "人物 · person"}}], indirect=True)
@pytest.mark.parametrize("chosen", ["person", "nobody"])
def test_what_was_chosen_stays_chosen(published: Published, chosen: str) -> None:
    _, options, selected = asked(published, f"?name={chosen}")
    assert selected == chosen
    assert [value for value, _ in options].count(chosen) == 1


@pytest.mark.parametrize(
    ("published", "count"),
    [({"choices_sql": MANY.format(41)}, 41), ({"choices_sql": MANY.format(600)}, 500)],
    indirect=["published"],
)
def test_many_choices_are_suggested(published: Published, count: int) -> None:
    field, options, _ = asked(published, "?name=7")
    assert (field["tag"], field["type"], field["value"]) == ("input", "text", "7")
    assert field["placeholder"] == "全部"
    assert len(options) == count
    assert options[:2] == [("1", "no. 1"), ("2", "no. 2")]


@pytest.mark.parametrize(
    "published",
    [{}, {"choices_sql": ENDLESS}, {"choices_sql": "select nothing"}, {"choices_sql": "select 1 where 0"}],
    indirect=True,
)
def test_without_choices_it_is_a_field_of_text(published: Published) -> None:
    field, options, _ = asked(published)
    assert (field["tag"], field["type"], options) == ("input", "text", [])
    assert "list" not in field


@pytest.mark.parametrize(
    ("published", "kind"),
    [({"type": "integer", "default": 100}, "number"), ({"type": "date"}, "date")],
    indirect=["published"],
)
def test_a_field_is_of_its_type(published: Published, kind: str) -> None:
    assert asked(published)[0]["type"] == kind


def test_each_parameter_is_labelled_and_explained(site: Published) -> None:
    queries = site.datasette.metadata()["databases"]["edition"]["queries"]
    explained = {name: query["parameters"] for name, query in queries.items() if "parameters" in query}
    assert len(explained) > 5
    for name, parameters in explained.items():
        page = site.get(f"/edition/{name}").text
        fields = Form(page).fields
        assert [key for key in fields if key in parameters] == list(parameters)
        for key, about in parameters.items():
            label = re.search(f'<label for="{fields[key]["id"]}">(.*?)</label>', page)
            # In words, and as SQL and addresses have it.
            assert label
            assert label[1] == f"{coded('parameters', key)} <small><code>{key}</code></small>"
            assert coded("parameters", key) != key
            described = re.search(f'id="{fields[key]["aria-describedby"]}">(.*?)</span>', page)
            assert described
            assert unescape(described[1]) == " ".join(about["meaning"].split()).partition(" · ")[0]


@pytest.mark.parametrize(("language", "heads"), [("zh", ["人物", "人物编号"]), ("en", ["Person", "Person (number)"])])
def test_no_two_columns_of_a_query_have_one_heading(site: Published, language: str, heads: list[str]) -> None:
    page = site.get(f"/edition/people_listed?_lang={language}").text
    found = re.findall('<th class="col-[^>]*>(?:<a[^>]*>)?([^<▼]*)', page.replace("&nbsp;", ""))
    assert set(heads) <= set(found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("query", "parameter", "option"),
    [
        ("most_mentioned", "kind", ("organization", "机构")),
        ("organizations_by_type", "type", ("company", "企业")),
        ("uncertain_readings", "page", ("000_8a5f4c7e35afc5e6-1", "000_8a5f4c7e35afc5e6-1")),
    ],
)
def test_the_queries_offer_what_there_is(site: Published, query: str, parameter: str, option: tuple[str, str]) -> None:
    form = Form(site.get(f"/edition/{query}").text)
    field = form.fields[parameter]
    assert field["tag"] == "select"
    assert option in form.options[str(field["id"])]


def test_an_article_is_chosen_by_its_headline(site: Published) -> None:
    articles = site.get("/edition/articles.json?_shape=array&_col=key&_col=headline").json()
    options = Form(site.get("/edition/article_with_source").text).options["qp1"]
    assert options[1:] == [(article["key"], article["headline"]) for article in articles]


def test_what_somebody_typed_as_sql_has_fields_of_text(site: Published) -> None:
    fields = Form(site.get("/edition?sql=select+:name").text).fields
    assert (fields["name"]["tag"], fields["name"]["type"]) == ("input", "text")


def test_a_name_to_check_is_said_in_words(site: Published) -> None:
    rows = site.get("/edition/who_is_who.json?_shape=objects").json()["rows"]
    assert rows
    for row in rows:
        said = re.fullmatch(
            r"只见一次,把握(\d+%):(.+) · found once, confidence (\d+%): (.+)", row["evidence"], re.DOTALL
        )
        assert said, row
        assert said.groups()[:2] == said.groups()[2:]

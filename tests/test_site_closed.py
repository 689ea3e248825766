"""What is not shown, what is not done, and what each answer tells a browser."""

import asyncio
import re

import pytest
from banmian.site.guards.headers import Tag
from conftest import site_of
from published import Published

HEADLINE = "# 街角修鞋铺开张\n本报讯 李建国昨日在街角开张修鞋铺。\n"
PAGES = ("/", "/edition", "/edition/articles", "/edition/articles/1", "/edition/offices", "/-/search?q=x", "/-/rights")
FILES = ("/edition/articles.json", "/edition/articles.csv", "/edition.json?sql=select+1", "/edition/articles.xlsx")


def call(published, path, method="GET", scheme="http", **headers):
    """Status, headers and body as the server would send them."""
    sent = []
    path, _, query = path.partition("?")
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "scheme": scheme}
    scope |= {"query_string": query.encode(), "http_version": "1.1", "client": ("127.0.0.1", 1)}
    scope["headers"] = [(b"host", b"localhost"), *((k.replace("_", "-").encode(), v) for k, v in headers.items())]

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    published.run(published.datasette.app()(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent)


def test_what_datasette_tells_of_itself_is_closed(site):
    """Every address of its own under /-/ but its static files, also in what it will add."""
    patterns = [pattern.pattern for pattern, view in site.datasette._routes() if "datasette.views" in view.__module__]
    names = {match[1] for pattern in patterns if (match := re.match(r"\^?/-/([\w-]+)", pattern))}
    assert {"threads", "versions", "settings"} <= names
    for name in names | {"config", "jump", "api", "debug"}:
        assert site.ask(f"/-/{name}").status_code == 404
        assert site.ask(f"/-/{name}.json").status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "SPELLED"])
@pytest.mark.parametrize("path", ["/", "/edition?sql=select+1", "/edition/articles.json", "/-/desk-x", "/-/rights"])
def test_nothing_but_reading(site, method, path):
    status, headers, _ = call(site, path, method)
    assert (status, headers[b"allow"]) == (405, b"GET, HEAD, OPTIONS")
    assert call(site, path, "OPTIONS")[0] == 200


@pytest.mark.parametrize("path", [*PAGES, *FILES, "/no-such", "/edition?sql=nonsense", "/-/static/app.css"])
def test_every_answer_tells_the_browser_what_it_may_do(site, path):
    _, headers, body = call(site, path)
    policy = headers[b"content-security-policy"].decode()
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"referrer-policy"] == b"same-origin"
    assert b"strict-transport-security" not in headers
    assert b"strict-transport-security" in call(site, path, scheme="https")[1]
    scripts = re.findall(rb"<script([^>]*)>", body) if path in PAGES else []
    assert all(b"src=" in script or b"ld+json" in script for script in scripts)
    assert not re.search(rb"<[^>]* on[a-z]+=", body) or path in FILES


@pytest.mark.parametrize("path", FILES)
def test_other_sites_may_read_data_and_no_page(site, path):
    assert call(site, path)[1][b"access-control-allow-origin"] == b"*"
    assert b"access-control-allow-origin" not in call(site, "/")[1]


@pytest.mark.parametrize("path", ["/edition/articles.csv", "/edition/articles.csv?_stream=on", "/edition/offices.csv"])
def test_csv_is_called_csv(site, path):
    status, headers, _ = call(site, path)
    assert (status, headers[b"content-type"]) == (200, b"text/csv; charset=utf-8")


@pytest.mark.parametrize("path", [*PAGES, "/edition/articles.json"])
def test_who_has_an_answer_is_told_that_it_is_as_it_was(site, path):
    path = site.ask(path).headers.get("location", path)
    own = call(site, path)[1][b"etag"]
    status, headers, body = call(site, path, if_none_match=own)
    assert (status, body, headers[b"etag"]) == (304, b"", own)
    assert call(site, path, if_none_match=b'W/"other"')[0] == 200


@pytest.mark.parametrize("path", ["/edition?sql=select+random()", "/-/health", "/no-such", "/edition?sql=nonsense"])
def test_what_may_change_has_no_tag(site, path):
    assert b"etag" not in call(site, path)[1]


def test_another_build_and_other_words_are_other_answers(site, tmp_path):
    with site_of(tmp_path, {"a.txt": HEADLINE}) as other:
        tags = {one.run(Tag(one.datasette).read()) for one in (site, other)}
        quiet = Published(tmp_path / "build" / "edition.db", metadata={"title": "Another"})
        tags.add(quiet.run(Tag(quiet.datasette).read()))
        quiet.close()
    assert len(tags) == 3
    assert None not in tags


def test_a_static_file_with_its_digest_is_kept(site):
    link = re.search(rb'href="(/-/static-plugins/banmian/site.css\?\w+)"', call(site, "/")[2])[1].decode()
    assert b"immutable" in call(site, link)[1][b"cache-control"]


@pytest.mark.parametrize(("path", "text"), [("/-/health", b"ok\n"), ("/-/ready", b"ready\n")])
def test_a_machine_can_ask_whether_the_site_runs(site, path, text):
    status, headers, body = call(site, path)
    assert (status, body, headers[b"cache-control"]) == (200, text, b"no-store")


def test_a_full_lane_is_answered_and_pages_are_open(site, monkeypatch):
    """Forty statements at once that take all the time there is: some run, the others are told when to come back."""
    endless = "/edition.json?sql=with+recursive+c(x)+as+(select+1+union+all+select+x%2B1+from+c)+select+count(*)+from+c"
    client = site.datasette.client

    async def flood():
        asked = [asyncio.ensure_future(client.get(endless)) for _ in range(40)]
        await asyncio.sleep(0)
        page = await client.get("/edition/articles/1", follow_redirects=True)
        ran = sum(one.done() and one.result().status_code == 400 for one in asked)
        return page, ran, await asyncio.gather(*asked)

    page, ran, answers = site.run(flood())
    assert page.status_code == 200
    assert ran <= 2
    busy = [answer for answer in answers if answer.status_code == 429]
    assert len(busy) >= 20
    assert {answer.status_code for answer in answers} == {400, 429}
    assert int(busy[0].headers["retry-after"]) > 0
    assert "稍" in busy[0].json()["title"]


def test_a_crawler_finds_every_address_that_stays(site):
    """All but those of people without a public role."""
    connection = site.connection()
    sql = """SELECT address FROM editions UNION SELECT address FROM pages UNION SELECT address FROM articles
        UNION SELECT address FROM organizations
        UNION SELECT address FROM people WHERE public_role IS NOT NULL"""
    expected = {address for (address,) in connection.execute(sql)}
    robots = site.get("/robots.txt").text
    index = re.search(r"Sitemap: http://localhost(\S+)", robots)[1]
    maps = re.findall(r"<loc>http://localhost([^<]+)</loc>", site.get(index).text)
    found = [one for path in maps for one in re.findall(r"<loc>http://localhost([^<]+)</loc>", site.get(path).text)]
    assert len(found) == len(expected)
    assert set(found) == expected
    assert site.get("/sitemap-articles-9.xml").status_code == 404


def test_a_table_that_the_metadata_close_is_closed_each_time(edition_db):
    metadata = {"databases": {"edition": {"tables": {"people": {"allow": False}}}}}
    published = Published(edition_db, metadata=metadata)
    answers = [published.get(f"/edition/{table}.json").status_code for table in ("people", "articles", "people")]
    published.close()
    assert answers == [403, 200, 403]

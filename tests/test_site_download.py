"""The whole to take away, and the examples of the page that says how: run as a reader would."""

import csv
import hashlib
import html
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from banmian.site import whole
from banmian.site.examples import ZIP
from banmian.store.export import export_zip
from published import Published, served

EXAMPLE = re.compile(r'<pre class="example[^"]*" data-language="(\w+)"[^>]*>(.*?)</pre>', re.S)


@pytest.fixture(scope="module")
def address(edition_db):
    with served(edition_db) as address:
        yield address


def examples(page):
    return {language: html.unescape(text) for language, text in EXAMPLE.findall(page)}


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def page(address):
    return run(["curl", "-fsS", f"{address}/-/download"], None)


def test_what_curl_is_told_gives_rows_and_a_whole_that_is_checked(page, tmp_path):
    assert "banmian.zip: " in run(["sh", "-ec", examples(page)["curl"]], tmp_path)
    mentions = list(csv.DictReader((tmp_path / "mentions.csv").open(encoding="utf-8", newline="")))
    articles = json.loads((tmp_path / "articles.json").read_text("utf-8"))
    assert len({row["name"] for row in mentions}) == 1
    assert {row["headline"] for row in articles} <= {row["headline"] for row in mentions}
    assert articles


def test_what_python_is_told_finds_articles_and_opens_the_database(page, tmp_path):
    lines = run([sys.executable, "-c", examples(page)["Python"]], tmp_path).splitlines()
    assert any("/articles/" in line for line in lines)
    assert len(lines) > 10


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not there")
def test_what_r_is_told_gives_tables(page, tmp_path):
    assert "headline" in run(["Rscript", "-e", examples(page)["R"]], tmp_path)


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/edition/people?_sort_desc=mentions&name__in=龚正,陈吉宁&_facet=public_role", 2),
        ("/edition/offices?person=龚正", None),
        ("/edition?sql=select 'a''b' as x, \"name\" from people limit 3", 3),
    ],
)
def test_below_a_table_or_query_is_told_how_programs_take_its_rows(address, site, tmp_path, path, count):
    shown = site.run(site.datasette.client.get(path, headers={"host": address.removeprefix("http://")})).text
    told = examples(shown)
    file = path.partition("?")[0].rpartition("/")[2]
    run(["sh", "-ec", told["curl"]], tmp_path)
    rows = list(csv.DictReader((tmp_path / f"{file}.csv").open(encoding="utf-8", newline="")))
    assert rows
    assert len(rows) == (count or len(rows))
    assert run([sys.executable, "-c", told["Python"]], tmp_path).startswith(f"{len(rows)} [{{")
    if shutil.which("Rscript"):
        assert run(["Rscript", "-e", told["R"]], tmp_path).startswith(f"[1] {len(rows)}\n")


def test_each_table_to_take_away_has_the_way_to_these(site):
    page = site.get("/-/download").text
    for table, about in site.datasette.metadata()["databases"]["edition"]["tables"].items():
        if f'href="/edition/{table}"' in page:
            assert f'href="/edition/{table}#programs"' in page
            assert about.get("hidden") or 'id="programs"' in site.get(f"/edition/{table}?_size=1&_nofacet=1").text


def test_every_link_of_the_page_leads_somewhere(site):
    text = site.get("/-/download").text
    links = [html.unescape(link) for link in re.findall(r'href="(/-/download[^"#]*|/[^"#]*\.xlsx)"', text)]
    assert len(links) >= 10
    assert [link for link in links if site.get(link).status_code != 200] == []


def test_the_zip_is_the_export_with_a_checksum_and_made_once(site, monkeypatch):
    packed = []
    monkeypatch.setattr(whole, "export_zip", lambda *given: packed.append(given) or export_zip(*given))
    whole._archives.pop(site.datasette, None)
    answers = [site.get(f"/-/download/{ZIP}") for _ in range(2)]
    assert len(packed) == 1
    assert answers[0].content == answers[1].content
    digest = hashlib.sha256(answers[0].content).hexdigest()
    assert site.get(f"/-/download/{ZIP}.sha256").text == f"{digest}  {ZIP}\n"
    archive = zipfile.ZipFile(io.BytesIO(answers[0].content))
    names = set(archive.namelist())
    sums = dict(reversed(line.split("  ")) for line in archive.read("banmian/SHA256SUMS").decode().splitlines())
    assert {f"banmian/{name}" for name in sums} | {"banmian/SHA256SUMS"} == names
    assert all(hashlib.sha256(archive.read(f"banmian/{name}")).hexdigest() == value for name, value in sums.items())
    assert {"banmian/csv/articles.csv", "banmian/json/articles.json", "banmian/README.md"} <= names


def test_the_same_database_gives_the_same_zip(edition_db):
    zips = []
    for _ in range(2):
        published = Published(edition_db)
        zips.append(published.get(f"/-/download/{ZIP}").content)
        published.close()
    assert zips[0] == zips[1]


def test_a_site_that_says_nothing_of_its_tables_has_no_zip(edition_db):
    published = Published(edition_db, metadata=False)
    answer = published.get(f"/-/download/{ZIP}")
    published.close()
    assert answer.status_code == 404

"""What stands on the site is cited at its address, in each form and in both languages."""

import re
from urllib.parse import quote

import pytest
from banmian.site.citations.formats import FORMATS
from citation_readers import read_bibtex, read_csl, read_ris
from conftest import site_of

SEEDS = """editions:
  - id: day
    newspaper: 南湖晚报
    date: 1998-03-05
    pages:
      - file: day.txt
        number: "2"
"""
# What stands in the paper, and what was asked.
QUOTED = (
    "王芳",
    "张伟",
    "市长张伟调研_100%&检查",
    "市长",
    "调研_100%&检查",
    "南湖晚报",
    "临江市教育局",
    "检查",
    "调研",
)
MENTION = "SELECT address FROM mentions_in_context"
PAGE = """# 市长**张伟**调研_100%&检查

本报讯(记者 王芳)市长张伟昨天在临江市教育局调研。他指出,要把工作做好。
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    with site_of(tmp_path_factory.mktemp("cited"), {"editions.yml": SEEDS, "day.txt": PAGE}) as published:
        yield published


def one(site, sql):
    return site.connection().execute(sql).fetchone()


def forms(site, address, cited=None):
    """The four forms of what stands at an address, read."""
    answers = [
        site.get(f"/-/cite{form.suffix}?of={quote(cited)}" if cited else address + form.suffix) for form in FORMATS
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert all(answer.headers["content-disposition"].startswith("attachment;") for answer in answers)
    assert [answer.headers["content-type"] for answer in answers] == [form.content_type for form in FORMATS]
    line, *others = (answer.text for answer in answers)
    return line, read_bibtex(others[0])[2], read_ris(others[1]), read_csl(others[2])


def test_an_article_is_cited_at_its_address(small):
    address, headline, digest, file = one(
        small,
        """SELECT articles.address, headline, source_sha256, source_file
        FROM articles JOIN pages ON pages.id = page_id""",
    )
    line, entry, record, item = forms(small, address)
    title = headline.replace("*", "")
    assert (entry["title"], record["title"], item["title"]) == (title, title, title)
    assert f"王芳. {title}[N/OL]. 南湖晚报, 1998-03-05(2)[" in line
    for said in (line, entry["note"], " ".join(record["notes"]), item["note"]):
        assert all(part in said for part in (digest, file))
    assert entry["url"] == record["urls"][0] == item["URL"]
    assert entry["url"].endswith(address)


def test_a_mention_is_cited_with_its_place_in_the_source(small):
    page, start, end, surface = one(
        small, "SELECT page_id, source_start, source_end, surface FROM mentions WHERE kind = 'person' LIMIT 1"
    )
    line, entry, *_ = forms(small, f"/mentions/{page}/{start}-{end}")
    assert f"“{surface}”" in entry["note"]
    assert f"{start}–{end}" in line


@pytest.mark.parametrize("table", ["people", "organizations"])
def test_names_are_cited_as_records_of_the_database(small, table):
    name, address = one(small, f"SELECT name, address FROM {table}")
    line, entry, record, item = forms(small, address)
    assert name in line
    assert entry["title"] == record["title"] == item["title"]
    assert item["URL"].endswith(address)
    assert "[DB/OL]" in line


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/edition/offices?person=张伟", "各人的职务"),
        ("/edition/articles?_sort=id&_from=0", "报道(表) (_sort = id)"),
        ("/edition?sql=select 'a_b' as x", "select 'a_b' as x"),
        (f"/edition?sql=select {'1 - ' * 20}1 as x", "- 1 - 1 - 1…"),
    ],
)
def test_a_query_is_cited_by_its_address(small, address, title):
    line, entry, record, item = forms(small, None, address)
    assert title in entry["title"]
    assert entry["title"] == record["title"] == item["title"]
    path = re.sub(r"^https?://[^/]+", "", item["URL"])
    assert small.get(path).status_code == 200
    # A query of one's own is cited by its short address.
    assert path.startswith("/-/q/") == ("sql=" in address)
    assert "_from" not in item["URL"]
    assert item["URL"] in line


@pytest.mark.parametrize(
    ("address", "cited", "said"),
    [
        ("articles", None, ["Wang Fang 王芳", "edition day, article day-2-1", "Banmian 0"]),
        ("mentions", None, ["characters", "of the source file"]),
        ("people", None, ["Zhang Wei 张伟 (person)", "mentions: 2, articles: 1", "digest of all sources"]),
        ("organizations", None, ["临江市教育局 (organization)"]),
        (None, "/edition/offices?person=张伟", ["Offices of each person"]),
        (None, "/edition/articles", ["Articles (table)"]),
    ],
)
def test_a_citation_in_english_has_no_chinese_but_what_is_quoted(small, address, cited, said):
    if cited is None:
        (address,) = one(small, MENTION if address == "mentions" else f"SELECT address FROM {address}")
    for form in FORMATS:
        of = f"/-/cite{form.suffix}?of={quote(cited)}&" if cited else f"{address}{form.suffix}?"
        answer = small.get(f"{of}_lang=en")
        assert all(words in answer.text for words in said), answer.text
        assert not re.search("[\u4e00-\u9fff]", re.sub("|".join(QUOTED), "", answer.text))
        assert "set-cookie" not in answer.headers


def test_what_is_cited_without_a_language_is_cited_in_chinese_whatever_a_visitor_chose(small):
    (address,) = one(small, "SELECT address FROM people")
    answers = [
        small.run(small.datasette.client.get(address + end, headers={"cookie": "language=en"})).text
        for end in (".bib", ".bib?_lang=zh", ".bib?_lang=fr")
    ]
    assert len(set(answers)) == 1
    assert "(人物)" in answers[0]


@pytest.mark.parametrize(
    "of", ["", "/nothing/here", "/edition/nothing", "/edition", "https://example.org/", "/_internal/x"]
)
def test_what_is_no_query_is_not_cited(small, of):
    assert small.get(f"/-/cite.bib?of={quote(of)}").status_code == 400


@pytest.mark.parametrize("path", ["/articles/nothing.bib", "/people/nothing.csl.json", "/editions/day.ris"])
def test_what_is_not_there_is_not_cited(small, path):
    assert small.get(path).status_code == 404


def test_where_others_can_open_the_address_nothing_is_said_of_this_machine(small):
    (address,) = one(small, "SELECT address FROM articles")
    page = small.run(small.datasette.client.get(address, headers={"host": "paper.example"}))
    assert 'class="cite"' in page.text
    assert "这台电脑" not in page.text


def test_each_page_shows_the_text_that_its_files_have(small):
    mention = one(small, "SELECT page_id, source_start, source_end FROM mentions")
    addresses = [one(small, f"SELECT address FROM {table}")[0] for table in ("articles", "people", "organizations")]
    addresses.append("/mentions/{}/{}-{}".format(*mention))
    addresses = [*addresses, "/edition/offices", "/edition?sql=select+1", "/edition/people"]
    for address, language in [*((one, "zh") for one in addresses), (addresses[1], "en"), (addresses[4], "en")]:
        page = small.get(f"{address}{'&' if '?' in address else '?'}_lang={language}").text
        assert page.count('<section class="cite"') == 1, address
        box = page[page.index('<section class="cite"') :].split("</section>")[0]
        assert ("这台电脑" if language == "zh" else "this computer") in box, "its address is for this machine only"
        hrefs = re.findall(r'<a href="([^"]+)">', box)
        assert len(hrefs) == len(FORMATS)
        assert all(("_lang=en" in href) is (language == "en") for href in hrefs)
        (shown, *_) = re.findall(r'<pre class="citation">(.*?)</pre>', box, re.S)
        assert small.get(re.sub(r"^https?://[^/]+", "", hrefs[0].replace("&amp;", "&"))).text.strip() in shown.replace(
            "&#39;", "'"
        ).replace("&amp;", "&")

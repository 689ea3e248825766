"""Citations, read back by the programs that people keep them with."""

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import quote

import bibtexparser
import fastjsonschema
import pytest
import rispy
from banmian.site.citations.citation import Citation
from banmian.site.citations.formats import FORMATS, bibtex, cite_key, csl_json, gb7714, ris
from bibtexparser import middlewares
from conftest import site_of

is_csl = fastjsonschema.compile(json.loads((Path(__file__).parent / "gold" / "csl-data.json").read_text("utf-8")))

DAY = date(2026, 11, 27)
URL = "https://example.org/articles/%E7%94%B2_1-1-1"
NASTY = 'A\\b {c} $d & #e_f 100% ~g ^h "i" @j} {k\n甲**乙**丙'
READ_BACK = 'A\\b {c} $d & #e_f 100% ~g ^h "i" @j} {k 甲乙丙'
ARTICLE = Citation(
    printed=True,
    key="甲_1-1-1",
    title="市长调研",
    url=URL,
    accessed=DAY,
    version="0.1.0",
    authors=("王芳", "Anna and Co", "李四", "赵五"),
    newspaper="南湖晚报",
    days=("1998-03-05",),
    issue="123",
    page="2",
    language="zh-CN",
    notes=("edition day", "sha256 00ff"),
)


def changed(**values):
    return Citation(**({name: getattr(ARTICLE, name) for name in ARTICLE.__slots__} | values))


def read_bibtex(text):
    decoding = [middlewares.SeparateCoAuthors(), middlewares.LatexDecodingMiddleware()]
    library = bibtexparser.parse_string(text, append_middleware=decoding)
    assert not library.failed_blocks
    (entry,) = library.entries
    # An address is no TeX: programs take it as it is.
    (plain,) = bibtexparser.parse_string(text).entries
    return entry.entry_type, entry.key, {field.key: field.value for field in entry.fields} | {"url": plain["url"]}


def read_ris(text):
    (entry,) = rispy.loads(text.replace("\r\n", "\n"))
    return entry


def read_csl(text):
    (item,) = is_csl(json.loads(text))
    return item


def test_an_article_of_a_newspaper_in_each_form():
    assert gb7714(ARTICLE) == (
        "王芳, Anna and Co, 李四, 等. 市长调研[N/OL]. 南湖晚报, 1998-03-05(2)[2026-11-27]. "
        f"{URL}. edition day. sha256 00ff.\n"
    )
    kind, key, fields = read_bibtex(bibtex(ARTICLE))
    assert (kind, key) == ("article", "u7532_1-1-1")
    assert [name.strip("{}") for name in fields["author"]] == list(ARTICLE.authors)
    assert fields["note"] == "edition day; sha256 00ff"
    told = {name: fields[name] for name in ("title", "journal", "date", "year", "pages", "number", "url", "urldate")}
    assert list(told.values()) == ["市长调研", "南湖晚报", "1998-03-05", "1998", "2", "123", URL, "2026-11-27"]
    record = read_ris(ris(ARTICLE))
    assert (record["type_of_reference"], record["title"], record["authors"]) == (
        "NEWS",
        "市长调研",
        list(ARTICLE.authors),
    )
    assert (record["year"], record["start_page"], record["urls"]) == ("1998", "2", [URL])
    assert record["access_date"] == "2026/11/27/"
    item = read_csl(csl_json(ARTICLE))
    assert (item["type"], item["container-title"], item["URL"]) == ("article-newspaper", "南湖晚报", URL)
    assert item["issued"] == {"date-parts": [[1998, 3, 5]]}
    assert [author["literal"] for author in item["author"]] == list(ARTICLE.authors)


@pytest.mark.parametrize("field", ["title", "newspaper", "page", "issue"])
def test_what_a_form_takes_for_its_own_signs_comes_back_as_it_was(field):
    citation = changed(**{field: NASTY})
    names = {
        "title": ("title", "title", "title"),
        "newspaper": ("journal", "secondary_title", "container-title"),
        "page": ("pages", "start_page", None),
        "issue": ("number", "number", None),
    }
    in_bibtex, in_ris, in_csl = names[field]
    # The reader takes TeX's name of the sign for that of an accent.
    assert read_bibtex(bibtex(citation))[2][in_bibtex].replace("\u02c6", "^") == READ_BACK
    assert read_ris(ris(citation))[in_ris] == READ_BACK
    item = read_csl(csl_json(citation))
    assert in_csl is None or item[in_csl] == READ_BACK
    assert field == "issue" or READ_BACK in gb7714(citation)
    assert gb7714(citation).count("\n") == 1


def test_an_author_with_signs_stays_one_author():
    citation = changed(authors=("甲 and {乙", "丙, 丁"))
    (entry,) = bibtexparser.parse_string(bibtex(citation), append_middleware=[middlewares.SeparateCoAuthors()]).entries
    assert entry["author"] == [r"{甲 and \ensuremath{\lbrace}乙}", "{丙, 丁}"]
    assert [author["literal"] for author in read_csl(csl_json(citation))["author"]] == ["甲 and {乙", "丙, 丁"]


BETWEEN = "1998-03-05 至 1998-03-09 之间"


# What is said in GB/T 7714, the days of CSL-JSON, those of BibTeX, and those of RIS.
@pytest.mark.parametrize(
    ("days", "said", "issued", "in_bibtex", "in_ris"),
    [
        (
            ("1998-03-05",),
            ", 1998-03-05(",
            {"date-parts": [[1998, 3, 5]]},
            {"date": "1998-03-05", "year": "1998", "month": "03", "day": "05"},
            ("1998", "1998/03/05/"),
        ),
        (
            ("1998-03-05", "1998-03-09"),
            ", [1998-03-05/1998-03-09](",
            {"date-parts": [[1998, 3, 5], [1998, 3, 9]], "circa": True},
            {"date": "1998-03-05/1998-03-09", "year": "1998", "month": "03"},
            ("1998", f"1998/03//{BETWEEN}"),
        ),
        (
            ("1998-03-30", "1998-04-02"),
            ", [1998-03-30/1998-04-02](",
            {"date-parts": [[1998, 3, 30], [1998, 4, 2]], "circa": True},
            {"date": "1998-03-30/1998-04-02", "year": "1998"},
            ("1998", "1998///1998-03-30 至 1998-04-02 之间"),
        ),
        (
            ("1998-12-30", "1999-01-02"),
            ", [1998-12-30/1999-01-02](",
            {"date-parts": [[1998, 12, 30], [1999, 1, 2]], "circa": True},
            {"date": "1998-12-30/1999-01-02", "year": "1998–1999"},
            (None, "///1998-12-30 至 1999-01-02 之间"),
        ),
        (
            (None, "1998-03-09"),
            ", [不晚于 1998-03-09](",
            {"literal": "不晚于 1998-03-09"},
            {"date": "/1998-03-09", "year": "不晚于 1998-03-09"},
            (None, "///不晚于 1998-03-09"),
        ),
        (
            ("1998-03-05", None),
            ", [不早于 1998-03-05](",
            {"literal": "不早于 1998-03-05"},
            {"date": "1998-03-05/", "year": "不早于 1998-03-05"},
            (None, "///不早于 1998-03-05"),
        ),
        ((), ", [日期不详](", None, {"year": "日期不详"}, (None, "///日期不详")),
    ],
)
def test_a_day_that_nobody_knows_is_not_made_up(days, said, issued, in_bibtex, in_ris):
    citation = changed(days=days)
    assert said in gb7714(citation)
    assert read_csl(csl_json(citation)).get("issued") == issued
    _, _, fields = read_bibtex(bibtex(citation))
    assert {name: fields[name] for name in ("date", "year", "month", "day") if name in fields} == in_bibtex
    record = read_ris(ris(citation))
    assert (record.get("year"), record["date"]) == in_ris


def test_an_inferred_newspaper_is_called_inferred_in_each_form():
    for form in FORMATS:
        assert "推定" in form.written(changed(newspaper_inferred=True))
        assert "推定" not in form.written(ARTICLE)


def test_keys_are_ascii_and_different_names_have_different_keys():
    keys = ["甲", "乙", "u7532", "a b", "a_b", "a{b}", "a,b", "a%b"]
    found = [cite_key(key) for key in keys if key != "u7532"]
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"[\w.:-]+", key, re.ASCII) for key in found)


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
    assert small.get(re.sub(r"^https?://[^/]+", "", item["URL"])).status_code == 200
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

"""The pages of the site, from the real database: what a reader sees, and that no page of OCR text can inject markup."""

import html
import re
from urllib.parse import quote

import pytest
from banmian.site.quoting import halves
from banmian.site.results import MOST
from banmian.site.snippets import CLOSE, OPEN, as_html, readable
from banmian.store.segmentation import segment
from conftest import site_of
from published import Published

HOSTILE = """# 市长张伟<script>alert(1)</script>调研

记者 王芳

市长张伟昨天在南湖市"><img src=x onerror=alert(2)>调研。他指出,要把工作做好。

张伟说,【括号】和\u2060【假标记】\u2060以及\ue000\ue001私用\ue002\ue003字符都是正文。
"""


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory):
    with site_of(tmp_path_factory.mktemp("hostile"), {"hostile.txt": HOSTILE}) as published:
        yield published


def rows(site, sql):
    return site.connection().execute(sql).fetchall()


@pytest.mark.parametrize(
    "path", ["/", "/edition", "/edition/articles", "/edition/articles/1", "/-/search?q=%E7%9A%84", "/nothing"]
)
def test_every_page_says_its_language_and_fits_a_phone(site, path):
    page = site.get(path).text
    assert '<html lang="zh-CN">' in page
    assert 'name="viewport"' in page
    assert "https://fonts" not in page


def text_of(page):
    """What a reader sees, without marks, badges and white space."""
    plain = re.sub(r'<a class="inferred".*?</a>|<span class="lines".*?</span>|<[^>]+>', "", page, flags=re.DOTALL)
    return re.sub(r"\s", "", html.unescape(plain))


def test_an_article_reads_like_an_article(site):
    for article in rows(site, "SELECT * FROM articles"):
        page = site.get(f"/edition/articles/{article['id']}").text
        seen = text_of(page)
        parts = [
            article[f] for f in ("rubric", "kicker", "headline", "subheadline", "byline", "dateline") if article[f]
        ]
        paragraphs = rows(site, f"SELECT text FROM paragraphs WHERE article_id = {article['id']} ORDER BY position")
        at = 0
        for part in [*parts, *(paragraph["text"] for paragraph in paragraphs)]:
            at = seen.index(re.sub(r"\s", "", part), at)
        assert article["key"] in seen


def test_every_mention_is_marked_and_linked(site):
    for article in rows(site, "SELECT id FROM articles"):
        page = site.get(f"/edition/articles/{article['id']}").text
        reading = page[page.index('<article class="single') : page.index("<aside>")]
        links = re.findall(r'<a class="name \w+" id="[^"]*" href="([^"]+)" title="[^"]*">(.*?)</a>', reading)
        printed = [(href, html.unescape(re.sub("<.*?>", "", text))) for href, text in links]
        mentions = rows(
            site,
            f"""SELECT surface, coalesce(people.address, organizations.address) AS href
                FROM mentions LEFT JOIN people ON people.id = person_id
                LEFT JOIN organizations ON organizations.id = organization_id
                WHERE article_id = {article["id"]}""",
        )
        assert sorted(printed) == sorted((mention["href"], mention["surface"]) for mention in mentions)


def test_corrections_and_doubts_are_marked_where_they_stand(site):
    for table, column in (("corrections", "corrected"), ("doubts", "printed")):
        for note in rows(site, f"SELECT article_id, {column} AS text, reason FROM {table}"):
            page = site.get(f"/edition/articles/{note['article_id']}").text
            reading = page[page.index('<article class="single') : page.index("<aside>")]
            spans = re.findall(rf'<span class="{table[:-1]}" title="([^"]*)">([^<]*)</span>', reading)
            marked = "".join(
                html.unescape(text) for title, text in spans if halves(note["reason"])[0] in html.unescape(title)
            )
            assert marked == note["text"]
            assert html.escape(note["reason"], quote=False)[:20] in page


def test_an_inferred_newspaper_is_inferred_wherever_it_is_named(site):
    (edition,) = rows(site, "SELECT * FROM editions")
    assert edition["newspaper_basis"]
    page_id = rows(site, "SELECT id FROM pages")[0]["id"]
    shown = ["/", "/-/rights", "/edition/search", "/edition/timeline", "/edition/editions", "/edition/articles/1"]
    for path in [*shown, f"/edition/pages/{page_id}", f"/edition/editions/{edition['id']}"]:
        page = site.get(path).text
        named = re.findall(rf">\s*{edition['newspaper']}\s*(.{{0,40}})", page, flags=re.DOTALL)
        assert named, path
        assert all(re.match(r'(</a>)?\s*<a class="inferred"|\(推定', after) for after in named), path


def test_every_badge_and_note_leads_to_its_basis(site):
    entities = rows(site, "SELECT organization_id FROM mentions JOIN mention_doubts ON mention_id = mentions.id")
    paths = [
        "/",
        "/edition/articles/1",
        "/edition/articles/4",
        "/edition/editions",
        "/edition/offices",
        "/edition/pages",
    ]
    paths += [f"/edition/organizations/{row[0]}" for row in entities if row[0]]
    found = set()
    for path in paths:
        links = re.findall(r'<a class="(inferred|why \w+|doubtful)" href="([^"]+)"', site.get(path).text)
        found |= {(kind, html.unescape(href) if href[0] == "/" else path + href) for kind, href in links}
    assert {kind for kind, _ in found} >= {"inferred", "why doubt", "why correction", "doubtful"}
    for _, href in found:
        path, _, anchor = href.partition("#")
        answer = site.get(path)
        assert answer.status_code == 200, href
        assert not anchor or f'id="{anchor}"' in answer.text, href


def test_an_expanded_name_is_marked_wherever_it_stands_for_a_short_one(site):
    id_, name = rows(
        site,
        """SELECT organizations.id, name FROM organizations JOIN positions ON organization_id = organizations.id
           WHERE name_basis = 'expanded'""",
    )[0]
    (person,) = rows(site, f"SELECT person_id FROM positions WHERE organization_id = {id_} LIMIT 1")[0]
    (article,) = rows(site, f"SELECT article_id FROM mentions WHERE organization_id = {id_} LIMIT 1")[0]
    shown = [f"organizations/{id_}", f"people/{person}", f"articles/{article}", "offices", "organizations"]
    for path in [*shown, f"organizations_by_type?type={'party'}", "mentions_in_context", "positions_with_names"]:
        page = site.get(f"/edition/{path}").text
        page = page[page.index('id="content"') :]
        named = re.findall(rf">{name}(?:</a>)?\s*(<a class=\"inferred\".*?>|.)", page, flags=re.DOTALL)
        assert any("full-names" in after for after in named), path


def test_an_article_is_cited_with_key_edition_version_and_checksum(site):
    article = rows(
        site, "SELECT articles.key, source_sha256, edition_id FROM articles JOIN pages ON pages.id = page_id"
    )[0]
    (version,) = rows(site, "SELECT value FROM build_info WHERE name = 'version'")[0]
    page = site.get("/edition/articles/1").text
    cited = text_of(page[page.index('<section class="cite"') :])
    assert all(part in cited for part in (article["key"], article["edition_id"], f"Banmian{version}"))
    assert f"sha256{article['source_sha256']}" in cited


def test_the_text_has_the_language_of_its_edition(site):
    (language,) = rows(site, "SELECT language FROM editions")[0]
    assert site.get("/edition/articles/1").text.count(f'<div class="text" lang="{language}">') == 1


@pytest.mark.parametrize(
    "path",
    [
        "/edition/people/1",
        "/edition/organizations/1",
        "/edition/editions/{edition}",
        "/edition/pages/{page}",
        "/-/rights",
        "/edition/articles/1",
        "/edition/articles",
        "/edition/offices",
        "/edition/aliases/1",
        "/-/search?q=%E5%B7%A5",
    ],
)
def test_every_page_can_be_taken_away_as_csv_and_json(site, path):
    page_id, edition = rows(site, "SELECT id, edition_id FROM pages")[0]
    page = site.get(path.format(page=page_id, edition=edition)).text
    content = page[page.index('id="content"') :]
    for kind in ("csv", "json"):
        links = re.findall(rf'href="([^"]*\.{kind}[^"]*)"', content)
        assert links, kind
        for link in links:
            assert len(site.get(html.unescape(link)).text.splitlines()) > (kind == "csv")


def test_the_front_page_comes_first(site):
    seen = text_of(site.get("/").text)
    at = 0
    for article in rows(site, "SELECT headline, body FROM articles ORDER BY position"):
        at = seen.index(article["headline"], at)
        at = seen.index(re.sub(r"\s", "", article["body"])[:200], at)


def test_search_page_lists_exact_hits_first_and_labels_the_rest(site):
    first, *_, last = [row["word"] for row in rows(site, "SELECT word FROM keywords WHERE article_id = 1")]
    exact = site.get(f"/-/search?q={first}").text
    assert f"<mark>{first}</mark>" in exact
    assert "分词匹配" not in exact
    loose = site.get(f"/-/search?q={first}{last}").text
    assert "分词匹配" in loose
    assert "没有找到" in site.get("/-/search?q=%E7%94%B2%E9%BE%9C%E9%BE%A0").text


def test_the_search_page_and_the_query_find_the_same_in_the_same_order(site):
    """What visitors can read and change is what the page asks."""
    bodies = [row["body"].replace("\n", "") for row in rows(site, "SELECT body FROM articles")]
    words = [row["word"] for row in rows(site, "SELECT word FROM keywords WHERE position = 1")]
    mixed = 0
    for typed in [*words, " OR ".join(words), "的", *(body[at : at + 4] for body in bodies for at in range(0, 80, 20))]:
        page = site.get(f"/-/search?q={quote(typed)}").text
        found = site.get(f"/edition/search.json?_shape=objects&limit={MOST}&q={quote(typed)}").json()["rows"]
        before, _, loose = page.partition("只含其中一部分词")[0].partition("分词匹配")
        assert re.findall(r'<h3><a href="(/articles/[^"?]+)', before + loose) == [row["address"] for row in found]
        exact, _, forms = before.partition("<h2>别的写法")
        of_query = [sum(row["match"].startswith(kind) for row in found) for kind in ("照原样", "别的写法", "分词")]
        assert [len(re.findall("<h3><a ", part)) for part in (exact, forms, loose)] == of_query, typed
        mixed += bool(of_query[0] and of_query[2])
    assert mixed


def test_search_page_finds_people_and_short_names(site):
    person = rows(site, "SELECT address, name FROM people")[0]
    assert f'href="{person["address"]}"' in site.get(f"/-/search?q={person['name']}").text
    assert f'href="{person["address"]}"' in site.get(f"/-/search?q=({person['name']})：").text
    sql = "SELECT address, aliases.name FROM aliases JOIN organizations ON organizations.id = organization_id"
    alias = rows(site, sql)[0]
    assert f'href="{alias["address"]}"' in site.get(f"/-/search?q={alias['name']}").text


@pytest.mark.parametrize(
    "typed", ["", "%22", "%00", "-x", "%F0%9F%98%80", "%3Cscript%3Ealert(3)%3C/script%3E", "x" * 3000]
)
def test_search_page_takes_whatever_is_typed(site, typed):
    answer = site.get(f"/-/search?q={typed}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/edition/articles",
        "/edition/articles/1",
        "/edition/pages/hostile-1",
        "/pages/hostile-1/source",
        "/edition/search?q=alert",
        "/edition/search?q=调研",
        "/-/search?q=调研",
        "/-/search?q=script",
        "/edition/keyword_in_context?q=alert",
        "/edition/mentions_in_context",
    ],
)
def test_text_of_a_page_cannot_inject_markup(hostile_site, path):
    page = hostile_site.get(path)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


@pytest.mark.parametrize("path", ["/-/search?q=%E6%8B%AC%E5%8F%B7", "/edition/search?q=%E6%8B%AC%E5%8F%B7"])
def test_only_hits_are_marked(hostile_site, path):
    page = hostile_site.get(path).text
    assert "【<mark>括号</mark>" in page
    assert set(re.findall("<mark>(.*?)</mark>", page)) == {"括号"}


@pytest.mark.parametrize(
    ("text", "hit", "expected"),
    [
        ("甲乙丙", "乙", "甲<mark>乙</mark>丙"),
        ("<b>乙</b>", "乙", "&lt;b&gt;<mark>乙</mark>&lt;/b&gt;"),
        ("甲\ue000\ue001乙", "乙", "甲\ue000\ue001<mark>乙</mark>"),
        ("甲\u2060【乙】\u2060", "甲", "<mark>甲</mark>【乙】"),
        ("甲 乙\n丙", "乙", "甲 <mark>乙</mark> 丙"),
        ("\ue000乙\ue003", "乙", "\ue000<mark>乙</mark>\ue003"),
    ],
)
def test_snippets_escape_all_but_the_hit(text, hit, expected):
    before, _, after = segment(text).partition(segment(hit))
    assert as_html(readable(before + OPEN + segment(hit) + CLOSE + after)) == expected


def test_text_without_a_hit_is_left_to_datasette():
    assert as_html("【甲】") is None
    assert readable(None) is None


def test_csv_can_carry_a_byte_order_mark(site):
    plain, marked = (site.get(f"/edition/people.csv{query}") for query in ("", "?_bom=1"))
    assert marked.content == b"\xef\xbb\xbf" + plain.content
    assert site.get("/edition/people.csv?_bom=1&_stream=on").content == marked.content


@pytest.mark.parametrize("path", ["/edition/people.csv", "/edition/people.json", "/edition/search.csv", "/edition.db"])
def test_exports_link_to_rights(site, path):
    assert site.get(path).headers["link"].endswith('</-/rights>; rel="license"')
    assert "CC0" in site.get("/-/rights").text


def test_a_csv_of_a_failing_query_is_an_error(site):
    assert site.get("/edition.csv?sql=select+nothing").status_code == 400
    assert site.get("/edition.csv?sql=select+1").text == "1\r\n1\r\n"


@pytest.fixture(scope="module")
def sparse_site(tmp_path_factory):
    """Pages that nothing is known of: no heading, no name, a file name in Chinese."""
    files = {"版面 一.txt": "今天下雨。\n", "b.txt": "\n\n# 天晴\n\n明天天晴。\n"}
    with site_of(tmp_path_factory.mktemp("sparse"), files) as published:
        yield published


def test_pages_of_which_nothing_is_known_are_shown(sparse_site):
    home = sparse_site.get("/")
    assert home.status_code == 200
    assert "推定" not in home.text
    links = set(re.findall(r'href="(/(?:pages|articles)/[^"]+)"', home.text))
    pages = sorted(link for link in links if "/pages/" in link)
    assert [link.endswith("/source") for link in pages] == [False, False, True]
    for link in [*links, *(f"/edition/articles/{row['id']}" for row in rows(sparse_site, "SELECT id FROM articles"))]:
        assert sparse_site.get(link).status_code == 200, link


@pytest.mark.parametrize(
    "path", ["/edition/articles/1.0", "/edition/articles/9999", "/edition/articles/x", "/edition/people/01"]
)
def test_odd_addresses_of_rows(site, path):
    assert site.get(path).status_code in (200, 404)


def test_links_stay_below_the_address_that_the_site_is_published_at(edition_db):
    published = Published(edition_db, base_url="/papers/")
    for path in ("/", "/edition/articles", "/edition/articles/1", "/edition/people/1", "/-/rights"):
        links = re.findall(r'(?:href|action|src)="(/[^"]*)"', published.get(path).text)
        assert links
        assert [link for link in links if not link.startswith("/papers/")] == [], path
    published.close()

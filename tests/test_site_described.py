"""What an article's page says of it to programs: schema.org, and the tags that reference managers read."""

import json
import re

import pytest
from conftest import site_of

SEEDS = """editions:
  - id: day
    newspaper: 南湖晚报
    date: 1998-03-05
    issue: "123"
    language: zh-CN
    pages:
      - file: day.txt
        number: "2"
"""
PAGE = """# 市长张伟</script>调研&检查

本报讯(记者 王芳)市长张伟昨天在南湖市调研。他指出,要把工作做好。
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    with site_of(tmp_path_factory.mktemp("described"), {"editions.yml": SEEDS, "day.txt": PAGE}) as published:
        yield published


def article_page(site):
    (address,) = site.connection().execute("SELECT address FROM articles ORDER BY id LIMIT 1").fetchone()
    return address, site.get(address).text


def json_ld(page):
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(found)


def test_an_article_says_what_it_is_where_it_stands_and_whom_it_names(small):
    address, page = article_page(small)
    said = json_ld(page)
    assert (said["@type"], said["headline"]) == ("NewsArticle", "市长张伟</script>调研&检查")
    assert (said["datePublished"], said["pagination"], said["inLanguage"]) == ("1998-03-05", "2", "zh-CN")
    assert said["isPartOf"]["isPartOf"] == {"@type": "Newspaper", "name": "南湖晚报"}
    assert said["isPartOf"]["issueNumber"] == "123"
    assert said["url"].endswith(address)
    assert [one["name"] for one in said["author"]] == ["王芳"]
    assert "张伟" in [one["name"] for one in said["mentions"]]
    for one in [*said["author"], *said["mentions"]]:
        assert small.get(re.sub(r"^https?://[^/]+", "", one["url"])).status_code == 200
    assert "articleBody" not in said


def test_a_reference_manager_finds_title_author_date_paper_and_page(small):
    _, page = article_page(small)
    tags = re.findall(r'<meta name="citation_(\w+)" content="([^"]*)">', page)
    assert dict(tags) | {"public_url": ""} == {
        "title": "市长张伟&lt;/script&gt;调研&amp;检查",
        "author": "王芳",
        "publication_date": "1998-03-05",
        "journal_title": "南湖晚报",
        "issue": "123",
        "firstpage": "2",
        "language": "zh-CN",
        "public_url": "",
    }


def test_what_is_not_known_is_not_said(site):
    """The page in seeds/ prints no date: it is known between which days it was printed."""
    _, page = article_page(site)
    said = json_ld(page)
    assert "datePublished" not in said
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", said["temporalCoverage"])
    assert "citation_publication_date" not in page

"""Every substring of one to six Han characters of every body finds its article, and only articles that hold it."""

import random
import re
from collections import defaultdict
from urllib.parse import quote

import pytest
from fuzzing import examples

FIELDS = ("kicker", "headline", "subheadline", "rubric", "dateline", "byline", "caption", "body")
LONGEST = 6


@pytest.fixture(scope="module")
def truth(site):
    """Substring -> ids of the articles that hold it in any indexed field."""
    rows = site.connection().execute(f"SELECT id, {', '.join(FIELDS)} FROM articles").fetchall()
    substrings = {
        run[at : at + length]
        for row in rows
        for run in re.findall("[㐀-鿿]+", row["body"])
        for length in range(1, LONGEST + 1)
        for at in range(len(run) - length + 1)
    }
    holders = defaultdict(set)
    for row in rows:
        text = "\0".join(row[field] or "" for field in FIELDS)
        for substring in substrings:
            if substring in text:
                holders[substring].add(row["id"])
    return holders


def test_all_in_sql(site, truth):
    connection = site.connection()
    found = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH escape_fts(?)"
    wrong = [s for s, ids in truth.items() if {row[0] for row in connection.execute(found, (s,))} != ids]
    assert len(truth) > 5_000
    assert wrong == []


def test_words_find_at_least_the_exact_hits(site, truth):
    connection = site.connection()
    found = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH escape_fts_words(?)"
    sample = random.Random(4).sample(sorted(truth), 2_000)
    wrong = [s for s in sample if not truth[s] <= {row[0] for row in connection.execute(found, (s,))}]
    assert wrong == []


def in_table_page(site, typed):
    page = site.get(f"/edition/articles?_search={typed}&_nofacet=1&_nosuggest=1&_nocount=1&_col=key").text
    return {int(key) for key in re.findall(r'href="/articles/[^"]*">(\d+)</a>', page)}


def in_json(site, typed):
    answer = site.get(
        f"/edition/articles.json?_search={typed}&_shape=array&_nofacet=1&_nosuggest=1&_nocount=1&_col=key"
    )
    return {row["id"] for row in answer.json()}


def in_search_all(site, typed):
    """As datasette-search-all asks."""
    shape = "_shape=objects&_labels=on&_extra=count&_extra=database&_extra=table&_size=5"
    return {row["id"] for row in site.get(f"/edition/articles.json?{shape}&_search={typed}").json()["rows"]}


def test_a_sample_over_http(site, truth):
    sample = random.Random(5).sample(sorted(truth), examples(90))
    forms = (in_table_page, in_json, in_search_all)
    for n, substring in enumerate(sample):
        assert forms[n % 3](site, quote(substring)) == truth[substring], substring

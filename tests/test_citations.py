"""Citations, read back by the programs that people keep them with."""

import re
from datetime import date

import bibtexparser
import pytest
from banmian.site.citations.citation import Citation
from banmian.site.citations.formats import FORMATS, bibtex, cite_key, csl_json, gb7714, ris
from bibtexparser import middlewares
from citation_readers import read_bibtex, read_csl, read_ris

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


@pytest.mark.parametrize(
    ("part", "marked", "said"),
    [
        ("newspaper", "报[推定], ", "报名系推定"),
        ("date", "-05[推定](", "日期系推定"),
        ("page", "[推定])[", "版次系推定"),
    ],
)
def test_what_is_inferred_is_called_inferred_in_each_form(part, marked, said):
    citation = changed(inferred=frozenset((part,)))
    for form in FORMATS:
        assert (marked if form.written is gb7714 else said) in form.written(citation)
        assert form.written(citation).count("推定") == 1
        assert "推定" not in form.written(ARTICLE)


def test_keys_are_ascii_and_different_names_have_different_keys():
    keys = ["甲", "乙", "u7532", "a b", "a_b", "a{b}", "a,b", "a%b"]
    found = [cite_key(key) for key in keys if key != "u7532"]
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"[\w.:-]+", key, re.ASCII) for key in found)

"""What spreadsheets get: workbooks (.xlsx) with the same cells as JSON, read back with openpyxl."""

import io
import re
import sqlite3

import openpyxl
import pytest
from banmian.site import workbooks
from fuzzing import some
from openpyxl.utils.escape import unescape
from published import Published

# Texts that a spreadsheet would run, round, or take for something else.
TEXTS = [
    "=1+1",
    "+86",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "007",
    "1998-03-05",
    "1e5",
    "TRUE",
    "甲\n乙",
    "<&>\"'",
    "𠀀",
    "\x01",
    "_x0041_",
]
ROOT_OF_SITE = "http://localhost"
LONG = "长" * 40_000
LONG_OF_PAIRS = "𠀀" * 20_000


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    path = tmp_path_factory.mktemp("workbooks") / "small.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE kinds (id INTEGER PRIMARY KEY, name TEXT)")
        connection.execute("CREATE TABLE cells (id INTEGER PRIMARY KEY, text, kind INTEGER REFERENCES kinds (id))")
        connection.execute("INSERT INTO kinds VALUES (1, '种'), (2, '=2')")
        rows = [(text, 1 + n % 2) for n, text in enumerate([*TEXTS, None, 1, -2.5, 2**60, "", LONG, LONG_OF_PAIRS])]
        connection.executemany("INSERT INTO cells (text, kind) VALUES (?, ?)", rows)
    connection.close()
    published = Published(path, metadata=False, max_returned_rows=8, default_page_size=5)
    yield published
    published.close()


def workbook(site, path):
    answer = site.get(path)
    assert answer.status_code == 200, path
    assert answer.headers["content-type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def rows_of(sheet):
    """The values; what openpyxl leaves as it is written in the file, as the characters that are meant."""
    return [[unescape(cell.value) if isinstance(cell.value, str) else cell.value for cell in row] for row in sheet]


def said(book):
    return "\n".join(str(cell) for row in rows_of(book.worksheets[1]) for cell in row)


def test_a_workbook_has_all_rows_of_a_table_as_they_are_and_no_formula(small):
    book = workbook(small, "/small/cells.xlsx")
    (heading, *rows) = rows_of(book.worksheets[0])
    assert heading == ["编号 (id)", "文字 (text)", "种类 (kind)"]
    assert [row[0] for row in rows] == list(range(1, len(TEXTS) + 8))
    assert [row[1] for row in rows[: len(TEXTS)]] == TEXTS
    assert [row[1] for row in rows[len(TEXTS) : len(TEXTS) + 5]] == [None, 1, -2.5, str(2**60), ""]
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_a_cell_that_is_too_long_is_announced_where_it_stands_and_on_the_other_sheet(small):
    book = workbook(small, "/small/cells.xlsx")
    rows = rows_of(book.worksheets[0])
    for row, text in ((rows[-2], LONG), (rows[-1], LONG_OF_PAIRS)):
        cell = row[1]
        assert len(cell.encode("utf-16-le")) // 2 <= workbooks.LONGEST_CELL
        kept = len(cell.partition("〔")[0])
        assert cell.startswith(text[:kept])
        assert kept > 15_000
        assert f"{len(text):,}" in cell.partition("〔")[2]
        assert f"{kept:,}" in cell.partition("〔")[2]
    assert f"text 列第 {len(rows) - 1} 行" in said(book)
    assert book.active == book.worksheets[1]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", list(range(1, 22))),
        ("?id__lt=4&_sort_desc=id", [3, 2, 1]),
        ("?_size=2", list(range(1, 22))),
        ("?_next=19", [20, 21]),
        ("?id=99", []),
    ],
)
def test_the_rows_are_those_that_are_asked_for_on_all_pages(small, query, ids):
    book = workbook(small, f"/small/cells.xlsx{query}")
    assert [row[0] for row in rows_of(book.worksheets[0])[1:]] == ids
    assert "未收全" not in said(book) or 20 in ids


def test_labels_stand_in_a_column_beside_their_keys(small):
    rows = rows_of(workbook(small, "/small/cells.xlsx?_labels=on&id__lt=3").worksheets[0])
    heading = ["编号 (id)", "文字 (text)", "种类 (kind)", "种类(文字) (kind_label)"]
    assert rows == [heading, [1, "=1+1", 1, "种"], [2, "+86", 2, "=2"]]


@pytest.mark.parametrize("limit", ["MOST_ROWS", "MOST_CHARACTERS"])
def test_a_table_of_too_many_rows_is_cut_and_says_so(small, monkeypatch, limit):
    monkeypatch.setattr(workbooks, limit, 10)
    book = workbook(small, "/small/cells.xlsx")
    count = len(rows_of(book.worksheets[0])) - 1
    assert 0 < count <= 10
    assert f"只有前 {count} 行" in said(book)
    assert book.active == book.worksheets[1]


def test_a_query_of_more_rows_than_datasette_gives_says_so(small):
    book = workbook(small, "/small.xlsx?sql=select+id+from+cells")
    assert len(rows_of(book.worksheets[0])) == 1 + 8
    assert "只有前 8 行" in said(book)


def test_a_query_that_fails_is_no_workbook(small):
    assert small.get("/small.xlsx?sql=select+nothing").status_code == 400
    assert small.get("/small/nothing.xlsx").status_code == 404


@pytest.mark.check
def test_each_table_view_query_and_row_has_a_workbook_with_the_cells_of_its_json(site):
    published = site.run(site.datasette.get_database().table_names())
    views = site.run(site.datasette.get_database().view_names())
    queries = site.run(site.datasette.get_canned_queries("edition", None))
    (article,) = site.connection().execute("SELECT address FROM articles LIMIT 1").fetchone()
    paths = [f"/edition/{name}" for name in [*published, *views, *queries] if "_fts" not in name]
    paths = [path for path in paths if site.get(f"{path}.json").status_code == 200]
    assert len(paths) > 40
    for path in [*some(paths), article]:
        found = site.get(f"{path}.json?_shape=arrays&_size=max").json()
        rows = rows_of(workbook(site, f"{path}.xlsx").worksheets[0])
        # Labels and addresses are more than JSON has.
        names = [re.sub(r".* \((.*)\)$", r"\1", heading) for heading in rows[0]]
        bare = [place for place, name in enumerate(names) if not name.endswith("_label")]
        assert [names[place] for place in bare] == found["columns"], path
        in_json = [
            [ROOT_OF_SITE + cell if str(cell).startswith("/") else cell for cell in row] for row in found["rows"]
        ]
        assert [[row[place] for place in bare] for row in rows[1:]] == in_json, path
        assert not found["rows"] or ".xlsx" in site.get(path).text, path


def test_a_workbook_says_where_it_is_from_and_whose_it_is(site):
    text = said(workbook(site, "/edition/offices.xlsx?person=%E9%BE%9A%E6%AD%A3"))
    assert "/edition/offices?person=%E9%BE%9A%E6%AD%A3" in text
    assert "[DB/OL]" in text
    assert "CC0" in text


@pytest.mark.parametrize(
    ("asked", "heading", "named"),
    [
        (
            "",
            ["姓名 (name)", "公众人物依据 (public_role)", "公众人物依据(文字) (public_role_label)", "网址 (address)"],
            "任公职",
        ),
        (
            "&_lang=en",
            ["Name (name)", "Public role (public_role)", "Public role, in words (public_role_label)"],
            "holds an office",
        ),
    ],
)
def test_headings_labels_and_addresses_are_such_that_the_file_is_read_by_itself(site, asked, heading, named):
    book = workbook(site, f"/edition/people.xlsx?key=%E9%BE%9A%E6%AD%A3{asked}")
    (headings, row) = book.worksheets[0].iter_rows()
    cells = {top.value: cell for top, cell in zip(headings, row, strict=True)}
    assert set(heading) <= set(cells)
    assert cells[heading[1]].value == "office"
    assert cells[heading[2]].value.startswith(named)
    address = "http://localhost/people/%E9%BE%9A%E6%AD%A3"
    (cell,) = [cell for name, cell in cells.items() if "(address)" in name]
    assert (cell.value, cell.hyperlink.target) == (address, address)


def test_columns_are_as_wide_as_what_stands_in_them(site):
    sheet = workbook(site, "/edition/people_listed.xlsx").worksheets[0]
    widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
    longest = [max(len(str(cell.value or "")) for cell in column) for column in sheet.iter_cols()]
    assert all(width >= min(60, 2 + length) for width, length in zip(widths, longest, strict=True))
    assert max(widths) < 62


@pytest.mark.parametrize(("asked", "said"), [("", "印出 · printed"), ("?_lang=en", "printed"), ("?_lang=zh", "印出")])
def test_words_in_two_languages_are_those_of_the_reader(site, asked, said):
    rows = rows_of(workbook(site, f"/edition/aliases_and_full_names.xlsx{asked}").worksheets[0])
    (place,) = [place for place, heading in enumerate(rows[0]) if "(full_name_is)" in heading]
    values = {row[place] for row in rows[1:]}
    assert said in values
    assert not asked or not any(value and " · " in value for value in values)


def test_an_address_is_below_the_address_of_the_site(edition_db):
    published = Published(edition_db, base_url="/papers/", force_https_urls=True)
    try:
        rows = rows_of(workbook(published, "/edition/people.xlsx?key=%E9%BE%9A%E6%AD%A3").worksheets[0])
    finally:
        published.close()
    assert rows[1][-1] == "https://localhost/papers/people/%E9%BE%9A%E6%AD%A3"

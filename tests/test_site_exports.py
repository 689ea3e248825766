"""What the links for spreadsheets give: a byte-order mark, and no cell that runs as a formula."""

import csv
import io

import pytest
from banmian.site.exports import wrap
from published import finished

CELLS = [
    "=1+1",
    "+86 21",
    "-1号",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '="a,b"',
    "-\n1",
    "a=1",
    "'",
    "",
    "-5",
    "+1.5",
    "-1e5",
    "甲,乙",
]


def answer(parts, query):
    """The body that a visitor gets when Datasette sends `parts`."""

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for part in parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": "/edition/t.csv", "query_string": query}
    finished(wrap(app, "/-/rights")(scope, None, send))
    return b"".join(message.get("body", b"") for message in sent)


def written(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_cells_are_harmless_however_the_answer_is_cut(size):
    whole = written([["text", "other"], *([cell, cell] for cell in CELLS)])
    parts = [whole[at : at + size] for at in range(0, len(whole), size)]
    assert answer(parts, b"") == whole
    marked = answer(parts, b"_bom=1").decode("utf-8-sig")
    dangerous = set(CELLS[:8])
    expected = [["'" + cell if cell in dangerous else cell] * 2 for cell in CELLS]
    assert list(csv.reader(io.StringIO(marked, newline="")))[1:] == expected

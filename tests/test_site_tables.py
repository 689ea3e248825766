"""Tables of an article are shown as tables, whatever form they are printed in."""

import pytest
from banmian.site.tables import read_table


@pytest.mark.parametrize(
    ("source", "rows", "head"),
    [
        ("| 线路 | 班次 |\n| --- | ---: |\n| 一路 | 40 |", (("线路", "班次"), ("一路", "40")), 1),
        ("| 一路 | 40 |\n| 二路 |  |", (("一路", "40"), ("二路", "")), 0),
        ("|线路|班次|\n|:-|-|\n\n|一路\\|快|40|", (("线路", "班次"), ("一路|快", "40")), 1),
        (
            "<table><tr><th>线路</th><th>班次</th></tr>\n<tr><td>一路</td><td>4&amp;5</td></tr></table>",
            (("线路", "班次"), ("一路", "4&5")),
            1,
        ),
        ("<table><tr><td>一路</td><th>40</th></tr></table>", (("一路", "40"),), 0),
        ("<table><tr><td>一路</td></tr></table>合计四十班", (), 0),
        ("<table></table>", (), 0),
        ("线路 班次\n一路 40", (), 0),
        ("| 线路 | 班次 |\n合计四十班", (), 0),
    ],
)
def test_the_cells_of_a_table(source: str, rows: tuple[tuple[str, ...], ...], head: int) -> None:
    table = read_table(source)
    assert (table.rows, table.head) == (rows, head)
    assert table.source == source

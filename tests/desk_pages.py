"""Pages on the editor's desk: a small one, and such as a server shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from banmian.desk.pages import Desk
from conftest import run_build
from invented import InventedPage
from published import served
from seed_folders import folder_of

LINES = (
    "# 春天种什么",
    "全市植树活动昨天开始,首批树苗已经运到各个公",
    "园,市民可以就近参加。",
    "# 公交增加三条",
    "公交线路从下月起增加。",
)
TEXT = "\n\n".join(LINES) + "\n"


def desk_of(folder: Path, text: str = TEXT, editions: str | None = None) -> Desk:
    files = {"seeds/a.txt": text, **({} if editions is None else {"seeds/editions.yml": editions})}
    folder_of(folder, files)
    return Desk(folder / "seeds", folder / "own")


@contextmanager
def desk_over(folder: Path, invented: InventedPage) -> Iterator[tuple[Path, str]]:
    """The desk over one page."""
    folder_of(folder / "seeds", {"a.txt": invented.text})
    assert run_build(folder / "seeds", folder / "build").returncode == 0
    variables = {"BANMIAN_DESK_SEEDS": str(folder / "seeds"), "BANMIAN_DESK_BUILD": str(folder / "build")}
    with served(folder / "build" / "edition.db", variables) as address:
        yield folder, f"{address}/-/desk/a-1"


def said(invented: InventedPage) -> list[str]:
    """Of each article its lines in order, as an editor writes them."""
    return [
        " ".join([*(f"{line.number}={kind}" for line, kind in headings), *(str(line.number) for line, _ in body)])
        for headings, body in zip(invented.headings, invented.bodies, strict=True)
    ]

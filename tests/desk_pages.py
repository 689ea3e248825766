"""A small page on the editor's desk."""

from __future__ import annotations

from pathlib import Path

from banmian.desk.pages import Desk
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

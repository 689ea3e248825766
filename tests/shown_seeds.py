"""Seeds of which the public is shown a part, what is built of them, and the two sites over that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import made_once, run_build, run_command
from published import Published
from seed_folders import folder_of

BEGINS = "市长郑明远昨天到城东考察,"
# Of one edition each: sentences that stand beyond the beginning, with characters that stand nowhere else.
HIDDEN = {
    "part": "副市长周卫东随后在座谈会上谈到鼹鼠如何在旧堤坝里打洞筑巢的故事",
    "part2": "会后大家一起参观了蜥蜴馆里新近运到的几十种热带爬行动物",
    "none": "局长刘建国在会上逐条回答了关于鹦鹉饲养场搬迁补偿的各种问题",
    "archive": "据工作人员介绍明年还将陆续添置骆驼和羚羊等大型食草动物",
    "caption": "图为市民在江边观看白鹳成群飞过新建大桥的壮观景象",
}
SHOWN = "新桥通车以后两岸居民往来只需十分钟比过去坐轮渡快得多"
LONG = "此事各方都很关心,有关部门正在研究。" * 12
PRIVATE = "村民何大山说,路修好了。袁隆平来过这里。居民赵小兰说,夜里也亮。"
CAPTION = f"{HIDDEN['caption']} 记者 王大力 摄"
PART = f"# 市长考察城东\n\n本报讯 {BEGINS}{LONG}{PRIVATE}{HIDDEN['part']}。\n\n{HIDDEN['part2']}。\n\n{CAPTION}\n"
NONE = f"# 搬迁有了答复\n\n本报讯 {LONG}{HIDDEN['none']}。\n"
FULL = f"# 新桥通车\n\n本报讯 市长郑明远昨天宣布新桥通车。{SHOWN}。\n"
ARCHIVE = f'{{"headline": "动物园扩建", "body": "{LONG}{HIDDEN["archive"]}。", "date": "2024-03-04"}}\n'
LISTED = f"""editions:
  - id: part
    date: 2024-03-01
    city: 武汉市
    note: 编者按:{HIDDEN["part"]}。
    pages: [{{file: a.txt}}]
    doubts: [{{file: a.txt, printed: 鼹鼠, suspected: 田鼠, reason: "原文说{HIDDEN["part"]}"}}]
    corrections: [{{file: a.txt, printed: 爬行动物, corrected: 爬虫, reason: r}}]
  - {{id: again, date: 2024-03-05, pages: [{{file: d.txt}}]}}
  - {{id: none, date: 2024-03-02, shown: none, pages: [{{file: b.txt}}]}}
  - {{id: full, date: 2024-03-03, rights: CC BY 4.0, shown: full, pages: [{{file: c.txt}}]}}
people:
  - {{names: [赵小兰], as: public, reason: The delegate of the street.}}
  - {{names: [刘建国, 无此人], as: private, reason: A namesake of no office.}}
"""
FILES = {"a.txt": PART, "b.txt": NONE, "c.txt": FULL, "d.txt": PART, "e.jsonl": ARCHIVE, "editions.yml": LISTED}


def build_of(factory: pytest.TempPathFactory) -> Path:
    """The folder of the build, with what the public is served, a release of that and the export of facts.

    It is made once for all tests, which read it; beside it stands what the build said (said.txt).
    """

    def make(folder: Path) -> None:
        build = folder / "build"
        made = run_build(folder_of(folder / "seeds", FILES), build)
        assert made.returncode == 0, made.stderr
        (folder / "said.txt").write_text(made.stdout + made.stderr, "utf-8")
        assert run_command("public", "--build", build).returncode == 0
        of = ("--build", build / "public", "--metadata", "metadata.yml")
        assert run_command("release", *of, "--date", "2026-11-01").returncode == 0
        assert run_command("export-facts", "--build", build, "--metadata", "metadata.yml").returncode == 0

    return made_once(factory, "shown", make) / "build"


@contextmanager
def site_over(database: Path) -> Iterator[Published]:
    """The site over a database."""
    published = Published(database)
    yield published
    published.close()

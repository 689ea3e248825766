"""Articles of which the training scripts make pages in tests."""

from __future__ import annotations

import json
from pathlib import Path

PLACES = ("海州", "江城", "临川", "云岭", "东港", "西山", "北桥")
ARTICLES = [
    {
        "headline": f"{place}今年种下{number}万棵树",
        "paragraphs": [
            f"{place}的绿化季活动今天在沿河的六个公园同时展开，园林局局长到场种下了第一棵银杏，市民也领到了{number}万棵树苗。",
            f"三年来{place}市民认养的树木已经超过{number}万棵，成活率一年比一年高；不少家庭带着孩子来到现场，挖坑、培土、浇水。",
            "退休的教师告诉记者，她和邻居们每年都来，看着小树一点点长高，心里特别踏实。",
            "今年的树苗由城北的三家苗圃提供，大多是本地的品种，容易成活，也不需要太多照料。",
            f"活动将持续到下个月中旬，{place}的居民可以在各社区的服务站报名。",
            "园林局说，明年还要再添两处苗圃。",
        ],
        "crossheads": [[2, "邻居年年都来"], [4, "下月仍可报名"]],
    }
    for number, place in enumerate(PLACES, 3)
]


def written(folder: Path) -> Path:
    """The articles as a file of JSON lines in `folder`."""
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in ARTICLES), "utf-8")
    return path

"""Every row of the lists that say what is no name, or what makes a name likelier, is needed by a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from banmian.names import lexicons, reading
from banmian.names.organizations import heads
from banmian.names.people import shapes
from named import article

# One word of each set in which short names of organizations are known.
_CONTEXTS = [lexicons.group(name)[0] for name in lexicons.table("groups.tsv") if name.startswith("context_")]
_IN_CONTEXT = "、".join(_CONTEXTS) + "。\n"
_PEOPLE = (
    "{}说,今年的情况很好。",
    "昨天,{}来到现场。",
    "记者{}报道。",
    "市长{}昨天调研。",
    "市民{}表示,活动很好。",
    "{}认为,这是好事。",
    "{}、李建国和王丽华参加会议。",
    "李建国、{}、王丽华参加会议。",
    "球员{}昨天受伤。",
    "{}告诉记者,他很高兴。",
    "教练{}带领队员训练。",
    "主帅{}率队出征。",
    "在{}的带领下,大家出发。",
    "{}指出,要抓好落实。{}还说,要加快。",
    "美国总统{}昨天发表讲话。",
    "外长布{}来访,布{}说,合作很好。",
    "{}约为两成。",
)
# {} is the row. Each row makes a difference in one of the sentences of its list.
SENTENCES = {
    "stop_phrases.txt": (
        "昨天,{}举行活动。",
        "{}建设正在推进。",
        "据介绍,{}的情况很好。",
        "市民来到{}。",
        "本市{}工作会议召开。",
        "杭州市{}规划公布。",
        "{}公司的业务增长。",
        "记者从{}获悉。",
        "{}队昨天比赛。",
        "他在{}担任主任。",
        "{}局长讲话。",
        "{}委员会成立。",
        "{}银行昨天开业。",
        "{}中心医院",
        "{}委昨天",
        "{}足球队昨天比赛。",
        "{}表{}示。",
        "一{},大家",
        *(_IN_CONTEXT + sentence for sentence in ("用{}来", "他{}了。", "昨天,{}举行活动。", "{}的情况很好。")),
        "市{}局昨天宣布。\n{}的情况很好。",
    ),
    "not_people.txt": _PEOPLE,
    "foreign_places.txt": ("中国驻{}总领事李建国出席。", *_PEOPLE),
    "not_organizations.txt": (
        "我们要建设{}。",
        "杭州{}建设加快。",
        "浙江省{}建设加快。",
        "他说,{}是目标。",
        "上海{}的发展很快。",
        "今年,全市{}增加。",
        "努力成为{}。",
        "市{}的建设加快。",
        "西湖{}昨天开放。",
        "江南{}昨天开放。",
        "举行{}。",
        "智芯{}增加。",
    ),
}


# What is made of lists and remembered.
KEPT = (heads.not_names, shapes._no_names, shapes.is_no_name)


@contextmanager
def without(name: str, row: str) -> Iterator[None]:
    """Read names as if that row did not stand in data/`name`."""
    words = lexicons.words(name) - {row}
    phrases = lexicons.Phrases(words)
    all_words: Callable[[str], frozenset[str]] = lexicons.words
    all_phrases: Callable[[str], lexicons.Phrases] = lexicons.phrases
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicons, "words", lambda asked: words if asked == name else all_words(asked))
        patch.setattr(lexicons, "phrases", lambda asked: phrases if asked == name else all_phrases(asked))
        for kept in KEPT:
            kept.cache_clear()
        yield
    for kept in KEPT:
        kept.cache_clear()


def proposed(text: str) -> list[object]:
    """What the rules propose in the text, and what may be a name: the tagger decides by much else."""
    (seen,) = reading.seen_by_tagger(reading.propose([article(body=text)]))
    return [seen.organizations, seen.people, seen.roles, seen.candidates]


def makes_a_difference(name: str, row: str) -> bool:
    for sentence in SENTENCES[name]:
        text = sentence.replace("{}", row)
        found = proposed(text)
        with without(name, row):
            if proposed(text) != found:
                return True
    return False


@pytest.mark.parametrize("name", SENTENCES)
def test_each_row_is_needed(name: str) -> None:
    assert [row for row in sorted(lexicons.words(name)) if not makes_a_difference(name, row)] == []

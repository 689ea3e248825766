"""The tagger: its decoder against all readings there are, and what its certainty says."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from banmian.names import read_names, reading
from banmian.names import text as texts
from banmian.names.recognition import decide, gathering, surroundings, tagger
from banmian.names.recognition.repeats import repeats
from named import article, read

CLAUSES = [(0, 4), (4, 5), (5, 8)]


def random_chain(seed: int) -> tuple[tagger.Floats, tagger.Floats]:
    """Scores of eight characters and of transitions."""
    generator = np.random.default_rng(seed)
    size = len(tagger.LABELS)
    allowed = [[tagger.follows(before, after) for after in tagger.LABELS] for before in tagger.LABELS]
    transitions = np.where(allowed, generator.normal(size=(size, size)), -np.inf).astype(np.float32)
    return generator.normal(size=(8, size)).astype(np.float32), transitions


def readings(
    clause: tuple[int, int], scores: tagger.Floats, transitions: tagger.Floats
) -> list[tuple[float, list[int]]]:
    """(weight, labels) of every way to read the clause."""
    found = []
    for path in itertools.product(range(len(tagger.LABELS)), repeat=clause[1] - clause[0]):
        names = ["O", *(tagger.LABELS[label] for label in path), "O"]
        if all(itertools.starmap(tagger.follows, itertools.pairwise(names))):
            score = sum(scores[clause[0] + at, label] for at, label in enumerate(path))
            score += sum(transitions[pair] for pair in itertools.pairwise(path))
            found.append((float(np.exp(score)), list(path)))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_best_reading_and_the_chance_of_every_name_are_those_of_all_readings(seed: int) -> None:
    scores, transitions = random_chain(seed)
    best, chain = tagger.decoded(scores, CLAUSES, transitions)
    held = tagger.Read(best, chain, 0)
    for clause in CLAUSES:
        every = readings(clause, scores, transitions)
        assert list(best[slice(*clause)]) == max(every)[1]
        chances: Counter[tuple[int, int, str]] = Counter()
        for weight, path in every:
            for span in tagger.spans(np.array(path, np.int8), clause[0]):
                chances[span] += weight / sum(weight for weight, _ in every)
        assert all(held.probability(*span) == pytest.approx(chance, abs=1e-4) for span, chance in chances.items())
        likely = {(one.start, one.end, one.kind): one.probability for one in held.likely(0.05) if one.end <= clause[1]}
        told = {span: chance for span, chance in chances.items() if chance >= 0.05}
        own = {span: chance for span, chance in likely.items() if span[0] >= clause[0]}
        assert own == pytest.approx(told, abs=1e-4)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"odds": 2.0}, {"odds": 1.0}),
        (
            {"odds": 0.5, "elsewhere": 1.0, "most elsewhere": 1.0, "elsewhere 4": 1.0, "most anywhere": 1.0},
            {"odds": 0.5, "elsewhere": -1.0, "most elsewhere": -1.0, "elsewhere -3": 1.0, "most anywhere": 0.5},
        ),
        ({"odds": 0.5}, {"odds": 0.5, "longer": 2.0}),
        ({"odds": 0.5}, {"odds": 0.5, "shorter": 2.0}),
    ],
)
def test_what_the_tagger_and_the_article_hold_of_a_name_makes_it_certain_and_what_overlaps_it_doubtful(
    one: dict[str, float], other: dict[str, float]
) -> None:
    for kind in tagger.KINDS.values():
        assert 0 < decide.certainty(kind, other) < decide.certainty(kind, one) < 1


def test_every_mention_says_how_certain_it_is() -> None:
    names = read("浙江省教育厅厅长张建国说,北方大学历史系主任李明辉参加了会议。", headline="张建国会见李明辉")
    assert len(names.mentions) >= 5
    assert all(mention.confidence is not None and 0 < mention.confidence <= 1 for mention in names.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "国家主席贺信指出,合作前景广阔。与会者认为,贺信意义重大。",
        "据博物馆馆长介绍,展览分三部分。馆长介绍说,展览免费。",
        "医院院长康复训练室昨天开放。医生说,康复很重要。",
        "昨天,白皮书指出,水质好转。白皮书认为,绿化更好。",
        "黄金说明了一切。黄金价格上涨,买黄金的人很多。",
        "市文旅部门说,占比还会提高。文旅产业增长很快,占比达一成。",
        "记者凌晨获悉,班子成员赶到现场。队长关心伤员。",
        "知情人士向新京报记者介绍,展览免费。",
        "工厂在回复界面新闻记者时表示,信件已收到。",
    ],
)
def test_words_that_begin_with_a_surname_are_nobody_s_name(text: str) -> None:
    assert [mention.surface for mention in read(text).mentions if mention.kind == "person"] == []


@pytest.mark.parametrize(
    ("sure", "times", "named"), [(0.39, 1, 1), (0.39, 2, 0), (0.41, 2, 2), (0.05, 3, 0), (0.9, 3, 3)]
)
def test_a_name_that_is_hardly_one_wherever_it_stands_is_a_word(
    monkeypatch: pytest.MonkeyPatch, sure: float, times: int, named: int
) -> None:
    real = decide.confidences
    monkeypatch.setattr(
        decide,
        "confidences",
        lambda field, bodies, people: real(field, bodies, people) | {(one.start, one.end): sure for one in people},
    )
    articles = [article(body="市长李建国昨天说,展览很好。")] * times
    found = read_names(articles, None).mentions
    assert sum(mention.kind == "person" for mention in found) == named


@pytest.mark.parametrize(
    ("texts", "stretches"),
    [
        (["渤海轮渡增资,昨天渤海轮渡说。"], ["渤海轮渡"]),
        (["青禾控股的会", "会上青禾控股说,青禾控股好"], ["青禾控股"]),
        # What always stands in the same longer stretch does not count by itself.
        (["新青禾说甲,新青禾看乙"], ["新青禾"]),
        (["天气好"], []),
        ([""], []),
        # Marks part stretches.
        (["甲乙,丙丁。甲乙,丙丁"], []),
    ],
)
def test_what_stands_again_in_an_article_is_marked_in_each_of_its_texts(texts: list[str], stretches: list[str]) -> None:
    marked = repeats(texts)
    assert [len(one) for one in marked] == [len(text) for text in texts]
    found = [
        "".join(c if m else " " for c, m in zip(text, one, strict=True))
        for text, one in zip(texts, marked, strict=True)
    ]
    assert sorted({part for one in found for part in one.split()}) == stretches


@dataclass(frozen=True)
class Holds:
    """What a tagger would hold of the names in a text: of those it reads one chance, of others another."""

    spans: Sequence[tagger.Span]
    other: float

    def likely(self, least: float) -> Sequence[tagger.Span]:
        return self.spans

    def probability(self, start: int, end: int, kind: str) -> float:
        read = [one.probability for one in self.spans if (one.start, one.end, one.kind) == (start, end, kind)]
        return read[0] if read else self.other


@pytest.mark.parametrize(
    ("chance", "found"),
    [(0.9, ["淘满集"] * 3), (0.2, ["淘满集"])],
)
def test_what_is_held_for_a_name_could_be_one_wherever_it_stands_again(chance: float, found: list[str]) -> None:
    fields = reading.propose([article(headline="淘满集增资", body="昨天淘满集说,甲看到淘满集。")])
    headline, body = reading.seen_by_tagger(fields)
    start = body.text.plain.index("淘满集")
    held = Holds([tagger.Span(start, start + 3, "organization", chance)], 0.01)
    could_be = gathering.of_article([(headline, Holds([], 0.01)), (body, held)])
    assert [field.surface(place) for field in could_be for place in field.odds] == found
    assert all(field.features(place)[f"times {len(found)}"] for field in could_be for place in field.odds)


@pytest.mark.parametrize(
    ("plain", "marked"),
    [
        ("依《海州“新港”条例》办", "..aaabbaaa.."),
        ("他说:“好”(笑)", "....a..b."),
        ("未关的《书名\n下一行》", "." * 12),
    ],
)
def test_the_tagger_is_told_which_quotes_a_character_stands_in(plain: str, marked: str) -> None:
    kinds: dict[int, str] = {0: "."}
    told = surroundings.within(plain).tolist()
    assert "".join(kinds.setdefault(kind, "abc"[len(kinds) - 1]) for kind in told) == marked[: len(plain)]


def test_the_tagger_is_told_what_a_list_is_of() -> None:
    fields = [texts.read(f"昨天,{items}等企业开会,北方下雨。") for items in ("甲乙、丙丁", "甲乙、丙丁", "戊己、庚辛")]
    named = [[(6, 8, "organization")], [(6, 8, "person")], [(6, 8, "organization")]]
    told = [surroundings.listed(text, own).tolist() for text, own in zip(fields, named, strict=True)]
    assert told[0] == told[2] != told[1]
    assert {bool(number) for number in told[0][3:8]} == {True}
    assert not any(told[0][9:])


@pytest.mark.parametrize(
    ("plain", "name", "told"),
    [
        # Of 李明 a character is left out that stands behind it wherever it stands.
        ("李明教说好,众人看着李明教。", "李明", {"always before one character, 2": 1.0}),
        ("李明教说好,众人看着李明教。", "李明教", {}),
        ("河南徽商赢了,河南徽商又赢。", "徽商", {"always behind one character, 2": 1.0}),
        ("李明说好。", "李明", {}),
    ],
)
def test_a_name_that_always_has_the_same_character_beside_it_is_cut_short(
    plain: str, name: str, told: dict[str, float]
) -> None:
    start = plain.index(name)
    assert surroundings.cut_short(plain, start, start + len(name)) == told

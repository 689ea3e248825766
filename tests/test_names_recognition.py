"""The tagger: its decoder against all readings there are, and what its certainty says."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest
from banmian.names import read_names, reading
from banmian.names.recognition import decide, tagger
from banmian.names.recognition.confidence import confidence
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
    held = tagger.Read(CLAUSES, best, chain, 0)
    for clause in CLAUSES:
        every = readings(clause, scores, transitions)
        assert list(best[slice(*clause)]) == max(every)[1]
        chances: Counter[tuple[int, int, str]] = Counter()
        for weight, path in every:
            for span in tagger.spans(np.array(path, np.int8), clause[0]):
                chances[span] += weight / sum(weight for weight, _ in every)
        assert all(held.probability(*span) == pytest.approx(chance, abs=1e-4) for span, chance in chances.items())


def test_a_mention_that_the_tagger_holds_more_probable_is_more_certain() -> None:
    for kind, proposed in itertools.product(tagger.KINDS.values(), (True, False)):
        sure = [confidence(probability, kind, proposed) for probability in (0.0, 0.1, 0.5, 0.9, 1.0)]
        assert sure == sorted(set(sure))
        assert 0 <= sure[0] < sure[-1] <= 1


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
        lambda held, bodies, people: real(held, bodies, people) | {(one.start, one.end): sure for one in people},
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
    """What a tagger would hold of every organization in a text."""

    chance: float

    def probability(self, start: int, end: int, kind: str) -> float:
        return self.chance


@pytest.mark.parametrize(
    ("chance", "found"),
    [(0.1, ["青禾控股", "青禾控股"]), (0.0, [])],
)
def test_an_organization_stands_where_its_characters_stand_again_unless_the_tagger_rules_it_out(
    chance: float, found: list[str]
) -> None:
    fields = reading.propose([article(headline="青禾控股增资", body="昨天青禾控股说,甲看到青禾控股。")])
    headline, body = reading.seen_by_tagger(fields)
    start = body.text.plain.index("青禾控股")
    told = [(start, start + 4, "organization")]
    names = decide.again([(headline, Holds(chance), []), (body, Holds(chance), told)])
    places = [
        (seen.text.plain[start:end], (start, end, kind))
        for seen, own in zip((headline, body), names, strict=True)
        for start, end, kind in own
    ]
    assert [surface for surface, place in places if place not in told] == found

"""The scripts that learn what is a name, and how certain it is, from marked texts."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from banmian.names import places
from banmian.names.recognition import decide, tagger
from banmian.names.recognition import uses as used
from click.testing import CliRunner, Result
from train import chain, mentions, recognition, renamed, uses, weighing
from train.marks.notes import Marks, Organization


def write(folder: Path) -> tuple[Path, Path]:
    """Texts that differ only in a name, and their marks."""
    texts, marks = [], []
    for number, name in enumerate(("张建国", "王丽华", "赵志强", "陈晓红", "刘海波")):
        text = f"{name}说,今年的收成比去年好。青禾公司收购了两家工厂。"
        texts.append({"id": f"t{number}", "part": "train", "text": text})
        marks.append(Marks(f"t{number}", ((0, 3),), (Organization(15, 19),)).row())
    paths = folder / "texts.jsonl", folder / "marks.jsonl"
    for path, rows in zip(paths, (texts, marks), strict=True):
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return paths


def learn(folder: Path, out: Path) -> Result:
    texts, marks = write(folder)
    options = [
        "--marks",
        str(marks),
        "--rounds",
        "80",
        "--penalty",
        "0.05",
        "--no-page",
        "--measure",
        "train",
        "--out",
        str(out),
    ]
    return CliRunner().invoke(recognition.main, [str(texts), *options])


def test_what_is_marked_is_learned_and_the_same_marks_make_the_same_file(tmp_path: Path) -> None:
    done = [learn(tmp_path, tmp_path / name) for name in ("one.npz", "other.npz")]
    assert [one.exit_code for one in done] == [0, 0], done[0].output
    assert "person: P 1.000 R 1.000 F1 1.000 of 5" in done[0].output
    assert "organization: P 1.000 R 1.000 F1 1.000 of 5" in done[0].output
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()


def test_labels_spell_the_marks() -> None:
    labels = recognition.labels(9, Marks("t", ((0, 1), (2, 4)), (Organization(5, 9),)))
    assert [tagger.LABELS[label] for label in labels] == ["SP", "O", "BP", "EP", "O", "BO", "IO", "IO", "EO"]
    assert list(tagger.spans(labels, 10)) == [(10, 11, "person"), (12, 14, "person"), (15, 19, "organization")]


def test_copies_have_places_that_no_list_holds_and_the_marks_of_the_texts() -> None:
    text = "浙江省衢州市公安局在衢州市开会,衢州市政府参加。"
    marks = Marks("t", (), (Organization(0, 9), Organization(16, 21)))
    ((copy, same),) = renamed.copies([("昨天下雨。", Marks("u")), (text, marks)])
    other = copy[3:6]
    assert (same, copy) == (marks, text.replace("衢州市", other))
    assert other[-1] == "市"
    assert places.end(other, 0) == 0


def test_copies_name_other_people_everywhere_and_a_surname_alone_where_it_is_marked() -> None:
    text = "王芳说,王芳的女儿也来了,李明陪王。约翰·史密斯到了,史密斯笑了。"
    marks = Marks("t", ((0, 2), (4, 6), (13, 15), (16, 17), (18, 24), (27, 30)))
    others = "赵志强、钱丽华、孙国平、周晓东、克里斯托弗·科林"
    (copy, same), _ = renamed.copies(
        [(text, marks), (others, Marks("u", ((0, 3), (4, 7), (8, 11), (12, 15), (16, 24))))]
    )
    assert same == marks
    assert len(copy) == len(text)
    assert copy[0:2] == copy[4:6] != "王芳"
    assert copy[16] == copy[0]
    assert copy[20] == "·"
    assert copy[21:24] == copy[27:30] != "史密斯"
    assert [copy[at] for at in (2, 3, 6, 7, 8)] == list("说,的女儿")


@pytest.mark.parametrize(
    ("body", "brand"),
    [
        ("杭州天信汽贸公司", "天信"),
        ("恒达机械(苏州)有限公司", "恒达"),
        ("衢州市公安局", ""),
        ("杭州银行", ""),
        ("国家发展改革委", ""),
        ("小米", ""),
    ],
)
def test_a_brand_is_what_a_body_calls_itself(body: str, brand: str) -> None:
    assert renamed.brand(body) == brand


@pytest.mark.parametrize("share", [0.9, 0.2])
def test_certainty_is_the_share_that_was_right(share: float) -> None:
    found = [("person", ({"odds": 1.0}, number % 10 < share * 10)) for number in range(2000)]
    weights = {name: weight for _, name, weight in weighing.fitted(found)}
    assert decide.certainty("person", {"odds": 1.0}, {"person": weights}) == pytest.approx(share, abs=0.02)


def test_a_table_of_weights_says_how_certain_a_name_must_be_and_the_same_marks_make_it_again(tmp_path: Path) -> None:
    texts, marks = write(tmp_path)
    made = []
    for name in ("one.tsv", "other.tsv"):
        options = [str(texts), "--marks", str(marks), "--learn", "train", "--out", str(tmp_path / name)]
        done = CliRunner().invoke(weighing.main, options)
        assert done.exit_code == 0, done.output
        made.append((tmp_path / name).read_text("utf-8"))
    rows = dict(line.split("\t") for line in made[0].splitlines() if not line.startswith("#"))
    for kind in ("person", "organization"):
        for least in ("least", "least, proposed"):
            told = f"{kind}, in parts: P 1.000 R 1.000 F1 1.000 with {least} {rows[f'{kind}: {least}']}\n"
            assert told in done.output
        assert f"{kind}: bias" in rows
    assert made[0] == made[1]


def test_what_is_found_is_measured_kind_by_kind_and_errors_are_listed_but_for_the_part_that_measures(
    tmp_path: Path,
) -> None:
    texts, marks = write(tmp_path)
    done = CliRunner().invoke(mentions.main, [str(texts), "--marks", str(marks), "--part", "train", "--errors"])
    assert "person: P 1.000 of 5; R 1.000 of 5; F1 1.000" in done.output
    listed = [line for line in done.output.splitlines() if line.startswith(("missed", "false"))]
    found = sum(line.startswith("missed organization") for line in listed)
    assert f"organization: P {float(found < 5):.3f} of {5 - found}; R {(5 - found) / 5:.3f} of 5" in done.output
    refused = CliRunner().invoke(mentions.main, [str(texts), "--marks", str(marks), "--part", "test", "--errors"])
    assert refused.exit_code == 2


def test_the_gradient_is_that_of_the_likelihood_over_all_readings() -> None:
    labels = [tagger.LABELS.index(label) for label in ("BP", "EP", "O", "SO")]
    example = chain.Example(np.array([[1, 2], [2, 3], [1, 3], [4, 4]]), np.array(labels), [(0, 3), (3, 4)])
    generator = np.random.default_rng(3)
    scores = generator.normal(size=(5, len(tagger.LABELS))).astype(np.float32)
    transitions = generator.normal(size=(len(tagger.LABELS),) * 2).astype(np.float32)

    def loss(scores: chain.Floats, transitions: chain.Floats) -> float:
        total = 0.0
        for start, end in example.clauses:
            weights = {}
            for path in itertools.product(range(len(tagger.LABELS)), repeat=end - start):
                names = ["O", *(tagger.LABELS[label] for label in path), "O"]
                if all(itertools.starmap(tagger.follows, itertools.pairwise(names))):
                    own = sum(scores[example.rows[start + at], label].sum() for at, label in enumerate(path))
                    weights[path] = own + sum(transitions[pair] for pair in itertools.pairwise(path))
            total += np.log(sum(map(np.exp, weights.values()))) - weights[tuple(labels[start:end])]
        return total

    batch = chain.Batch.of([example])
    assert batch.features.tolist() == [1, 2, 3, 4]
    of_scores = np.zeros_like(scores)
    of_scores[batch.features], of_transitions = chain.gradients(batch, scores[batch.features], transitions)
    wide, moves = scores.astype(np.float64), transitions.astype(np.float64)
    for place, label in ((1, labels[0]), (2, 0), (3, 3), (4, labels[3]), (4, 1)):
        step = np.zeros_like(wide)
        step[place, label] = 1e-5
        slope = (loss(wide + step, moves) - loss(wide - step, moves)) / 2e-5
        assert of_scores[place, label] == pytest.approx(slope, abs=1e-4)
    for pair in ((labels[0], labels[1]), (0, 0), (labels[1], labels[2])):
        step = np.zeros_like(moves)
        step[pair] = 1e-5
        slope = (loss(wide, moves + step) - loss(wide, moves - step)) / 2e-5
        assert of_transitions[pair] == pytest.approx(slope, abs=1e-4)


def test_words_that_stand_between_the_same_words_are_one_group() -> None:
    paragraphs = [f"他{verb}了{thing}。" for verb in ("买", "卖") for thing in ("苹果", "西瓜") for _ in range(9)]
    keys, rows = uses.numbered(uses.words_of(paragraphs))
    group = dict(zip(keys, uses.grouped(rows, 4).tolist(), strict=True))
    alike = [[group[used.key(word)] for word in words] for words in (("买", "卖"), ("苹果", "西瓜"))]
    assert [len(set(own)) for own in alike] == [1, 1]
    assert alike[0] != alike[1]

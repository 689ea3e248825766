"""The tools for marked texts: texts cut out of repositories, readers' notes as offsets, agreement of two readers."""

from __future__ import annotations

import io
import json
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from train.marks import bare
from train.marks.agreement import agreement, differences
from train.marks.notes import Marks, NoteError, marks_of, read_batch, resolve, resolve_batch, shown
from train.marks.sample import Candidate, Repository, Seen, draw, opening, place_of, repositories, shingles
from train.marks.texts import FORMS, PARTS, SOURCES, Source, checksum, main, read_sources, texts, write_sources

XML = "<doc><title>[社会] 海州 &amp; 江宁--要闻</title><body>\t第一段。\n\u3000\u3000第二段。【编辑:王芳】</body></doc>"


@pytest.mark.parametrize(
    ("form", "content", "expected"),
    [
        ("xml", XML, ["海州 & 江宁\n第一段。\n第二段。"]),
        ("plain", "\ufeff\u3000\u3000海州讯。\r\n\n\u3000\u3000第二段。", ["海州讯。\n第二段。"]),
        (
            "broadcast",
            "摘要\n### 一\n\n<p>甲。<br></p><p>乙。</p>\n\n[原文](u)\n\n### 二\n\n丙。",
            ["一\n甲。\n乙。", "二\n丙。"],
        ),
        (
            "markdown",
            "---\ntitle: 甲\n---\n\n# 甲\n\n見[《報》](u)。\n\n<figure>\n圖\n</figure>\n\n**乙**。",
            ["甲\n見《報》。\n乙。"],
        ),
        (
            "json",
            '[{"title": ["甲"], "body": ["乙。", "丙。"]}, {"title": "丁", "content": "戊。"}]',
            ["甲\n乙。\n丙。", "丁\n戊。"],
        ),
        ("json", '{"title": "甲", "content": "甲\\n乙。"}', ["甲\n乙。"]),
        ("csv", "title,content,url\n甲,    乙。    丙。,u\n", ["甲\n乙。\n丙。"]),
    ],
)
def test_articles_of_a_file(form: str, content: str, expected: list[str]) -> None:
    assert FORMS[form](content.encode()) == expected


def test_text_that_is_not_utf8_is_read_as_gb18030() -> None:
    assert FORMS["plain"]("海州讯。".encode("gb18030")) == ["海州讯。"]


@pytest.fixture
def clone(tmp_path: Path) -> tuple[Path, str]:
    folder = tmp_path / "clone"
    git = ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / "一.xml").write_text(XML, encoding="utf-8")
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "x"], check=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    return folder / ".git", head


def _source(head: str, text: str) -> Source:
    return Source("m0001", "train", "a/b", head, "一.xml", "xml", 0, len(text), checksum(text))


def test_a_text_is_brought_back_from_a_clone(clone: tuple[Path, str]) -> None:
    folder, head = clone
    assert texts([_source(head, "海州 & 江宁\n第一段。")], {"a/b": folder}) == {"m0001": "海州 & 江宁\n第一段。"}


def test_another_text_a_missing_file_and_a_missing_clone_are_errors(clone: tuple[Path, str]) -> None:
    folder, head = clone
    with pytest.raises(ValueError, match=r"m0001: a/b 一\.xml is not the text that was marked"):
        texts([_source(head, "海州 & 江宁\n第二段。")], {"a/b": folder})
    with pytest.raises(LookupError, match="fetch that commit"):
        texts([_source("0" * 40, "海州")], {"a/b": folder})
    with pytest.raises(LookupError, match="--clone a/b=DIR"):
        texts([_source(head, "海州")], {})


def test_sources_are_written_and_read(tmp_path: Path) -> None:
    source = _source("0" * 40, "海州")
    write_sources([source], tmp_path / "s.tsv")
    assert read_sources(tmp_path / "s.tsv") == [source]
    (tmp_path / "s.tsv").write_text((tmp_path / "s.tsv").read_text().replace("train", "tain"))
    with pytest.raises(ValueError, match=r"s\.tsv:2: "):
        read_sources(tmp_path / "s.tsv")


def test_the_command_says_which_clone_it_lacks(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [str(tmp_path / "t.jsonl")])
    assert result.exit_code == 1
    assert "say where" in result.output


def test_the_sources_are_many_and_their_parts_as_stated() -> None:
    sources = read_sources()
    # The third to the sixth sample, the eighth, the ninth and the eleventh only add to what is learned from.
    chosen = sources[:900]
    shares = {part: sum(source.part == part for source in chosen) / len(chosen) for part in PARTS}
    assert {part: round(share, 2) for part, share in shares.items()} == {"train": 0.75, "dev": 0.1, "test": 0.15}
    assert {source.part for source in sources[900:1678]} == {"train"}
    assert Counter(source.part for source in sources[1678:1948]) == {"train": 195, "dev": 30, "test": 45}
    assert {source.part for source in sources[1948:2212]} == {"train"}
    assert Counter(source.part for source in sources[2212:2414]) == {"train": 128, "dev": 40, "test": 34}
    assert {source.part for source in sources[2414:2810]} == {"train"}
    assert {source.part for source in sources[2810:2871]} == {"test"}
    assert Counter(source.part for source in sources[2871:]) == {"train": 1988, "test": 83}
    assert len({source.repository for source in sources}) >= 8
    assert len({source.id for source in sources}) == len({source.sha256 for source in sources}) == len(sources)


def test_marks_are_of_texts_in_sources_and_within_them() -> None:
    lengths = {source.id: source.length for source in read_sources()}
    marks = SOURCES.with_name("marks.jsonl")
    rows = [json.loads(line) for line in marks.read_text(encoding="utf-8").splitlines()] if marks.exists() else []
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        one = marks_of(row)
        spans = sorted([*one.people, *((o.start, o.end) for o in one.organizations)])
        assert all(start < end <= lengths[one.id] for start, end in spans)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


TEXT = "海州市公安局局长王芳说，市公安局和王芳工作室、市委市政府合作。\n王说，党中央批准。李政、陈杰"


def _surfaces(*lines: str) -> tuple[list[str], list[str]]:
    marks = resolve("m", TEXT, lines)
    organizations = [f"{TEXT[o.start : o.end]}{'=' + o.canonical if o.canonical else ''}" for o in marks.organizations]
    return [f"{start}{TEXT[start:end]}" for start, end in marks.people], organizations


@pytest.mark.parametrize(
    ("lines", "people", "organizations"),
    [
        (["none"], [], []),
        (["P 王芳"], ["8王芳", "17王芳"], []),
        (["O 王芳工作室", "P 王芳"], ["8王芳"], ["王芳工作室"]),
        (["P 王 3"], ["32王"], []),
        (["P 王 -1,2"], ["32王"], []),
        (["P 王芳", "O 王芳工作室", "P 王"], ["8王芳", "32王"], ["王芳工作室"]),
        (["O 公安局 @市公安局和"], [], ["公安局"]),
        (["O 海州市公安局", "O 市公安局 = 海州市公安局 [government]"], [], ["海州市公安局", "市公安局=海州市公安局"]),
        (["O 市委", "O 市政府"], [], ["市委", "市政府"]),
    ],
)
def test_notes_become_spans(lines: list[str], people: list[str], organizations: list[str]) -> None:
    assert _surfaces(*lines) == (people, organizations)


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        (["P 王方"], "P 王方: 王方 does not stand in the text"),
        (["P 王芳 3"], "P 王芳 3: there are 2 occurrences"),
        (["O 公安局 @区公安局"], "区公安局 does not stand in the text"),
        (["O 公安局 @市"], "公安局 must stand once in 市"),
        (["O 海州市公安局局", "O 局长王芳"], "overlaps"),
        (["P 王芳", "P 王 1"], "overlaps 王芳"),
        (["P 王芳工作室", "O 王芳工作室"], "overlaps 王芳工作室"),
        (["O 海州市公安局", "O 市公安局", "O 公安局"], "O 公安局: every occurrence lies in a longer mark"),
        (["O 市委 [club]"], "is no type"),
        (["X 王芳"], "begins with none of"),
        (["none", "P 王芳"], "`none` alone"),
        ([], "`none` alone"),
        (["R 王芳 | 局长"], "the name marked by a line P"),
        (["P 王芳", "R 王芳 | 市长"], "市长 touches no 王芳"),
    ],
)
def test_notes_that_can_not_be_meant_are_refused(lines: list[str], error: str) -> None:
    with pytest.raises(NoteError, match=error):
        resolve("m", TEXT, lines)


def test_titles_touch_the_name_or_stand_before_it_in_the_sentence() -> None:
    text = "市领导李政、陈杰出席。王芳书记、县长　赵强说。"
    marks = resolve(
        "m", text, ["P 李政", "P 陈杰", "P 王芳", "P 赵强", "R 陈杰 | 市领导", "R 王芳 | 书记", "R 赵强 | 县长"]
    )
    assert [(text[p : p + 2], text[s:e]) for p, s, e in marks.roles] == [
        ("陈杰", "市领导"),
        ("王芳", "书记"),
        ("赵强", "县长"),
    ]
    assert shown(text, marks) == "{市领导}[P李政]、[P陈杰]出席。[P王芳]{书记}、{县长}　[P赵强]说。"


def test_marks_survive_as_a_row() -> None:
    marks = resolve("m", TEXT, ["P 王芳", "O 市公安局 = 海州市公安局 [government]", "R 王芳 | 局长"])
    assert marks_of(json.loads(json.dumps(marks.row()))) == marks


BATCH = "=== m1\n[0] 海州\n[1] [社会] 王芳\n\n=== m2\n[0] 市委\n"


def test_a_batch_is_read_without_its_numbers() -> None:
    assert read_batch(BATCH) == {"m1": "海州\n[社会] 王芳", "m2": "市委"}


def test_every_text_of_a_batch_needs_notes_and_all_errors_are_told() -> None:
    assert [one.id for one in resolve_batch(BATCH, "=== m2\nO 市委\n=== m1\nnone\n")] == ["m1", "m2"]
    with pytest.raises(NoteError, match=r"m3: is not in this batch(.|\n)*m2: has no notes(.|\n)*m1: P 李: 李 does not"):
        resolve_batch(BATCH, "=== m1\nP 李\n=== m3\nnone\n")


def test_agreement_is_f1_of_exact_spans() -> None:
    one = {"m": Marks("m", ((0, 2), (3, 5))), "n": Marks("n", ((0, 1),))}
    other = {"m": Marks("m", ((0, 2), (3, 6), (7, 8)))}
    found = agreement(one, other, "people")
    assert (found.both, found.one, found.other) == (1, 1, 2)
    assert found.f1 == pytest.approx(2 / 5)
    assert agreement(one, other, "organizations").f1 == 1
    lines = list(differences(one, other, {"m": "王芳、李政强、赵"}, "people"))
    assert lines[0] == "m\tpeople\tone\t…王芳、[李政]强、赵…"
    assert [line.split("\t")[2] for line in lines] == ["one", "other", "other"]


@pytest.mark.parametrize(
    ("article", "kept"),
    [
        ("短。", 0),
        (("海" * 99 + "。\n") * 3, 302),
        (("海" * 99 + "。\n") * 9, 605),
        (("海" * 99 + "。") * 9, 700),
        ("a" * 300, 0),
    ],
)
def test_the_opening_is_whole_paragraphs_or_whole_sentences(article: str, kept: int) -> None:
    assert len(opening(article.strip())) == kept


def test_the_place_that_stands_first_counts() -> None:
    assert place_of("本报讯，江宁县与海州市", ["海州", "海州市", "江宁县"]) == "江宁县"
    assert place_of("本报讯，海州市", ["海州", "海州市"]) == "海州市"
    assert place_of("本报讯", ["海州"]) == ""


def test_texts_are_drawn_over_places_and_never_alike() -> None:
    repository = Repository("a/b", "", "", "", "plain", (2,))
    alike = "海州市昨日召开了一次全市大会，会上通过了三项决议。"
    pool = [
        (alike, "海州"),
        (alike + "完。", "江宁"),
        ("海州的另一篇完全不同的报道，说的是春天里的花。", "海州"),
        ("江宁也有一篇，说的是秋天。" * 2, "江宁"),
    ]
    candidates = [Candidate(repository, str(at), 0, text, place) for at, (text, place) in enumerate(pool)]
    assert [one.path for one in draw(candidates, 2, Counter(), Seen())] == ["0", "3"]


def test_a_later_sample_leaves_out_the_texts_of_the_earlier_and_takes_other_places_first() -> None:
    repository = Repository("a/b", "", "", "", "plain", (1, 1))
    first = "海州市昨日召开了一次全市大会，会上通过了三项决议。"
    pool = [
        (first, "海州"),
        ("海州的另一篇完全不同的报道，说的是春天里的花。", "海州"),
        ("江宁也有一篇，说的是秋天里的叶子。", "江宁"),
    ]
    candidates = [Candidate(repository, str(at), 0, text, place) for at, (text, place) in enumerate(pool)]
    places: Counter[str] = Counter()
    seen = Seen()
    assert [one.path for one in draw(candidates, 1, places, seen)] == ["0"]
    assert [one.path for one in draw(candidates, 3, places, seen)] == ["2", "1"]


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("海州市昨日召开了一次全市大会", ["海州市昨日召开了一次全市大会"], True),
        ("海州市昨日召开了一次全市大会", ["江宁县今天没有开会也没有报道"], False),
        # Little of a long text is much of a short one, whichever was first.
        (
            "海州市昨日召开了一次全市大会" + "".join(map(chr, range(0x4E00, 0x4E64))),
            ["海州市昨日召开了一次全市大会"],
            True,
        ),
        (
            "海州市昨日召开了一次全市大会",
            ["海州市昨日召开了一次全市大会" + "".join(map(chr, range(0x4E00, 0x4E64)))],
            True,
        ),
    ],
)
def test_texts_are_alike_that_share_much(text: str, seen: list[str], expected: bool) -> None:
    taken = Seen()
    for one in seen:
        taken.add(shingles(one))
    assert taken.like(shingles(text)) is expected


def test_each_repository_gave_as_many_texts_as_stated() -> None:
    sources = read_sources()
    asked: Counter[tuple[str, int]] = Counter()
    for one in repositories():
        for sample, number in enumerate(one.numbers):
            asked[one.name, sample] += number
    given = Counter(source.repository for source in sources[:900])
    assert given == {one.name: asked[one.name, 0] + asked[one.name, 1] for one in repositories()}
    # In later samples some, in the last six, had no more that were unlike those before.
    begins = (900, 1322, 1452, 1581, 1678, 1948, 2086, 2212, 2414, 2810, 2871, len(sources))
    for sample, fewer in ((2, 1), (3, 1), (4, 2), (5, 0), (6, 3), (7, 0), (8, 0), (9, 4), (10, 0), (11, 0), (12, 6)):
        later = Counter(source.repository for source in sources[begins[sample - 2] : begins[sample - 1]])
        names = {one.name for one in repositories()}
        assert all(later[name] <= asked[name, sample] for name in names)
        assert sum(later[name] < asked[name, sample] for name in names) == fewer


def test_a_repository_without_a_number_for_each_sample_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "r.tsv").write_text("# repository\na/b\tc\tp\t\tplain\t2\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"r\.tsv:2: not five cells and 13 numbers"):
        repositories(tmp_path / "r.tsv")


def test_bare_news_is_kept_once_and_without_what_measures() -> None:
    held = "一条用来衡量的新闻说,北山市昨天举行了一场很长的会议,来的人很多。" * 4
    own = [f"第{number}条新闻,{'某地昨天下雨。' * 20}" for number in range(3)]
    out = io.StringIO()
    kept = bare.Kept(out, set(bare.runs(held)))
    news = [own[0], own[0] + "再版。", "短讯。", "开头不同," + held, own[1]]
    assert kept.write_some([[news], [own[2:]]]) == sum(map(len, own))
    assert out.getvalue().split() == own

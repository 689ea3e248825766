"""The names stage as a whole: the seed page, its lexicons, and what must hold for any text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from banmian import names as package
from banmian.names import read_names
from banmian.records import Article, Field, Names
from banmian.words.span_kinds import FIELDS
from conftest import ROOT
from fuzzing import examples
from gold_page import gold_articles, gold_mentions
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def seed() -> dict[tuple[int, int, str], dict[str, str | None]]:
    """What is found on the seed page, by place in the file and kind."""
    articles = gold_articles()
    found = read_names(articles, "上海市")
    types = {organization.key: organization for organization in found.organizations}
    places = {}
    for m in found.mentions:
        start, end = articles[m.article].fields[m.field].source_range(m.start, m.end)
        organization = types.get(m.name) if m.kind == "organization" else None
        places[start, end, m.kind] = {
            "role": m.role,
            "part": m.part,
            "canonical": organization.name if organization else m.name,
            "type": organization.type if organization else None,
        }
    return places


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_every_name_of_the_seed_page_is_found_and_no_other(seed: dict, kind: str) -> None:
    gold = {(m["start"], m["end"]): m for m in gold_mentions() if m["kind"] == kind}
    optional = {place for place, m in gold.items() if m.get("optional")}
    found = {place[:2] for place in seed if place[2] == kind}
    assert found - optional == set(gold) - optional


@pytest.mark.parametrize(
    ("attribute", "kind"),
    [
        ("role", "person"),
        ("part", "person"),
        ("canonical", "person"),
        ("canonical", "organization"),
        ("type", "organization"),
    ],
)
def test_what_is_said_of_the_names_of_the_seed_page(seed: dict, attribute: str, kind: str) -> None:
    gold = [m for m in gold_mentions() if m["kind"] == kind and not m.get("optional")]
    wrong = [
        (m["surface"], m["start"], m[attribute], found[attribute])
        for m in gold
        if (found := seed.get((m["start"], m["end"], kind))) and found[attribute] != m[attribute]
    ]
    assert wrong == []


def data_files() -> list[Path]:
    folder = Path(package.__file__ or "").parent
    return [folder.parent / "words" / "data" / "surnames.tsv", *sorted(folder.rglob("data/*.t*"))]


# The end of a list's head: ours, and why no other list is taken; or whose it is, with the script that made it of that.
SOURCE = re.compile(
    r"Source: (ours, by hand: .+|the [^.]+( [0-9.]+[0-9])?|made by (?P<script>train/[a-z_]+\.py) from .+)\."
    r" Licence: .+\. Date: 20[0-9]{2}-[01][0-9]-[0-3][0-9]\."
)


@pytest.mark.parametrize("file", data_files(), ids=lambda file: file.name)
def test_lexicons_have_a_header_and_are_sorted_without_duplicates(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    header = [line for line in lines if line.startswith("# ")]
    entries = [line for line in lines if not line.startswith("# ")]
    keys = [line.split("\t")[0] for line in entries]
    assert lines[: len(header)] == header != []
    assert entries == sorted(entries)
    assert len(set(keys)) == len(keys)
    assert all(keys)


@pytest.mark.parametrize("file", data_files(), ids=lambda file: file.name)
def test_lexicons_say_what_they_are_and_where_they_come_from(file: Path) -> None:
    header = [line[2:] for line in file.read_text("utf-8").splitlines() if line.startswith("# ")]
    meaning, *source = re.split(r"(?=\bSource: )", " ".join(header))
    assert len(meaning) > 20
    found = SOURCE.fullmatch("".join(source))
    assert found, header
    if found["script"]:
        assert file.name in (ROOT / "scripts" / found["script"]).read_text("utf-8")


CHARACTERS = st.sampled_from(
    list(
        "市省区县委政府人大政协书记长主席局部王李张欧阳明华强、,。:;()“”·和与等企业公司集团"
        "大学医院记者说指出会议\n 1A－　，：𠮷"
    )
)
PHRASES = st.sampled_from(
    [
        "市委书记",
        "省高院",
        "组织部部长",
        "王毅",
        "等企业",
        "市领导",
        "禁毒委",
        "·",
        "习近平",
        "总书记",
        "表示",
        "、",
        "\n",
        "浦东新区",
        "办公厅",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.one_of(CHARACTERS, PHRASES), max_size=60).map("".join))


def check(articles: list[Article], names: Names) -> None:
    organizations = {organization.key for organization in names.organizations}
    people = {person.key for person in names.people}
    places = [(m.article, FIELDS.index(m.field), m.start, m.end) for m in names.mentions]
    assert places == sorted(places)
    for m, following in pairwise(places):
        assert m[:2] != following[:2] or m[3] <= following[2]
    for m in names.mentions:
        text = articles[m.article].fields[m.field].text
        assert text[m.start : m.end] == m.surface != ""
        assert "\n" not in m.surface
        assert m.name in (people if m.kind == "person" else organizations)
        if m.role is not None:
            assert m.role_start is not None
            assert m.role_end is not None
            assert text[m.role_start : m.role_end] == m.role
    for position in names.positions:
        assert position.organization is None or position.organization in organizations
        assert names.mentions[position.mention].name == position.person
    for statement in names.statements:
        body = articles[names.mentions[statement.mention].article].fields["body"].text
        assert 0 <= statement.start < statement.end <= len(body)
        assert "\n" not in body[statement.start : statement.end]


@settings(max_examples=examples(300))
@given(
    st.dictionaries(st.sampled_from(FIELDS), TEXTS, min_size=1), st.sampled_from(["杭州市", "上海市", "火星市", None])
)
def test_any_text(texts: dict[str, str], city: str | None) -> None:
    articles = [Article({name: Field(text, ()) for name, text in texts.items()}, ())]
    names = read_names(articles, city)
    check(articles, names)
    assert read_names(articles, city) == names


@pytest.mark.parametrize(
    "unit",
    [
        "市委书记",
        "、",
        "王",
        "·",
        "等企业",
        "中国",
        "A、",
        "杭州市",
        "市委常委、",
        "( ",
        "说,",
        "张伟、李强华、",
        "市长王强、",
        "张伟 ",
        "以及",
    ],
)
def test_long_repetitions_end(unit: str) -> None:
    articles = [Article({"body": Field(unit * (examples(5_000) // len(unit)), ())}, ())]
    check(articles, read_names(articles, "杭州市"))


def test_no_articles() -> None:
    assert read_names([], None) == Names((), (), (), (), (), ())


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux lists the threads of a process there")
def test_a_process_reads_names_in_one_thread() -> None:
    code = "import os; from banmian import names; names.read_names([], None); print(len(os.listdir('/proc/self/task')))"
    told = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "scripts", env=told, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"

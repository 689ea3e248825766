"""Who is who in a whole build: what is asked, what an editor answers, what is refused."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from banmian.records import Remark
from banmian.review.identities import review_names
from banmian.seeds import SeedsError, read_seeds
from banmian.words.remarks import from_json
from conftest import run_build, run_command
from published import Published

FIRST = """# 民营经济座谈会举行

杭州市市长张伟昨天在会上指出,要继续优化营商环境,支持企业发展。

江南大学校长陈志远参加会议。
"""
SECOND = """# 防汛工作部署会召开

成都市公安局局长张伟昨天主持会议并讲话。他要求全市民警做好准备。

江南大学校长陈志运参加会议。
"""
EDITIONS = """editions:
  - id: hz
    city: 杭州市
    pages: [{file: a.txt}]
  - id: scd
    city: 成都市
    pages: [{file: b.txt}]
"""


def seeds(folder: Path, identities: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text(FIRST, "utf-8")
    (folder / "b.txt").write_text(SECOND, "utf-8")
    (folder / "editions.yml").write_text(EDITIONS + identities, "utf-8")
    return folder


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("identity")
    result = run_build(seeds(folder / "seeds"), folder / "build")
    assert result.returncode == 0, result.stderr
    return folder / "build" / "edition.db"


def test_namesakes_and_errors_of_reading_are_asked(built: Path) -> None:
    found = rows(
        built, "SELECT kind, entity, name, other_name, edition_id, status FROM identity_candidates ORDER BY id"
    )
    assert found == [
        ("split", "person", "张伟", None, "scd", "open"),
        ("merge", "person", "陈志远", "陈志运", "scd", "open"),
    ]
    ((evidence,),) = rows(built, "SELECT evidence FROM identity_candidates WHERE kind = 'split'")
    different, *said = from_json(str(evidence))
    assert different == Remark("different_places", {"these": ["杭州市"], "others": ["成都市"]})
    assert [(one.kind, one.values["article"]) for one in said] == [("said_in", "hz-1-1"), ("said_in", "scd-1-1")]


def test_the_pages_of_people_say_that_they_are_undecided(built: Path) -> None:
    site = Published(built)
    ids = dict(rows(built, "SELECT key, id FROM people"))
    undecided = f"/edition/people/{ids['张伟']}"
    assert "Perhaps two of one name" in re.sub("<.*?>", "", site.get(f"{undecided}?_lang=en").text)
    for path in (undecided, "/edition/identity_candidates", "/edition/who_is_who"):
        for language, said in (("zh", "所在地不同:杭州市;成都市"), ("en", "different places: 杭州市; 成都市")):
            assert said in re.sub("<.*?>", "", site.get(f"{path}?_lang={language}").text), path
    for one, other in (("陈志远", "陈志运"), ("陈志运", "陈志远")):
        page = site.get(f"/edition/people/{ids[one]}").text
        assert f'<a href="/people/{quote(other)}">{other}</a>是同一个' in page
    assert site.get("/edition/who_is_who.json?_shape=objects").json()["rows"][0]["question"].startswith("一名疑为两人")
    site.close()


def test_the_review_asks_by_command(built: Path) -> None:
    printed = run_command("review", "--build", built.parent).stdout
    asked = [entry for entry in yaml.safe_load(printed) if "names" in entry]
    assert [entry["names"] for entry in asked][:2] == [["张伟"], ["陈志远", "陈志运"]]
    assert all(entry["as"] is None and entry["reason"] for entry in asked)


def test_what_an_editor_answers_is_obeyed_and_not_asked_again(built: Path, tmp_path: Path) -> None:
    printed = "\n".join(review_names(built, 2))
    entries = [entry for entry in yaml.safe_load(printed) if entry["names"][0] in ("张伟", "陈志远")]
    entries[0]["as"], entries[1]["as"] = "different", "same"
    identities = "    identities: " + yaml.safe_dump(entries, allow_unicode=True, default_flow_style=True, width=10**6)
    result = run_build(seeds(tmp_path / "seeds", identities), tmp_path / "build")
    assert result.returncode == 0, result.stderr
    assert "no longer applies" not in result.stdout
    database = tmp_path / "build" / "edition.db"
    assert rows(database, "SELECT * FROM identity_candidates") == []
    assert rows(database, "SELECT decided, applied FROM identity_answers") == [("different", 1), ("same", 1)]
    offices = rows(database, "SELECT DISTINCT people.key, title FROM positions JOIN people ON people.id = person_id")
    assert set(offices) == {("张伟", "市长"), ("张伟-2", "局长"), ("陈志远", "校长")}
    assert rows(database, "SELECT name FROM aliases WHERE kind = 'person'") == [("陈志运",)]


def test_answers_that_leave_things_as_they_are_count_and_stale_ones_are_named(tmp_path: Path) -> None:
    identities = """    identities:
      - {kind: person, names: [张伟], as: same, reason: He moved.}
      - {kind: person, names: [陈志远, 陈志运], as: different, reason: Brothers.}
      - {kind: person, names: [张伟], in: [局长张玮], as: none, reason: A text that is gone.}
"""
    result = run_build(seeds(tmp_path / "seeds", identities), tmp_path / "build")
    database = tmp_path / "build" / "edition.db"
    assert rows(database, "SELECT DISTINCT status FROM identity_candidates") == [("answered",)]
    stale = next(iter(review_names(database, None))).removeprefix("# ")
    assert "no longer applies: line 11 of editions.yml (as: none, 张伟)" in stale
    assert "no article of the edition that names the person has '局长张玮'" in stale
    assert f"Note: {stale}" in result.stdout


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{kind: person, names: [张伟], as: , reason: r}", "'as' is empty"),
        ("{kind: person, names: [张伟], as: other, reason: r}", "unknown 'other'"),
        ("{kind: place, names: [张伟], as: same, reason: r}", "unknown kind 'place'"),
        ("{kind: person, names: [], as: same, reason: r}", "'names' needs one name"),
        ("{kind: person, names: [张伟, 张伟], as: same, reason: r}", "each once"),
        ("{kind: person, names: [张伟, 张玮], in: [x], as: same, reason: r}", "goes with one name"),
        ("{kind: person, names: [张伟, 张玮], as: none, reason: r}", "said of one name"),
        ("{kind: person, names: [张伟], key: 张三-2, as: different, reason: r}", "such as 张伟-2"),
        ("{kind: person, names: [张伟], key: 张伟-2, as: same, reason: r}", "goes with as: different"),
        ("{kind: person, names: [张伟], as: same}", "needs the key 'reason'"),
        ("{kind: person, names: [{a: b}], as: same, reason: r}", "must be a list of texts"),
    ],
)
def test_malformed_answers_name_their_line(tmp_path: Path, entry: str, words: str) -> None:
    with pytest.raises(SeedsError, match=words) as raised:
        read_seeds(seeds(tmp_path, f"    identities:\n      - {entry}\n"))
    assert str(raised.value).startswith("editions.yml, line 9: ")


@pytest.mark.parametrize(
    ("one", "other", "refused"),
    [
        ("names: [张伟, 张玮], as: same", "names: [张玮, 张伟], as: different", True),
        ("names: [张伟, 张玮, 张炜], as: same", "names: [张玮, 张炜], as: different", True),
        ("names: [张伟], as: same", "names: [张伟], as: none", True),
        ("names: [张伟], in: [市民张伟], as: none", "names: [张伟], in: [市民张伟], as: different", True),
        ("names: [张伟], as: same", "names: [张伟], in: [市民张伟], as: different", False),
        ("names: [张伟], in: [局长], as: different", "names: [张伟], in: [市民张伟], as: different", False),
        ("names: [张伟, 张玮], as: same", "names: [张伟, 张炜], as: different", False),
    ],
)
def test_answers_that_contradict_each_other_are_refused(tmp_path: Path, one: str, other: str, refused: bool) -> None:
    entries = "".join(f"      - {{kind: person, {entry}, reason: r}}\n" for entry in (one, other))
    folder = seeds(tmp_path, f"    identities:\n{entries}")
    if refused:
        with pytest.raises(SeedsError, match=r"editions.yml, line 10: .* line 9 states otherwise"):
            read_seeds(folder)
    else:
        assert read_seeds(folder).problems == ()


def test_namesakes_of_two_answers_are_two_unless_they_state_one_key(tmp_path: Path) -> None:
    keys = ("", "key: 张伟-3, ", "", "key: 张伟-3, ")
    entries = [
        f"      - {{kind: person, names: [张伟], in: [text {n}], {key}as: different, reason: r}}\n"
        for n, key in enumerate(keys)
    ]
    identities = "    identities:\n" + "".join(entries)
    (edition,) = [one for one in read_seeds(seeds(tmp_path, identities)).editions if one.identities]
    assert [one.key for one in edition.identities] == ["张伟-2", "张伟-3", "张伟-4", "张伟-3"]

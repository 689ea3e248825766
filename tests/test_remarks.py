"""What is said of a page, in two languages and as JSON."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from banmian.names import lexicons, offices
from banmian.names.identity import candidates
from banmian.records import Remark
from banmian.site.messages import messages
from banmian.words.lists import rows
from banmian.words.remarks import as_json, chinese, english, from_json, in_both, in_languages
from conftest import ROOT

SENTENCES = {row[0]: row[1:] for name in ("remarks.tsv", "problems.tsv") for row in rows("banmian.words", name)}
# Kinds of which code names a part only.
SIDES = [f"{of}_{side}" for of in ("no_line", "line", "inside") for side in ("begins", "ends")]
STALE = [f"{of}_not_in_{key}" for of in ("person", "organization") for key in ("names", "in")]
ENDS = ["or_join", "or_paragraph", "or_end"]
# Words that a sentence asks for by a code: {these:calling}.
CALLINGS = {f"calling.{offices.title(title).calling}" for title in lexicons.words("titles.tsv")} - {"calling."}
TYPES = {f"type.{type}" for group in candidates.RARELY_SHARED for type in group}
ENTRIES = {
    f"entry.{what}"
    for what in (
        "file",
        "edition",
        "rule",
        "row",
        "people",
        "page",
        "correction",
        "doubt",
        "order",
        "identity",
        "item",
        "missing",
        "missing_issue",
        "withdrawn",
    )
}
ABOUT = {f"about.{what}" for what in ("one", "two", "several", "item")}
STAGES = {f"stage.{name}" for name in ("seeds_seen", "seeds", "editions", "identities", "index", "compact", "check")}
UNUSUAL = [of for than in ("few", "many") for of in (f"edition_{than}_articles", f"page_{than}_characters")]
OF_FILES = ["two_editions_of_files", "two_pages_of_files"]
WORDS = {*SIDES, *STALE, *ENDS, *CALLINGS, *TYPES, *ENTRIES, *ABOUT, *STAGES, *UNUSUAL, *OF_FILES}


def test_no_kind_stands_twice() -> None:
    """Not even in both files: the second sentence would be said for the first."""
    kinds = [row[0] for name in ("remarks.tsv", "problems.tsv") for row in rows("banmian.words", name)]
    assert sorted(kinds) == sorted(SENTENCES)


def named(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_sentences_name_the_same_values() -> None:
    for kind, (in_chinese, in_english, *one) in SENTENCES.items():
        assert named(in_chinese) == named(in_english), kind
        assert all("count" in named(in_english) and named(form) <= named(in_english) for form in one), kind
        assert re.search("[一-鿿]", in_chinese), kind
        assert re.search("[a-z]{2}", in_english) or not re.sub(r"\{.*?\}", "", in_english).strip(), kind


def test_every_remark_has_a_sentence_and_every_sentence_is_used() -> None:
    modules = [*(ROOT / "scripts").glob("*.py"), *(ROOT / "scripts" / "banmian").rglob("*.py")]
    code = "\n".join(path.read_text("utf-8") for path in sorted(modules)).replace("'", '"')
    made = set(re.findall(r'Remark\(\s*"(\w+)"', code))
    assert made - set(SENTENCES) == set()
    assert [kind for kind in set(SENTENCES) - made - WORDS if f'"{kind}"' not in code] == []


def test_each_code_has_its_words_and_a_type_those_of_the_site() -> None:
    assert {kind for kind in SENTENCES if "." in kind} == CALLINGS | TYPES | ENTRIES | ABOUT | STAGES
    for type in TYPES:
        message = messages()[type.replace("type.", "types.")]
        assert SENTENCES[type] == [message.chinese, message.english]


REASON = Remark("no_line_ends", {"key": "after", "text": "公园"})


@pytest.mark.parametrize(
    ("remark", "in_chinese", "in_english"),
    [
        (REASON, "after:没有一行以“公园”结尾", "after: no line ends with '公园'"),
        (
            Remark("correction_crosses", {"line": 3, "printed": "# 全", "parts": ["dateline", "markup"]}),
            "第3行:对“# 全”的改正也涉及消息头、标记;请分开写",
            "line 3: the correction of '# 全' reaches into dateline, markup; state it part by part",
        ),
        (
            Remark("entry_stale", {"entry": 5, "ruled": "join", "reasons": [REASON, REASON]}),
            "已不适用:editions.yml第5行(as: join):after:没有一行以“公园”结尾;after:没有一行以“公园”结尾;请删去或更新",
            "no longer applies: line 5 of editions.yml (as: join): after: no line ends with '公园'; after: "
            "no line ends with '公园'; remove or renew it",
        ),
        (
            Remark(
                "identity_stale",
                {
                    "entry": 5,
                    "decided": "same",
                    "names": ["{line}", "b"],
                    "reasons": [Remark("person_not_in_names", {"key": "names", "missing": ["a", "b"]})],
                },
            ),
            "已不适用:editions.yml第5行(as: same,{line}、b):names:本期没有叫“a”、“b”的人;请删去或更新",
            "no longer applies: line 5 of editions.yml (as: same, {line}, b): names: no person of the edition is "
            "called 'a', 'b'; remove or renew it",
        ),
        (
            Remark("lost_stops", {"count": 2}),
            "本版约有2行丢了行末的句号:对行末不那么信任",
            "about 2 lines of this page lost the full stop that ended them: line ends are trusted less",
        ),
        (
            Remark("lost_stops", {"count": 1}),
            "本版约有1行丢了行末的句号:对行末不那么信任",
            "about 1 line of this page lost the full stop that ended it: line ends are trusted less",
        ),
        (Remark("further_up", {"count": 1}), "在文件中往上1行", "1 line further up in the file"),
        (
            Remark("entry_stale", {"entry": 5, "ruled": "join", "reasons": [Remark("further_down", {"count": 1})]}),
            "已不适用:editions.yml第5行(as: join):在文件中往下1行;请删去或更新",
            "no longer applies: line 5 of editions.yml (as: join): 1 line further down in the file; remove or renew it",
        ),
        (
            Remark("no_such_number", {"key": "to", "text": "甲", "count": 1, "number": 2}),
            "to:只有1行有“甲”,没有第2行",
            "to: only 1 line has '甲', there is no number 2 of it",
        ),
        (
            Remark("different_callings", {"these": ["press", "unheard"], "others": ["{stage}"]}),
            "职业不像一人所有:新闻、unheard;{stage}",
            "callings that one person hardly has: press, unheard; {stage}",
        ),
    ],
)
def test_what_is_said(remark: Remark, in_chinese: str, in_english: str) -> None:
    assert (chinese(remark), english(remark)) == (in_chinese, in_english)
    assert in_languages(remark) == (in_chinese, in_english)
    assert in_both(remark) == f"{in_chinese} · {in_english}"
    assert from_json(as_json(remark)) == remark


def test_several_remarks_are_said_in_a_row() -> None:
    said = in_both(REASON, Remark("no_headline"))
    assert (
        said
        == f"{chinese(REASON)};{chinese(Remark('no_headline'))} · {english(REASON)}; {english(Remark('no_headline'))}"
    )
    assert from_json(as_json([REASON, REASON])) == [REASON, REASON]


def test_english_says_one_line_and_one_character_but_never_one_of_several() -> None:
    for kind, (_, in_english, *_) in SENTENCES.items():
        values = dict.fromkeys(named(in_english), 1) | {"these": [], "others": []}
        if "count" in values and "lines" not in values:
            assert not re.search(r"\b1 (?:lines|characters|radicals)\b", english(Remark(kind, values))), kind

"""The file of editions as the desk writes it: entries go in and out, nothing else moves, a kill loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from banmian.desk import yaml_edits
from banmian.desk.written import EditionsText
from hypothesis import example, given
from hypothesis import strategies as st

ENTRY = {"file": "a.txt", "line": "“甲: 乙", "as": "headline", "reason": "# 见版面, 第2行", "by": "LW"}
ITEM = "{file: a.txt, line: 题, as: body,  reason: r}"
# Files of editions as people write them; the entry goes into the edition `one`.
# fmt: off
FILES = {
    "nothing": "",
    "a comment": "# nothing yet\n",
    "another edition": "editions:\n- id: two\n  pages: [{file: b.txt}]   # its page\n",
    "an empty list": "editions: []\nrules: []\n",
    "nothing in the list": "# top\neditions:\n",
    "null": "editions: ~\n",
    "rules alone": "rules:\n  - files: '{date}.txt'\n\n# end\n",
    "a list without a key": "- id: one\n  note: |\n    甲\n    乙\n\n# end\n",
    "no order yet": "editions:\n  - id: one\n    pages:\n      - file: a.txt\n        number: 1 # so\n\n  - id: two\n",
    "an order": f"editions:\n- id: one\n  order:\n  - {ITEM}  # two blanks\n\n  # then\n  city: 武汉市\n",
    "an empty order": "editions:\n- id: one\n  order:   # to come\n  city: 武汉市\n",
    "all in brackets": f"editions: [{{id: one, pages: [{{file: a.txt}}], order: [{ITEM}]}}]\n",
    "no end of line": "editions:\n  - id: one\n    note: 完",
    "carriage returns": f"editions:\r\n- id: one\r\n  note: >-\r\n    甲\r\n    乙\r\n  order:\r\n  - {ITEM}\r\n",
    "a mark": "\ufeffeditions:\n  - id: one\n",
}
# fmt: on


def said_of(text: str) -> list[object]:
    data = yaml.load(text.removeprefix("\ufeff"), Loader=yaml.BaseLoader)
    listed = data.get("editions") if isinstance(data, dict) else data
    item = next((one for one in listed or [] if one["id"] == "one"), {}) if isinstance(listed, list) else {}
    return item.get("order") or []


@pytest.mark.parametrize("kind", FILES)
def test_an_entry_is_added_and_nothing_else_changes(kind: str) -> None:
    text = FILES[kind]
    edited = yaml_edits.add_entry(text, "one", "a.txt", "order", ENTRY)
    assert said_of(edited) == [*said_of(text), ENTRY]
    at = next((n for n, (a, b) in enumerate(zip(text, edited, strict=False)) if a != b), len(text))
    # All that stood there stands there still, before or behind the one place; what stood for nothing is gone.
    rest = (
        text[at:].removeprefix("~").removeprefix("[]").lstrip("\n") if kind in ("null", "an empty list") else text[at:]
    )
    assert edited.endswith(rest)
    assert edited.startswith(text[:at])
    assert ("\r\n" in edited) == ("\r\n" in text)
    assert "\r\n" not in text or "\n" not in edited.replace("\r\n", "")


def test_an_entry_is_taken_out_and_a_key_put_in() -> None:
    text = FILES["an order"]
    twice = yaml_edits.add_entry(text, "one", None, "order", ENTRY)
    assert yaml_edits.remove_entry(twice, "one", "order", 1) == text
    assert said_of(yaml_edits.remove_entry(twice, "one", "order", 0)) == [ENTRY]
    assert "order" not in yaml_edits.remove_entry(text, "one", "order", 0)
    confirmed = yaml_edits.set_key(twice, "one", "order", 1, "confirmed_by", "ZM")
    assert said_of(confirmed)[1] == {**ENTRY, "confirmed_by": "ZM"}
    assert said_of(yaml_edits.set_key(twice, "one", "order", 0, "confirmed_by", "ZM"))[0]["confirmed_by"] == "ZM"


SHARED = "editions:\n  - id: one\n    order: &o\n      - {ITEM}\n  - id: two\n    order: *o\n".replace("{ITEM}", ITEM)


@pytest.mark.parametrize("text", [SHARED, "editions: {id: one}\n", "[", "甲"])
def test_what_can_t_be_edited_without_touching_more_is_refused(text: str) -> None:
    with pytest.raises(yaml_edits.EditError):
        yaml_edits.add_entry(text, "one", None, "order", ENTRY)


@given(st.text(max_size=20), st.text(min_size=1, max_size=20))
@example("\x85", "a\u2028\x85b")
def test_any_text_is_read_again_as_it_was(one: str, other: str) -> None:
    printable = {"line": one, "reason": other}
    text = FILES["no order yet"]
    try:
        yaml.safe_dump(printable).encode()
    except (UnicodeEncodeError, yaml.YAMLError):
        return
    assert said_of(yaml_edits.add_entry(text, "one", None, "order", printable)) == [printable]


KILLED = """
import os, sys
from pathlib import Path
from banmian.desk.written import EditionsText
def dies(*arguments): os._exit(9)
file = EditionsText(Path(sys.argv[1]), Path(sys.argv[2]))
setattr(os, sys.argv[3], dies)
file.write("editions: []\\n# new\\n", file.read()[1])
"""


@pytest.mark.parametrize(("step", "written"), [("fsync", "# old\n"), ("replace", "# old\n"), ("chmod", "# old\n")])
def test_a_desk_that_is_killed_in_the_middle_of_a_write_leaves_the_file_whole(
    tmp_path: Path, step: str, written: str
) -> None:
    path = tmp_path / "editions.yml"
    path.write_text("# old\n", "utf-8")
    path.chmod(0o640)
    command = [sys.executable, "-c", KILLED, str(path), str(tmp_path / "own"), step]
    result = subprocess.run(command, env={**os.environ, "PYTHONPATH": "scripts"}, check=False)
    assert result.returncode == 9
    assert path.read_text("utf-8") == written
    file = EditionsText(path, tmp_path / "own")
    file.write("# new\n", file.read()[1])
    assert (path.read_text("utf-8"), oct(path.stat().st_mode)[-3:]) == ("# new\n", "640")
    assert [one.name for one in tmp_path.glob(".editions*")] == []

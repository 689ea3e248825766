"""The house: what stands in the hall, and that no arrow runs back up."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from banmian.names import lexicons
from conftest import ROOT

HALL = ROOT / "scripts" / "banmian"
# What each room may ask for: itself and those before it.
ROOMS = ("records", "words", "seeds", "page", "names", "keys", "store", "review", "desk", "pipeline", "site")

# The rooms and modules inside names, in the same way.
NAMES = HALL / "names"
NAMES_ROOMS = (
    *("lexicons", "ordinary", "text", "divisions", "places"),
    *("organizations", "offices", "people", "recognition", "identity"),
    *("second_opinion", "entities", "reading"),
)


def rooms_asked(path: Path) -> set[str]:
    """The rooms of banmian that a module imports, wherever in it."""
    asked = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "banmian":
            asked |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("banmian."):
            asked.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            asked |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("banmian.")}
    return asked & set(ROOMS)


def test_the_hall_holds_the_rooms_and_nothing_else() -> None:
    found = {path.stem for path in HALL.iterdir() if path.name not in ("__init__.py", "__pycache__")}
    assert found == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_asks_only_those_before_it(room: str) -> None:
    paths = [HALL / f"{room}.py"] if (HALL / f"{room}.py").exists() else sorted((HALL / room).rglob("*.py"))
    assert paths
    allowed = set(ROOMS[: ROOMS.index(room) + 1])
    assert {str(path): sorted(rooms_asked(path) - allowed) for path in paths if rooms_asked(path) - allowed} == {}


@pytest.mark.parametrize("room", ["page", "names"])
def test_the_pure_stages_know_no_other_stage(room: str) -> None:
    for path in sorted((HALL / room).rglob("*.py")):
        assert rooms_asked(path) <= {"records", "words", room}, path


def names_asked(path: Path) -> set[str]:
    """The rooms and modules of names that one of its modules imports, without its own room."""
    depth = len(path.relative_to(NAMES).parts)
    asked = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            asked |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
    return asked


@pytest.mark.parametrize("room", NAMES_ROOMS)
def test_a_room_of_names_asks_only_those_before_it(room: str) -> None:
    assert {path.stem for path in NAMES.iterdir()} - {"__init__", "__pycache__", "data"} == set(NAMES_ROOMS)
    allowed = set(NAMES_ROOMS[: NAMES_ROOMS.index(room)])
    for path in [NAMES / f"{room}.py"] if (NAMES / f"{room}.py").exists() else sorted((NAMES / room).glob("*.py")):
        assert names_asked(path) <= allowed, path


def lists_asked(path: Path) -> set[str]:
    """The texts in a module that may be names of word lists."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {text for text in texts if text.endswith((".tsv", ".txt", ".npz"))}


def test_a_word_list_of_names_stands_in_the_only_room_that_asks_for_it() -> None:
    """Those that several rooms ask for, or a module between them, stand in names/data/."""
    askers: dict[str, set[str]] = {}
    for path in NAMES.rglob("*.py"):
        for name in lists_asked(path):
            askers.setdefault(name, set()).add(path.relative_to(NAMES).parts[0])
    for (name,) in lexicons.read("told_lists.txt"):
        askers.setdefault(name, {"recognition"})
    homes = {
        name: next(iter(rooms)) if len(rooms) == 1 and (NAMES / next(iter(rooms))).is_dir() else ""
        for name, rooms in askers.items()
    }
    found = list(NAMES.rglob("data/*"))
    assert {path.name: path.parent for path in found} == {name: NAMES / room / "data" for name, room in homes.items()}
    assert len({path.name for path in found}) == len(found)


def test_only_store_writes_and_only_site_knows_datasette() -> None:
    for path in sorted(HALL.rglob("*.py")):
        room = path.relative_to(HALL).parts[0]
        text = path.read_text("utf-8")
        assert room == "site" or "import datasette" not in text.replace("from datasette", "import datasette"), path
        assert room == "store" or "INSERT INTO" not in text, path


Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def documented(path: Path) -> Iterator[tuple[str, Documented, bool]]:
    """The module and all classes and functions at its top or in a class: name, node, whether others may use it."""

    def inside(node: Documented, before: str, public: bool) -> Iterator[tuple[str, Documented, bool]]:
        for child in node.body:
            if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                # What a hook of Datasette does, its documentation says; special methods are Python's.
                is_hook = any("hookimpl" in ast.unparse(one) for one in child.decorator_list)
                own = public and not child.name.startswith("_") and not is_hook
                yield f"{before}{child.name}", child, own
                if isinstance(child, ast.ClassDef):
                    yield from inside(child, f"{before}{child.name}.", own)

    module = ast.parse(path.read_text("utf-8"))
    yield "", module, True
    yield from inside(module, "", True)


def test_what_others_may_use_is_documented_and_the_first_paragraph_is_whole() -> None:
    faults = []
    for path in sorted((ROOT / "scripts").rglob("*.py")):
        for name, node, is_public in documented(path):
            said = ast.get_docstring(node)
            if said is None and is_public:
                faults.append(f"{path}: {name}: no docstring")
            elif said and said.split("\n\n")[0][-1] not in ".!?":
                faults.append(f"{path}: {name}: cut in mid-sentence: ...{said.split(chr(10) * 2)[0][-40:]}")
    assert faults == []

"""The README says what is so."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from docs.dictionary import with_dictionary

README = (ROOT / "README.md").read_text("utf-8")


def test_the_data_dictionary_is_up_to_date() -> None:
    readme = (ROOT / "build" / "README.md").read_text("utf-8")
    assert with_dictionary(readme) == readme, "run: make docs"


@pytest.mark.parametrize("document", ["README.md", "seeds/README.md", "build/README.md"])
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    path = ROOT / document
    text = path.read_text("utf-8")
    links = [one or other for one, other in re.findall(r"\]\(([^)#:]+)\)|src=\"([^\":]+)\"", text)]
    assert links or document == "build/README.md"
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert set(targets) >= {"help", "build", "serve", "test", "export", "bench", "clean"}
    for target in targets:
        assert f"make {target}" in README, target


@pytest.mark.parametrize("folder", ["scripts", "scripts/banmian"])
def test_everything_in_the_house_stands_in_the_map(folder: str) -> None:
    house = README[README.index("## The map of the house") : README.index("| command |")]
    names = sorted(f"{path.name}/" if path.is_dir() else path.name for path in (ROOT / folder).iterdir())
    assert [name for name in names if name not in ("__pycache__/", "__init__.py") and f" {name} " not in house] == []

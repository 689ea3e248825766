"""The data files beside the code, data/ of each stage: an entry a line, columns between tabs, `# ` before comments."""

from __future__ import annotations

from importlib.resources import files


def rows(package: str, name: str) -> list[list[str]]:
    """The entries of data/`name` of a package, each as its columns, in the order of the file."""
    text = files(package).joinpath("data", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("# ")]

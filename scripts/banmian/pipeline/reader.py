"""What reads: the code and data of the stages that read pages, the libraries and Python, by version or digest."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

# What a database depends on beside the seeds and Python.
LIBRARIES = ("jieba", "rjieba", "opencc", "PyYAML", "numpy", "lxml", "datasketch")
_READ_BY = ("records.py", "words", "seeds", "page", "names", "pipeline/reading.py", "keys/samples.py")


@cache
def what_reads() -> Mapping[str, str]:
    """Name -> version of Python and the libraries, file -> SHA-256 of all code and data that reads."""
    library = Path(__file__).parents[1]
    found = {"Python": sys.version, **{name: metadata.version(name) for name in LIBRARIES}}
    for room in _READ_BY:
        path = library / room
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                found[file.relative_to(library).as_posix()] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


@cache
def reader_digest() -> str:
    """A digest of what reads: where it is the same, the same is read."""
    digest = hashlib.sha256()
    for name, state in what_reads().items():
        digest.update(f"\0{name}\0{state}".encode())
    return digest.hexdigest()

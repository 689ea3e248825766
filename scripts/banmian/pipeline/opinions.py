"""The second opinion on names that a user chooses by `module:function`: loading it, and saying which one it is."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from importlib import metadata
from pathlib import Path

from banmian.names import Backend, OpinionError

__all__ = ["VARIABLE", "OpinionError", "facts", "load"]

# The environment variable that chooses it, where the option --second-opinion does not.
VARIABLE = "BANMIAN_SECOND_OPINION"


def load(chosen: str) -> Backend:
    """The function that `chosen` names, as module:function. Raises OpinionError where there is none."""
    name, _, function = chosen.partition(":")
    try:
        backend = getattr(importlib.import_module(name), function)
    except (ImportError, AttributeError, ValueError, TypeError) as error:
        reason = f"no second opinion at {chosen!r} ({error}). Give module:function; PYTHONPATH says where modules are"
        raise OpinionError(reason) from error
    if not callable(backend):
        raise OpinionError(f"{chosen!r} is no function. Give module:function")
    return backend  # type: ignore[no-any-return]


def facts(chosen: str | None) -> dict[str, str]:
    """What a build follows from: the choice, the code of its module, the versions of all that is installed.

    Empty where none is chosen. A model that the function reads is not part of it.
    """
    if not chosen:
        return {}
    installed = sorted(f"{one.metadata['Name']} {one.version}" for one in metadata.distributions())
    return {
        "second opinion": chosen,
        "second opinion sha256": _code_digest(chosen.partition(":")[0]),
        "installed sha256": hashlib.sha256("\n".join(installed).encode()).hexdigest(),
    }


def _code_digest(module: str) -> str:
    try:
        found = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        found = None
    if found is None or not found.origin or not Path(found.origin).is_file():
        return ""
    origin = Path(found.origin)
    files = sorted(origin.parent.rglob("*.py")) if found.submodule_search_locations else [origin]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()

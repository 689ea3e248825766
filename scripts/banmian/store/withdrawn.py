"""Keys that were withdrawn stand in the database as digests; their secrets lie beside it, where nothing serves them."""

from __future__ import annotations

import json
from pathlib import Path

from banmian.seeds.withdrawn import SECRETS, digest


def withdrawn_digests(database: Path, kind: str, key: str) -> list[str]:
    """The digests that may stand for a key; none where nothing was withdrawn."""
    try:
        secrets = json.loads(database.with_name(SECRETS).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [digest(secret, kind, key) for secret in secrets]

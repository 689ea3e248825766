"""What editors withdraw: names, phrases and articles that must stand in nothing that is built from the seeds."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

from banmian.records import Remark
from banmian.seeds.folders import SUFFIXES, without_part
from banmian.seeds.yaml_nodes import Entry

WITHDRAWN_KEYS = ("kind", "text", "in", "file", "reason", "date", "secret")
WITHDRAWN_KINDS = ("person", "organization", "phrase", "article")
# What stands in the place of each character.
SIGN = "■"
_LEAST_SECRET = 16
# Marks and ends of lines that may stand inside a name as it was printed.
_BETWEEN = r"[\s*#_]{0,4}"
_DIGITS = 24
# What a digest begins with.
MARK = "~"
# Beside the database, for the site alone: who has the secrets can try names.
SECRETS = "withdrawn.keys"


@dataclass(frozen=True)
class Withdrawn:
    """A name or phrase that is withdrawn, in the editions `scope` (all where it is empty), or an article of a `file`.

    An article is known by `text`, with which one of its lines begins. `secret` is what its digests are keyed by,
    `line` where editions.yml states it.
    """

    kind: str
    text: str
    scope: tuple[str, ...]
    file: str | None
    reason: str
    date: str
    secret: str
    line: int

    def is_of(self, edition: str) -> bool:
        """Whether it is withdrawn in this edition."""
        return not self.scope or edition in self.scope

    def digest(self, kind: str, key: str) -> str:
        """What stands for the key of a person or organization."""
        return digest(self.secret, kind, key)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The text, also over the ends of lines."""
        return re.compile(_BETWEEN.join(re.escape(sign) for sign in self.text if not sign.isspace()))


def read_withdrawn(entry: Entry) -> Withdrawn:
    """What an entry withdraws. Raises SeedsError where it is malformed."""
    kind, text, secret = entry.required("kind"), entry.required("text"), entry.text("secret")
    if kind and kind not in WITHDRAWN_KINDS:
        entry.fault(entry.nodes["kind"], Remark("unknown_withdrawn", {"text": kind, "known": list(WITHDRAWN_KINDS)}))
    if (kind == "article") != bool(entry.text("file")) and not entry.strays:
        entry.fault(None, Remark("withdrawn_file"))
    file = entry.text("file")
    if file and not without_part(file).endswith(SUFFIXES):
        entry.fault(entry.nodes["file"], Remark("no_page_name", {"file": file}))
    if len(secret or "") < _LEAST_SECRET and not entry.strays:
        entry.fault(None, Remark("withdrawn_secret", {"text": secrets.token_hex(_LEAST_SECRET)}))
    reason, day = entry.required("reason"), entry.date("date")
    if day is None and not entry.faults:
        entry.text("date", required=True)
    scope = entry.texts("in")
    entry.checked()
    return Withdrawn(kind, text.strip(), scope, file, reason, day or "", secret or "", entry.line)


def digest(secret: str, kind: str, key: str) -> str:
    """What stands for a key that is withdrawn; nobody without the secret can tell which it was."""
    return MARK + hmac.new(secret.encode(), f"{kind}\0{key}".encode(), hashlib.sha256).hexdigest()[:_DIGITS]


def blank(text: str) -> str:
    """`text` with a sign for each character; white space and marks stay, so that lines are the same."""
    return re.sub(r"[^\s*#_]", SIGN, text)


def masked(value: Any, withdrawn: Sequence[Withdrawn]) -> Any:
    """A record, or whatever records are made of, with what is withdrawn blanked out in each text of it."""
    if isinstance(value, str):
        for one in withdrawn:
            value = one.pattern.sub(lambda found: blank(found.group()), value)
        return value
    if isinstance(value, tuple | list) and not hasattr(value, "_fields"):
        return type(value)(masked(one, withdrawn) for one in value)
    if isinstance(value, dict):
        return {key: masked(one, withdrawn) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        old = {field.name: getattr(value, field.name) for field in fields(value)}
        new = {name: masked(one, withdrawn) for name, one in old.items()}
        changed = {name: one for name, one in new.items() if one != old[name]}
        return replace(value, **changed) if changed else value
    return value

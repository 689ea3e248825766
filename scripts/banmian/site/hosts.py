"""Whether a page is asked for by an address of this machine, which nobody else can open."""

from __future__ import annotations

from urllib.parse import urlsplit

_LOCAL = ("127.0.0.1", "localhost", "::1")


def is_this_machine(host: str) -> bool:
    """Whether the Host of a request names this machine, with or without a port."""
    try:
        return urlsplit(f"//{host}").hostname in _LOCAL
    except ValueError:
        return False

"""Before `make serve`, `desk` or `serve-public`: is the port free? `port.py PORT TARGET`; if not, says what to do."""

from __future__ import annotations

import contextlib
import errno
import socket
import sys

_HOST = "127.0.0.1"
# How many ports after the one that is taken are tried, to name one that is free.
_TRIED = 50


def refusal(port: str, target: str) -> str | None:
    """Why nothing can be published at `port`, and how to make `target` elsewhere; None where it is free."""
    if not port.isascii() or not port.isdecimal() or not 0 < int(port) < 65_536:
        return f"PORT={port} is no port: a number from 1 to 65535, as in make {target} PORT=8002"
    error = _bound(int(port))
    if error is None:
        return None
    if error.errno != errno.EADDRINUSE:
        return f"Port {port} can't be opened ({error.strerror}). Choose another: make {target} PORT=8002"
    after = range(int(port) + 1, min(int(port) + _TRIED, 65_536))
    free = next((other for other in after if _bound(other) is None), 8002)
    return (
        f"Port {port} is taken: another program answers http://{_HOST}:{port}. "
        f"Stop that one, or choose another: make {target} PORT={free}"
    )


def _bound(port: int) -> OSError | None:
    """The error of listening at a port, as the server will; None where that is possible."""
    with contextlib.closing(socket.socket()) as one:
        # A server that ended a moment ago leaves its port open to the next.
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((_HOST, port))
            one.listen()
        except OSError as error:
            return error
    return None


if __name__ == "__main__":
    sys.exit(refusal(*sys.argv[1:]))

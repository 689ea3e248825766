"""Second opinions on names that do to a build what may befall it, told by files in the folder OPINIONS."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path


def _once(name: str) -> bool:
    """Whether this is the first time that it is asked, of all processes."""
    try:
        (Path(os.environ["OPINIONS"]) / name).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def die_once(text: str) -> Sequence[tuple[int, int, str]]:
    """Kill the process that reads 死, the first time."""
    if "死" in text and _once("died"):
        os.kill(os.getpid(), signal.SIGKILL)
    return []


def die(text: str) -> Sequence[tuple[int, int, str]]:
    """Kill any process that reads 死."""
    if "死" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    return []


def write(text: str) -> Sequence[tuple[int, int, str]]:
    """Change the page b.txt while the names in it are read."""
    if _once("written"):
        page = Path(os.environ["OPINIONS"]) / "seeds" / "b.txt"
        page.write_text(page.read_text("utf-8").replace("三天", "五天"), "utf-8")
    return []


def end_cluster(text: str) -> Sequence[tuple[int, int, str]]:
    """Kill the processes whose ids stand in the file `cluster` when 死 is read, the first time; this one last."""
    if "死" in text and _once("ended"):
        for process in (Path(os.environ["OPINIONS"]) / "cluster").read_text("utf-8").split():
            if int(process) != os.getpid():
                os.kill(int(process), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)
    return []


def wait(text: str) -> Sequence[tuple[int, int, str]]:
    """Say that 等 is read, the first time, and wait until the file `go` is there."""
    if "等" in text and _once("waiting"):
        while not (Path(os.environ["OPINIONS"]) / "go").exists():
            time.sleep(0.02)
    return []

"""The bytes of a file of the seeds: of a regular file only, bounded, and as it stood at one moment."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from banmian.records import Remark
from banmian.words.remarks import in_both

# Files that say something of the pages: editions.yml, editions.csv, the record of keys.
LARGEST_OWN = 200_000_000


class ContentError(OSError):
    """A file can't be read; `remark` says why."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(in_both(remark))
        self.remark = remark


def is_there(path: Path) -> bool:
    """Whether there is such a file, be it a link that leads nowhere."""
    return os.path.lexists(path)


def content_of(path: Path, largest: int) -> bytes:
    """The bytes of a regular file of at most `largest`. Raises ContentError, and waits for no pipe."""
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind):
            # A device may do something when it is opened.
            raise ContentError(Remark("is_folder" if stat.S_ISDIR(kind) else "no_regular_file"))
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > largest:
                raise ContentError(Remark("file_too_large", {"size": before.st_size, "largest": largest}))
            content = file.read(largest + 1)
            after = os.fstat(file.fileno())
    except ContentError:
        raise
    except (OSError, ValueError) as error:
        raise ContentError(Remark("unreadable", {"why": getattr(error, "strerror", None) or str(error)})) from error
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or len(content) != after.st_size:
        raise ContentError(Remark("changed_while_read"))
    return content

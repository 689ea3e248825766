"""Page files, read and decoded; what can't be read is a Problem."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from banmian.records import Remark
from banmian.seeds.problems import Problem

LARGEST = 20_000_000
LARGEST_ARCHIVE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page as it came: `name` relative to the folder, `text` decoded with every character kept (a BOM too)."""

    name: str
    text: str
    sha256: str


def read_page_file(folder: Path, name: str, largest: int = LARGEST) -> PageFile | Problem:
    """The page file, or what is wrong with it; `largest` is the number of bytes that it may have."""
    path = folder / name
    try:
        if path.is_dir():
            return Problem(name, None, Remark("is_folder"))
        if path.exists() and not path.is_file():
            return Problem(name, None, Remark("no_regular_file"))
        size = path.stat().st_size
        if size > largest:
            return Problem(name, None, Remark("file_too_large", {"size": size, "largest": largest}))
        content = path.read_bytes()
    except OSError as error:
        return Problem(name, None, Remark("unreadable", {"why": error.strerror}))
    text = decode(name, content)
    return text if isinstance(text, Problem) else PageFile(name, text, hashlib.sha256(content).hexdigest())


def decode(name: str, content: bytes) -> str | Problem:
    """`content` as UTF-8 text, or why it is no page."""
    if not content:
        return Problem(name, 1, Remark("file_empty"))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Problem(name, 1, Remark("utf16"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(name, content, error.start)
    if "\0" in text:
        at = text.index("\0")
        line = text.count("\n", 0, at) + 1
        is_utf16 = content.count(0) > len(content) // 4
        return Problem(name, line, Remark("nul_of_utf16" if is_utf16 else "nul", {"at": at}))
    if not text.strip("\ufeff \t\r\n\v\f\u3000\xa0\u200b"):
        return Problem(name, 1, Remark("file_blank"))
    return text


def _not_utf8(name: str, content: bytes, at: int) -> Problem:
    line = content.count(b"\n", 0, at) + 1
    hint = "not_utf8"
    if any(_is_chinese(content, encoding) for encoding in ("utf-16-le", "utf-16-be")):
        line, hint = 1, "not_utf8_but_utf16"
    elif any(_is_chinese(content, encoding) for encoding in ("gb18030", "big5")):
        # Text in either mostly decodes as the other too, to other characters.
        hint = "not_utf8_but_gbk"
    return Problem(name, line, Remark(hint, {"at": at, "byte": f"0x{content[at]:02x}"}))


def _is_chinese(content: bytes, encoding: str) -> bool:
    """Whether the bytes, taken as `encoding`, are mostly Chinese characters and marks."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    chinese = sum("\u4e00" <= character <= "\u9fff" or character in "，。、：；！？“”（） \r\n" for character in text)
    return chinese * 10 > len(text) * (8 if encoding.startswith("utf-16") else 4)

"""Page files, read and decoded; what can't be read is a Problem."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from banmian.records import Remark
from banmian.seeds.contents import LARGEST_OWN, ContentError, content_of, is_there
from banmian.seeds.folders import Folder
from banmian.seeds.formats import read_form
from banmian.seeds.formats.xml_trees import FormError
from banmian.seeds.problems import Problem, SeedsError

LARGEST = 20_000_000
LARGEST_FORM = 100_000_000
# Nothing is printed for them, as for white space.
_INVISIBLE = "\ufeff\u200b"
# So many pages are compared with the name of each that is missing.
_FEW = 500
LARGEST_ARCHIVE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page as it came: `name` relative to the folder, `text` decoded with every character kept (a BOM too).

    What an engine wrote in another `form` is text as it was read, its lines `geometry`. Of a file of several pages each
    is a `part`, from 1, and its name `file#part`. `sha256` is that of the file.
    """

    name: str
    text: str
    sha256: str
    form: str = "text"
    part: int | None = None
    geometry: bytes = b""

    @property
    def file(self) -> str:
        """The path of the file itself."""
        return self.name if self.part is None else self.name.rpartition("#")[0]

    def is_named(self, name: str) -> bool:
        """Whether an entry about `name` is about this page."""
        return name == self.name or (self.part is None and name == f"{self.name}#1")


class PageFiles:
    """The page files of a folder of seeds; those of engines are read at once, since only their content tells them.

    `folder` counts them among the pages, but for those of no form that is known: these are `unknown`, by name.
    """

    def __init__(self, path: Path, folder: Folder) -> None:
        self._path = path
        self.unknown: dict[str, Problem] = {}
        self._forms: dict[str, tuple[PageFile, ...] | Problem] = {}
        for name in folder.forms:
            found = read_form_file(path, name)
            if found is None:
                self.unknown[name] = Problem(name, None, Remark("unknown_form"))
            else:
                self._forms[name] = found
        self.folder = replace(folder, pages=tuple(sorted((*folder.pages, *self._forms))))
        self._names: dict[str, list[str]] = {}
        for name in self.folder.pages:
            self._names.setdefault(name.rpartition("/")[0], []).append(name)
        if not self.folder.pages and not folder.archives:
            raise SeedsError(Problem(str(path), None, Remark("no_page_here")), *self.unknown.values())

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return is_there(self._path / name)

    def near(self, name: str) -> Sequence[str]:
        """The pages among which one that is not there may be meant: those of its folder, of a small archive all."""
        pages = self.folder.pages
        return pages if len(pages) < _FEW else self._names.get(name.rpartition("/")[0], [])

    def read(self, name: str) -> tuple[PageFile, ...] | Problem:
        """The pages of a file, or what is wrong with it."""
        if name in self._forms or name in self.unknown:
            return self._forms.get(name) or self.unknown[name]
        file = read_page_file(self._path, name)
        return file if isinstance(file, Problem) else (file,)


def read_page_file(folder: Path, name: str, largest: int = LARGEST) -> PageFile | Problem:
    """The page file, or what is wrong with it; `largest` is the number of bytes that it may have."""
    content = _content(folder, name, largest)
    if isinstance(content, Problem):
        return content
    text = decode(name, content)
    return text if isinstance(text, Problem) else PageFile(name, text, hashlib.sha256(content).hexdigest())


def read_form_file(folder: Path, name: str) -> tuple[PageFile, ...] | Problem | None:
    """The pages of a file that an engine wrote, or what is wrong with it; None where it is of no form that is known."""
    content = _content(folder, name, LARGEST_FORM)
    if isinstance(content, Problem):
        return content
    if not content.strip():
        return Problem(name, 1, Remark("file_blank" if content else "file_empty"))
    try:
        found = read_form(content)
    except FormError as error:
        return Problem(name, error.line, error.remark)
    if found is None:
        return None
    form, pages = found
    digest = hashlib.sha256(content).hexdigest()
    if len(pages) == 1:
        return (PageFile(name, pages[0].text, digest, form, None, pages[0].geometry),)
    return tuple(PageFile(f"{name}#{p.part}", p.text, digest, form, p.part, p.geometry) for p in pages)


def _content(folder: Path, name: str, largest: int) -> bytes | Problem:
    try:
        return content_of(folder / name, largest)
    except ContentError as error:
        return Problem(name, None, error.remark)


def read_own(path: Path, *, may_be_empty: bool = True) -> str:
    """The text of a file that says something of the pages; empty where the file holds nothing. Raises SeedsError."""
    try:
        content = content_of(path, LARGEST_OWN)
    except ContentError as error:
        raise SeedsError(Problem(path.name, None, error.remark)) from error
    text = "" if may_be_empty and not content.strip() else decode(path.name, content)
    if isinstance(text, Problem):
        raise SeedsError(text)
    return text


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
    if all(sign.isspace() or sign in _INVISIBLE for sign in text):
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

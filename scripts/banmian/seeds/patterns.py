"""The `files:` of rules and rows: which files are meant, and what their paths say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from banmian.records import Remark
from banmian.seeds.paths import page_number, slug, stated_date, stated_date_pattern

PLACEHOLDERS = ("date", "year", "month", "day", "page", "name", "issue", "variant")
# What tells one edition from another.
_OF_EDITION = ("date", "issue", "variant")
_PART = re.compile(r"\{([^{}]*)\}|\*\*|\*|[^*{}]+|[{}]")
_FORMS = {"year": "[0-9]{4}", "month": "[0-9]{1,2}", "day": "[0-9]{1,2}"}
# Signs of a pattern that are shown.
_SHOWN = 60
_DAY = ("year", "month", "day")


# Parts that may be of any length; with more, a name could be looked at for hours.
_MOST_OPEN = 6


class PatternError(ValueError):
    """A pattern that can't be read; `remark` says why."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.kind)
        self.remark = remark


@dataclass(frozen=True, slots=True)
class Matched:
    """What the path of a file says by a pattern; `fault` is what is wrong with it."""

    values: Mapping[str, str]
    number: str | None
    fault: Remark | None = None


@dataclass(frozen=True, slots=True)
class FilePattern:
    """A pattern of paths: `text` as stated, what all begin with, which placeholders it has."""

    text: str
    begins: str
    names: frozenset[str]
    _regex: re.Pattern[str]

    def match(self, path: str) -> Matched | None:
        """What the path says; None where the pattern is of other files."""
        found = self._regex.fullmatch(path)
        if not found:
            return None
        said: dict[str, list[str]] = {}
        for group, value in found.groupdict().items():
            said.setdefault(group.rstrip("0123456789"), []).append(value)
        page = said.pop("page", [])
        try:
            values = dict(_agreeing(said))
        except PatternError as error:
            return Matched({}, None, error.remark)
        return Matched(values, page_number(page[0]) if page else None)

    @property
    def tells_editions(self) -> bool:
        """Whether what it matches is told apart by date or issue."""
        return "date" in self.names or "issue" in self.names or self.names.issuperset(_DAY)

    @property
    def is_of_one_page(self) -> bool:
        """Whether nothing in it tells pages of one edition apart."""
        name = self.text.rpartition("/")[2]
        return not any(sign in name for sign in ("{page}", "{name}", "*"))


def read_pattern(text: str) -> FilePattern:
    """The pattern that is stated as `text`. Raises PatternError."""
    regex: list[str] = []
    names: list[str] = []
    begins = ""
    for found in _PART.finditer(text):
        part, name = found.group(), found[1]
        if name is not None:
            regex.append(f"(?P<{_known(name)}{len(names)}>{_FORMS.get(name) or _form(name)})")
            names.append(name)
        elif part in "{}":
            raise PatternError(Remark("pattern_bracket", {"text": text}))
        elif part.startswith("*"):
            regex.append(".*" if part == "**" else "[^/]*")
        else:
            regex.append(re.escape(part))
        if len(regex) == 1 and name is None and "*" not in part:
            begins = part
    if sum("{" not in part and part.endswith(("*", "+?)")) for part in regex) > _MOST_OPEN:
        raise PatternError(Remark("pattern_too_open", {"text": text[:_SHOWN], "most": _MOST_OPEN}))
    return FilePattern(text, begins, frozenset(names), re.compile("".join(regex)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The id of an edition that is stated with placeholders, filled in; what a path lacks is left out."""
    return slug(re.sub(r"\{([^{}]*)\}", lambda found: values.get(found[1], ""), text))


def check_id(text: str) -> None:
    """Raises PatternError where an id has placeholders that are none, or none that tells editions apart."""
    names = re.findall(r"\{([^{}]*)\}", text)
    for name in names:
        _known(name)
    if not {"date", "year", "issue"} & set(names):
        raise PatternError(Remark("id_tells_no_editions", {"text": text}))


def default_id(pattern: FilePattern, values: Mapping[str, str]) -> str:
    """An id by what tells the edition from others, after the folders that all files of the pattern are in."""
    folders = pattern.begins.rpartition("/")[0]
    return slug("-".join(filter(None, (folders, *(values.get(name) for name in _OF_EDITION)))))


def _known(name: str) -> str:
    if name not in PLACEHOLDERS:
        near = get_close_matches(name, PLACEHOLDERS, 1)
        values = {"text": f"{{{name}}}", "known": [f"{{{known}}}" for known in PLACEHOLDERS]}
        raise PatternError(Remark("unknown_placeholder_but", {**values, "other": f"{{{near[0]}}}"}) if near
                           else Remark("unknown_placeholder", values))  # fmt: skip
    return name


def _form(name: str) -> str:
    return stated_date_pattern() if name == "date" else "[^/]+?"


def _agreeing(said: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """What a path says, dates as YYYY-MM-DD. Raises PatternError where it is no date, or says two things."""
    days = [(text, stated_date(text)) for text in said.get("date", [])]
    parts = [said[name][0] for name in _DAY if name in said]
    if len(parts) == len(_DAY):
        days.append(("-".join(parts), stated_date("-".join(parts))))
    for text, day in days:
        if day is None:
            raise PatternError(Remark("path_no_date", {"text": text}))
    texts = {name: values for name, values in said.items() if name != "date"}
    several = list(dict.fromkeys(day for _, day in days if day))
    if several:
        for name, own in zip(_DAY, several[0].split("-"), strict=True):
            several += [f"{name} {value}" for value in texts.get(name, []) if int(value) != int(own)]
            texts[name] = [own]
        texts["date"] = several
    for name, values in texts.items():
        if len(dict.fromkeys(values)) > 1:
            raise PatternError(Remark("path_says_two", {"texts": list(dict.fromkeys(values))}))
        yield name, values[0]

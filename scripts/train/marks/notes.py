"""What a reader wrote down about a batch of texts, turned into offsets; refused where it can't be meant.

A line `=== m0001` begins a text, as in the batch. Below it, one line each, `none` where there is nothing:

    P 王芳              a person: every occurrence of these characters that lies in no longer mark
    P 王 2,3            only the second and the third occurrence of these characters (counted over all of them)
    P 王 -1             every occurrence but the first
    O 中央 @党中央批准   only the occurrences inside these characters
    O 市公安局 = 杭州市公安局 [government]    an organization with its full name and type, both optional
    R 王芳 | 市公安局局长                     the title of a person: it touches the name, or is the nearest before it

`python -m train.marks.notes batch.txt notes.txt`, in scripts/, says what is wrong, or prints the texts with the marks
in them for proof-reading; `--to marks.jsonl` writes the offsets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

TYPES = (
    *("party", "government", "legislature", "judiciary", "company", "research", "media", "military", "committee"),
    *("platform", "school", "hospital", "association", "team", "event", "other"),
)
_HEAD = re.compile(r"=== (\S+)\s*")
_NUMBERED = re.compile(r"\[\d+\] ?")
_OCCURRENCES = re.compile(r"(.*\S)\s+(-?)(\d+(?:[,，]\d+)*)")
_ORGANIZATION = re.compile(r"(?P<surface>.*?)(?:\s+=\s*(?P<canonical>[^\[]*?))?(?:\s*\[(?P<type>\w+)\])?")

Span = tuple[int, int]


class NoteError(ValueError):
    """A line of notes that can't be meant; says which and why."""


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization mentioned at [start, end), code points, with full name and type where the reader gave them."""

    start: int
    end: int
    canonical: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in one text; spans in code points, end exclusive; roles as (person's start, start, end)."""

    id: str
    people: tuple[Span, ...] = ()
    organizations: tuple[Organization, ...] = ()
    roles: tuple[tuple[int, int, int], ...] = ()

    def row(self) -> dict[str, object]:
        """The marks as a line of marks.jsonl has them."""
        return {
            "id": self.id,
            "people": [list(span) for span in self.people],
            "organizations": [[o.start, o.end, o.canonical, o.type] for o in self.organizations],
            "roles": [list(role) for role in self.roles],
        }


def marks_of(row: Mapping[str, list[list[object]]]) -> Marks:
    """The marks of a line of marks.jsonl."""
    people = tuple((int(str(s)), int(str(e))) for s, e in row["people"])
    organizations = tuple(
        Organization(int(str(s)), int(str(e)), str(name) if name else None, str(kind) if kind else None)
        for s, e, name, kind in row["organizations"]
    )
    roles = tuple((int(str(p)), int(str(s)), int(str(e))) for p, s, e in row.get("roles", []))
    return Marks(str(row["id"]), people, organizations, roles)


def read_marks(path: Path) -> dict[str, Marks]:
    """The marks in a file of JSON lines, by text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {marks.id: marks for marks in (marks_of(json.loads(line)) for line in lines if line)}


def read_batch(printed: str) -> dict[str, str]:
    """The texts of a batch by id, without the numbers of their paragraphs."""
    return {name: "\n".join(_NUMBERED.sub("", line, count=1) for line in lines) for name, lines in _blocks(printed)}


@dataclass(frozen=True, slots=True)
class _Name:
    """A line `P` or `O`: where its marks can be, before longer marks have taken their places."""

    line: str
    kind: str
    surface: str
    starts: tuple[int, ...]
    chosen: bool
    canonical: str | None = None
    type: str | None = None


@dataclass(slots=True)
class _Taken:
    """The marks that were given places."""

    people: set[Span] = field(default_factory=set)
    organizations: dict[Span, Organization] = field(default_factory=dict)

    def overlapping(self, start: int, end: int) -> list[Span]:
        return [(s, e) for s, e in [*self.people, *self.organizations] if s < end and start < e]


def resolve(name: str, text: str, lines: Sequence[str]) -> Marks:
    """The marks that the `lines` of notes put into `text`; raises NoteError, which lists every line that is wrong."""
    errors: list[str] = []
    names: list[_Name] = []
    for line in lines:
        try:
            if line[:2] in ("P ", "O "):
                names.append(_name(text, line))
            elif line[:2] != "R " and line != "none":
                raise NoteError(f"{line}: begins with none of P, O, R, none")
        except NoteError as error:
            errors.append(str(error))
    if not lines or ("none" in lines and len(lines) > 1):
        errors.append("write what is marked, one a line, or `none` alone")
    taken = _Taken()
    for one in sorted(names, key=lambda one: -len(one.surface)):
        errors += _take(text, one, taken)
    roles: set[tuple[int, int, int]] = set()
    for line in lines:
        if line.startswith("R "):
            try:
                roles.update(_roles(text, line, sorted(taken.people)))
            except NoteError as error:
                errors.append(str(error))
    if errors:
        raise NoteError("\n".join(f"{name}: {error}" for error in errors))
    organizations = tuple(taken.organizations[span] for span in sorted(taken.organizations))
    return Marks(name, tuple(sorted(taken.people)), organizations, tuple(sorted(roles)))


def shown(text: str, marks: Marks) -> str:
    """The text with the marks in it: […]P behind… as `[P王芳]`, `[O市公安局=杭州市公安局]`, titles as `{局长}`."""
    opens: list[tuple[int, int, str, str]] = [(s, e, "[P", "]") for s, e in marks.people]
    opens += [(o.start, o.end, "[O", f"={o.canonical}]" if o.canonical else "]") for o in marks.organizations]
    opens += [(s, e, "{", "}") for s, e in {(s, e) for _, s, e in marks.roles}]
    before: dict[int, str] = {}
    behind: dict[int, str] = {}
    for start, end, left, right in sorted(opens, key=lambda one: one[0] - one[1]):
        before[start] = before.get(start, "") + left
        behind[end] = right + behind.get(end, "")
    places = range(len(text) + 1)
    return "".join(behind.get(at, "") + before.get(at, "") + text[at : at + 1] for at in places)


def _blocks(printed: str) -> Iterator[tuple[str, list[str]]]:
    """The lines below each line `=== id`, without empty ones."""
    name, lines = "", list[str]()
    for line in printed.splitlines():
        if head := _HEAD.fullmatch(line):
            if name:
                yield name, lines
            name, lines = head[1], []
        elif line.strip():
            if not name:
                raise NoteError(f"{line}: stands before the first line === id")
            lines.append(line.rstrip() if line.startswith("[") else line.strip())
    if name:
        yield name, lines


def _name(text: str, line: str) -> _Name:
    kind, rest = line[0], line[2:].strip()
    canonical = of_type = None
    if kind == "O" and rest not in text and (parts := _ORGANIZATION.fullmatch(rest)):
        rest, canonical, of_type = parts["surface"], parts["canonical"] or None, parts["type"]
        if of_type and of_type not in TYPES:
            raise NoteError(f"{line}: [{of_type}] is no type; {', '.join(TYPES)}")
    surface, at_sign, context = rest.partition(" @")
    if at_sign and rest not in text:
        starts = _inside(text, line, surface.strip(), context.strip())
        return _Name(line, kind, surface.strip(), tuple(starts), True, canonical, of_type)
    chosen = False
    if rest not in text and (counted := _OCCURRENCES.fullmatch(rest)):
        surface, minus, numbers = counted.groups()
        starts = _counted(line, _starts(text, surface), minus, numbers)
        chosen = not minus
    else:
        surface, starts = rest, _starts(text, rest)
    if not starts or not surface:
        raise NoteError(f"{line}: {surface} does not stand in the text")
    return _Name(line, kind, surface, tuple(starts), chosen, canonical, of_type)


def _starts(text: str, surface: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(surface), text)]


def _counted(line: str, starts: list[int], minus: str, numbers: str) -> list[int]:
    wanted = {int(number) for number in re.split("[,，]", numbers)}
    if max(wanted) > len(starts) or min(wanted) < 1:
        raise NoteError(f"{line}: there are {len(starts)} occurrences")
    return [start for number, start in enumerate(starts, start=1) if (number in wanted) != bool(minus)]


def _inside(text: str, line: str, surface: str, context: str) -> list[int]:
    if context.count(surface) != 1 or not surface:
        raise NoteError(f"{line}: {surface} must stand once in {context}")
    starts = [start + context.index(surface) for start in _starts(text, context)]
    if not starts:
        raise NoteError(f"{line}: {context} does not stand in the text")
    return starts


def _take(text: str, one: _Name, taken: _Taken) -> list[str]:
    """Gives `one` its places; occurrences inside a longer mark are passed over unless the reader chose them."""
    errors, placed = [], False
    for start in one.starts:
        end = start + len(one.surface)
        others = taken.overlapping(start, end)
        if not one.chosen and others and all(s <= start and end <= e and e - s > end - start for s, e in others):
            continue
        if others:
            errors += [f"{one.line}: overlaps {text[s:e]}, …{text[max(0, s - 5) : e + 5]}…" for s, e in others]
            continue
        placed = True
        if one.kind == "P":
            taken.people.add((start, end))
        else:
            taken.organizations[start, end] = Organization(start, end, one.canonical, one.type)
    if not placed and not errors:
        errors.append(f"{one.line}: every occurrence lies in a longer mark; strike the line")
    return errors


def _roles(text: str, line: str, people: Sequence[Span]) -> list[tuple[int, int, int]]:
    person, bar, role = (part.strip() for part in line[2:].partition("|"))
    mentions = [(s, e) for s, e in people if text[s:e] == person]
    if not bar or not mentions:
        raise NoteError(f"{line}: write R name | title, the name marked by a line P")
    found = []
    for start, end in mentions:
        before = text[:start].rstrip(" \u3000")
        behind = end + len(text[end:]) - len(text[end:].lstrip(" \u3000"))
        if before.endswith(role):
            found.append((start, len(before) - len(role), len(before)))
        elif text.startswith(role, behind):
            found.append((start, behind, behind + len(role)))
    if found:
        return found
    for start, _ in mentions:
        sentence = max(text.rfind(stop, 0, start) for stop in "。！？\n") + 1
        at = text.rfind(role, sentence, start)
        if at >= 0:
            return [(start, at, at + len(role))]
    raise NoteError(f"{line}: {role} touches no {person}, and does not stand before it in its sentence")


def resolve_batch(batch: str, notes: str) -> list[Marks]:
    """The marks of each text of a batch, in its order; raises NoteError with everything that is wrong."""
    found = read_batch(batch)
    written: dict[str, list[str]] = {}
    errors = []
    for name, lines in _blocks(notes):
        if name in written or name not in found:
            errors.append(f"{name}: {'stands twice' if name in written else 'is not in this batch'}")
        written[name] = lines
    errors += [f"{name}: has no notes; write `none` where there is nothing" for name in found if name not in written]
    marks = []
    for name, text in found.items():
        try:
            if name in written:
                marks.append(resolve(name, text, written[name]))
        except NoteError as error:
            errors.append(str(error))
    if errors:
        raise NoteError("\n".join(errors))
    return marks


@click.command()
@click.argument("batch", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("notes", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write the offsets to this file.")
def main(batch: Path, notes: Path, target: Path | None) -> None:
    """Check NOTES on BATCH, and print the texts with the marks in them."""
    printed = batch.read_text(encoding="utf-8")
    try:
        marks = resolve_batch(printed, notes.read_text(encoding="utf-8"))
    except NoteError as error:
        raise click.ClickException(f"{notes}:\n{error}") from error
    found = read_batch(printed)
    for one in marks:
        click.echo(f"=== {one.id}\n{shown(found[one.id], one)}\n")
    if target:
        rows = "".join(json.dumps(one.row(), ensure_ascii=False) + "\n" for one in marks)
        target.write_text(rows, encoding="utf-8")


if __name__ == "__main__":
    main()

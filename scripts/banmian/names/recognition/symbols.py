"""What the tagger sees at each character of a text, as numbers: the channels that features are made of."""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from banmian import words
from banmian.words.surnames import surnames

from .. import lexicons, places
from ..offices import Role
from ..ordinary import breaks
from ..organizations.body import Organization
from ..organizations.heads import ends
from ..people import likelihood
from ..people.person import Person
from ..people.untitled import Candidate
from ..text import Text, is_han
from . import surroundings, uses

Numbers = npt.NDArray[np.uint64]

CHANNELS = (
    *("character", "class", "place_in_word", "word", "flag", "lists"),
    *("organization", "person", "candidate", "office", "office_holder", "head", "repeated", "again", "line"),
    *("use", "use_before", "use_behind", "within", "listed"),
)
_MARKS = "“”《》(),。、\n:· "
_LONGEST_WORD = 5
_LEADS = (-6.0, 16.0)
_LINE_BEGINNING = 12
_MOST_REPEATED = 4
_NO_USE = np.zeros(1, np.uint64)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A text, what the rules propose in it, what of it stands again in its article (repeats.py), and `within` what
    quotes or brackets (surroundings.py).
    """

    text: Text
    organizations: Sequence[Organization]
    people: Sequence[Person]
    roles: Sequence[Role]
    candidates: Sequence[Candidate]
    again: Numbers
    within: Numbers


def _number_of(*parts: str | int) -> int:
    """A number for a symbol, the same in every run."""
    return zlib.crc32(repr(parts).encode()) + 1


# Of words each is asked for once.
_number = cache(_number_of)
_NUMBERS = struct.Struct("4Q")


@cache
def _listed() -> Mapping[str, int]:
    """Word -> a number for the lists that hold it."""
    lists: dict[str, Iterable[str]] = {name: lexicons.words(name) for (name,) in lexicons.read("told_lists.txt")}
    lists |= {"surnames": surnames(), "places": places.printed_forms(), "breaks.txt": breaks()}
    numbers: dict[str, int] = {}
    for name, entries in lists.items():
        for word in entries:
            numbers[word] = numbers.get(word, 0) ^ _number("list", name)
    return numbers


def _class(character: str) -> int:
    """What kind of character it is: a digit, a letter, a mark, or of which use in names."""
    if character.isdigit():
        return 1
    if character.isascii() and character.isalpha():
        return 2
    if not is_han(character):
        return 3 + _MARKS.find(character) + 1
    surname = int(surnames().get(character, "0"))
    given = likelihood.given_rank(character)
    return 32 + surname + 4 * given + 16 * (character in lexicons.words("transliterations.txt"))


def _classes_of(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """The class of each character, of their code points."""
    known = _classes()
    found = known.take(codes)
    if not found.all():
        for code in set(codes[found == 0].tolist()):
            known[code] = _class(chr(code))
        found = known.take(codes)
    return found


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """Code point -> class of the character; 0 of those that stood in no text yet."""
    return np.zeros(sys.maxunicode + 1, np.uint8)


@cache
def _of_word(word: str) -> bytes:
    """The numbers of a word, as those of an array: of the word itself, of its part of speech with how usual it is, of
    the lists that hold it, of its use.
    """
    usual = len(str(words.frequency(word)))
    flag = _number("flag", words.flag(word), usual)
    return _NUMBERS.pack(_number_of("word", word), flag, 1 + _listed().get(word, 0), uses.of(word))


def channels(seen: Proposed) -> Numbers:
    """The numbers of each channel (a row in the order of CHANNELS), one a character of the text."""
    plain = seen.text.plain
    rows = np.zeros((len(CHANNELS), len(plain)), np.uint64)
    found = dict(zip(CHANNELS, rows, strict=True))
    codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), np.uint32)
    found["character"][:] = codes
    found["class"][:] = _classes_of(codes)
    found["again"][:] = seen.again
    _words(seen.text, found)
    for one in seen.organizations:
        _mark(found["organization"], one.start, one.end, one.rule)
    for person in seen.people:
        _mark(found["person"], person.start, person.end, person.rule)
    for candidate in seen.candidates:
        lead = int(min(max(candidate.lead, _LEADS[0]), _LEADS[1]) // 2)
        _mark(found["candidate"], candidate.start, candidate.end, candidate.kind, lead)
    for role in seen.roles:
        for office in role.offices:
            _mark(found["office"], office.start, office.end, "office")
            _mark(found["office"], office.title_start, office.end, "title")
            if office.organization is not None:
                holder = office.organization
                _mark(found["office_holder"], holder.start, holder.end, holder.rule)
    found["within"][:] = seen.within
    named = [(one.start, one.end, "organization") for one in seen.organizations]
    named += [(one.start, one.end, "person") for one in seen.people]
    found["listed"][:] = surroundings.listed(seen.text, named)
    _repeated(found["character"], found["repeated"])
    _lines(plain, found["line"])
    return rows


def _words(text: Text, found: Mapping[str, Numbers]) -> None:
    """The channels of the words: where in which word a character stands, what is said of it, heads that end it."""
    heads = lexicons.phrases("heads.tsv")
    of_words = np.frombuffer(b"".join(map(_of_word, text.forms)), np.uint64)
    word, flag, lists, use = of_words.reshape(-1, 4).T
    lengths = np.fromiter(map(len, text.forms), np.int64, len(text.forms))
    channels = {"word": word, "flag": flag, "lists": lists, "use": use}
    beside = np.concatenate((_NO_USE, use, _NO_USE))
    channels |= {"use_before": beside[:-2], "use_behind": beside[2:]}
    for name, values in channels.items():
        found[name][:] = values.repeat(lengths)
    for end in ends(text.plain):
        head = heads.start(text.plain, end) if end in text.ends else end
        if head < end:
            kind = lexicons.table("heads.tsv")[text.plain[head:end]][:2]
            found["head"][head : end - 1] = _number("head", *kind)
            found["head"][end - 1] = _number("end of head", *kind)
    # Where in a word of that length a character stands.
    left = lengths.cumsum().repeat(lengths) - np.arange(len(text.plain))
    sizes = lengths.repeat(lengths)
    found["place_in_word"][:] = np.minimum(sizes, _LONGEST_WORD) * 8 + np.minimum(sizes - left, 3) + 4 * (left == 1)


def _mark(channel: Numbers, start: int, end: int, *what: str | int) -> None:
    """Mark text[start:end] as one thing, with a beginning, an inside and an end."""
    begin, inside, last, single = _parts(*what)
    channel[start:end] = inside
    channel[end - 1] = last
    channel[start] = begin if end - start > 1 else single


@cache
def _parts(*what: str | int) -> Sequence[int]:
    return [_number_of(part, *what) for part in ("begin", "inside", "end", "single")]


def _repeated(characters: Numbers, channel: Numbers) -> None:
    """How often each pair of characters stands in the text."""
    pairs = characters[:-1] << np.uint64(32) | characters[1:]
    order = pairs.argsort()
    ordered = pairs[order]
    edges = np.concatenate(([True], ordered[1:] != ordered[:-1], [True])).nonzero()[0]
    counts = edges[1:] - edges[:-1]
    channel[order] = np.minimum(counts, _MOST_REPEATED).repeat(counts)


def _lines(plain: str, channel: Numbers) -> None:
    """Whether a character stands in the first line, one of the next, or later, and whether where a line begins."""
    at = 0
    for number, line in enumerate(plain.split("\n")):
        kind = (0 if number == 0 else 1 if number < 3 else 2) * 2
        channel[at : at + len(line) + 1] = 1 + kind
        channel[at : at + min(len(line), _LINE_BEGINNING)] = 2 + kind
        at += len(line) + 1

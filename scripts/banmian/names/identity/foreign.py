"""Which names of foreigners mean one person: a whole name and its last part, or two spellings, in one office."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .. import lexicons, offices
from ..text import is_han
from .alike import masked
from .candidates import Claim, conflict, is_famous, same_land

_DOT = "·"
_HYPHEN = "-"
_LATIN_PART = re.compile("(?:Ma?c)?[A-Z][^A-Z]*")
_SHORTEST = 3
# Of the articles that say what someone is, so many must say the same.
_MOST = 2 / 3
# Those of one body of these kinds are many who share a surname.
_OF_MANY = frozenset(("legislature", "party", "association", "committee", "military"))


@dataclass(frozen=True, slots=True)
class Known:
    """What a whole archive says of a name.

    `said` is what each article that claims anything claims; `articles` counts all that have the name; `several` says
    that the claims hardly belong to one person.
    """

    said: tuple[tuple[Claim, ...], ...]
    articles: int
    several: bool = False

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, each once."""
        return tuple(dict.fromkeys(claim for claims in self.said for claim in claims))


def families(names: Collection[str]) -> dict[str, list[str]]:
    """The last part that names have -> those names, and itself where it stands as one; only where there are several."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        parts = parts_of(name)
        if len(parts) > 1 and len(parts[-1]) > 1:
            found.setdefault(parts[-1], []).append(name)
    whole = set(names)
    found = {last: [*same, last] if last in whole else same for last, same in found.items()}
    return {last: same for last, same in found.items() if len(same) > 1}


def one_family(
    last: str, names: Collection[str], known: Mapping[str, Known], together: Collection[str]
) -> dict[str, str]:
    """Each of the `names` of a family that another one is kept for -> that one.

    Whole names are one where they hold one office and differ in a character or a part left out. The last part alone is
    the only one of them that holds its office, or the only one at all if some article names it so too (it is one of
    those `together`) and nothing speaks against it.
    """
    groups: list[list[str]] = []
    for name in sorted(name for name in names if name != last):
        same = next((group for group in groups if any(_one_spelled(name, other, known) for other in group)), None)
        groups.append([name]) if same is None else same.append(name)
    meant = _meant(last, groups, known, together) if last in names else None
    found: dict[str, str] = {}
    for group in groups:
        chosen = max(group, key=lambda name: (known[name].articles, len(name), name))
        kept = last if group is meant and is_famous(last) else chosen
        found.update((name, kept) for name in (*group, *((last,) if group is meant else ())) if name != kept)
    return found


def _meant(
    last: str, groups: Sequence[list[str]], known: Mapping[str, Known], together: Collection[str]
) -> list[str] | None:
    """Those of the `groups` of whole names whose last part alone is `last`; None where that is not sure."""
    if known[last].several:
        return None
    fitting = [group for group in groups if not any(speaks_against(known[last], known[name]) for name in group)]
    held = [group for group in fitting if _mostly_held(known[last], [known[name] for name in group])]
    if len(held) == 1:
        return held[0]
    if len(groups) != 1 or groups != fitting or set(together).isdisjoint(groups[0]):
        return None
    return groups[0] if any(_alike(known[last].claims, known[name].claims) for name in groups[0]) else None


def alike(of_office: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """Pairs of foreigners' names without dots that differ by one character, of the holders of each office in turn."""
    letters = lexicons.words("transliterations.txt")
    pairs: set[tuple[str, str]] = set()
    for names in of_office:
        forms: dict[str, list[str]] = {}
        for name in names:
            if len(name) >= _SHORTEST and letters.issuperset(name):
                for form in masked(name):
                    forms.setdefault(form, []).append(name)
        pairs.update(pair for same in forms.values() for pair in combinations(sorted(same), 2))
    return sorted(pairs)


def spellings(known: Mapping[str, Known], pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(rarer, commoner) of the `pairs` of names that are spellings of one: they share an office of a body or country.

    Where one of the two may be several people nothing is sure.
    """
    for pair in pairs:
        one, other = (known[name] for name in pair)
        if _titled(one.claims, other.claims) and not (one.several or other.several or speaks_against(one, other)):
            rarer, commoner = sorted(pair, key=lambda name: (known[name].articles, name))
            yield rarer, commoner


def maybe_one(known: Mapping[str, Known], names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """(last part, whole name) of those in the families `names` that may be one person's.

    Nobody else bears it, nothing speaks against it, and it is long and rare or both hold an office of one name.
    """
    for last, family in names.items():
        if last in family and len(family) == 2:
            (whole,) = (name for name in family if name != last)
            one, other = known[last], known[whole]
            likely = len(last) >= _SHORTEST or bool(_titles(one) & _titles(other))
            if likely and not one.several and not speaks_against(one, other):
                yield last, whole


def _titles(known: Known) -> set[str]:
    return {claim.title for claim in known.claims if claim.title is not None}


def fuller(name: str, other: str) -> tuple[str, str]:
    """The two names, a whole one before a last part, otherwise as they stand."""
    return (other, name) if len(parts_of(other)) > len(parts_of(name)) == 1 else (name, other)


def parts_of(name: str) -> list[str]:
    """The parts of a foreigner's name, divided by dots; without any by a hyphen between characters, or by capitals.

    Keys have no spaces: EliasHaddad, CalvinMcDonald.
    """
    if name.isascii():
        return _LATIN_PART.findall(name) or [name]
    if _DOT not in name and all(is_han(character) or character == _HYPHEN for character in name):
        return name.split(_HYPHEN)
    return name.split(_DOT)


def _one_spelled(one: str, other: str, known: Mapping[str, Known]) -> bool:
    """Whether two whole names with one last part are the same one."""
    short, long = sorted((parts_of(one), parts_of(other)), key=len)
    if short == long:
        return True
    rest = iter(long)
    shorter = len(short) < len(long) and all(part in rest for part in short)
    differ = sum(left != right for left, right in zip(one, other, strict=False))
    misspelled = len(one) == len(other) and differ == 1
    # 谢·别尔德穆哈梅多夫, 卡琳 and 卡里娜·让-皮埃尔.
    misspelled |= short[1:] == long[1:] and short[0][0] == long[0][0]
    held = _one_office(known[one].claims, known[other].claims)
    return (shorter or misspelled) and held and not speaks_against(known[one], known[other])


def speaks_against(one: Known, other: Known) -> bool:
    """Whether what is claimed of the two hardly belongs to one person."""
    return bool(one.claims and other.claims) and conflict(one.claims, other.claims) is not None


def _mostly_held(last: Known, whole: Sequence[Known]) -> bool:
    """Whether most articles that say what the last part of a name is say what one of the whole names is said to be."""
    theirs = [claim for known in whole for claim in known.claims]
    held = sum(_one_office(claims, theirs) or _alike(claims, theirs) for claims in last.said)
    return held >= _MOST * len(last.said) and _one_office(last.claims, theirs)


def _one_office(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Whether both are of one body whose officers are few, or hold an office of one name in one country or body."""
    return any(
        (mine.organization is not None and mine.organization == yours.organization)
        and mine.type not in _OF_MANY
        and not _is_implied(mine)
        for mine in one
        for yours in other
        if not _of_many(mine) and not _of_many(yours)
    ) or _titled(one, other)


def _titled(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Whether both hold an office of one name in one body or country, and not one that many hold."""
    return any(
        mine.title == yours.title
        and not _of_many(mine)
        and (
            (mine.organization is not None and mine.organization == yours.organization and not _is_implied(mine))
            or (
                mine.land is not None
                and yours.land is not None
                and same_land(mine.land, yours.land)
                and _may_be_one_body(mine, yours)
            )
        )
        for mine in one
        for yours in other
    )


def _alike(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Whether both are said to hold an office of one name, not of different bodies, or one of the same country."""
    return any(
        (mine.land is not None and mine.land == yours.land and None in (mine.organization, yours.organization))
        or (mine.title is not None and mine.title == yours.title and _may_be_one_body(mine, yours))
        for mine in one
        for yours in other
    )


def _may_be_one_body(one: Claim, other: Claim) -> bool:
    """Whether one of the bodies is not told, or is named by a part of the other's name (财政部, 美国财政部)."""
    short, long = sorted((one.organization or "", other.organization or ""), key=len)
    return short in long


def _of_many(claim: Claim) -> bool:
    return claim.title is None or claim.title.endswith(lexicons.group("held_by_many"))


def _is_implied(claim: Claim) -> bool:
    """Whether the office alone tells the body: 总理 is one of the State Council, which a foreigner's is not."""
    return bool(claim.title) and offices.implied(claim.title or "") == claim.organization

"""What may be two people under one name, or one entity under two: questions for an editor, never acted upon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from banmian.records import Remark

from .. import divisions, lexicons, offices, places
from ..organizations import abroad, heads, public, renown, short_forms

# Bodies of these kinds rarely share an officer; party, people's congress, committees and societies often do.
RARELY_SHARED = (
    frozenset(("government", "judiciary")),
    frozenset(("company",)),
    frozenset(("media",)),
    frozenset(("military",)),
)
_PRESS = "press"
_OFFICE = "office"
# Bodies whose head does that all day, and those whose officers are no reporters.
_PUBLIC = frozenset(("party", "government", "legislature", "judiciary", "military"))
_OF_THE_STATE = frozenset(("government", "legislature", "judiciary"))
_NOT_OF_REPORTERS = _PUBLIC | {"company", "health"}
# Callings that an edition names without their body where that is its own city's.
_LOCAL = (_PRESS, "office", "police")
_LONGEST_PREFIX = 2
_SHORTEST_COMPANY = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """What one article says someone is; `title` is None for a reporter, `organization` where no body is known.

    `city` is that of the edition: what an office without a body, or a byline, most likely belongs to. `land` is the
    country that the office as printed or its public body begins with, if it does.
    """

    title: str | None
    organization: str | None
    type: str | None
    city: str | None = None
    land: str | None = None

    def remark(self) -> Remark:
        """What is claimed, to be said to an editor."""
        if self.title is None:
            return Remark("claims_byline")
        if self.organization is None:
            return Remark("claims_office", {"title": (self.land or "") + self.title})
        return Remark("claims_office_of", {"title": self.title, "organization": self.organization})


def conflict(one: Sequence[Claim], other: Sequence[Claim], famous: bool = False) -> Remark | None:
    """Why the claims hardly belong to one person; None where they may. `famous` people hold many offices."""
    lands = {claim.land for claim in one if claim.land}, {claim.land for claim in other if claim.land}
    if lands[0] and lands[1] and not any(same_land(land, away) for land in lands[0] for away in lands[1]):
        return _unlike("different_countries", *lands)
    if _lead_and_speak(one, other) or _lead_and_speak(other, one):
        return Remark("leader_and_ambassador")
    organizations, others = _organizations(one), _organizations(other)
    if organizations & others:
        return None
    homes = _homes(one, famous), _homes(other, famous)
    if homes[0] and homes[1] and not any(_near(home, away) for home in homes[0] for away in homes[1]):
        return _unlike("different_places", *homes)
    if {claim.title for claim in one} & {claim.title for claim in other} and not (organizations and others):
        return None
    callings = {_calling(claim) for claim in one} - {""}, {_calling(claim) for claim in other} - {""}
    if callings[0] and callings[1] and callings[0].isdisjoint(callings[1]):
        return _unlike("different_callings", *callings)
    for these, those, by in ((callings[0], other, callings[1]), (callings[1], one, callings[0])):
        if these == {_PRESS} and not by and (kept := {c.type for c in those if c.type in _NOT_OF_REPORTERS}):
            return Remark("reporter_and_officer", {"others": sorted(filter(None, kept))})
    kinds = _types(one), _types(other)
    if (
        not famous
        and kinds[0]
        and kinds[1]
        and any(
            kinds[0] <= group and kinds[1] <= rival
            for group in RARELY_SHARED
            for rival in RARELY_SHARED
            if group is not rival
        )
    ):
        return _unlike("different_types", *kinds)
    if not famous and kinds[0] == kinds[1] == {"company"} and not _inside(organizations, others):
        return _unlike("different_companies", organizations, others)
    return None


def conflict_at_once(one: Sequence[Claim], other: Sequence[Claim]) -> Remark | None:
    """Why the claims hardly belong to one person at one time; None where they may.

    One leads the nation, the other a region, or one is the president and the other the premier of a country.
    """
    for these, those in ((one, other), (other, one)):
        if _leads_only(these, "presidents", "premiers") and _leads_only(those, "premiers", "presidents"):
            return Remark("president_and_premier_at_once")
        regional = [claim for claim in those if claim.title and _leads_region(claim)]
        if regional and any(claim.title and _leads_nation(claim) for claim in these):
            return Remark("region_and_nation_at_once", {"office": regional[0].remark()})
    return None


def _leads_only(claims: Sequence[Claim], office: str, other: str) -> bool:
    titles = {claim.title for claim in claims}
    return not titles.isdisjoint(lexicons.group(office)) and titles.isdisjoint(lexicons.group(other))


def _leads_nation(claim: Claim) -> bool:
    title = claim.title or ""
    if claim.organization in renown.of_the_nation():
        return claim.type in _OF_THE_STATE and title.endswith(lexicons.group("heads_of_nation"))
    return title in lexicons.group("heads_of_state")


def _leads_region(claim: Claim) -> bool:
    title = claim.title or ""
    is_public = claim.type in _PUBLIC and title.endswith(lexicons.group("committee_members"))
    return title.endswith(lexicons.group("of_regions")) or (is_public and bool(_home(claim.organization or "")))


def leads_province(claims: Sequence[Claim]) -> bool:
    """Whether all bodies of a place that are claimed are the government, party committee or the like of a province."""
    bodies = {claim.organization or "": _home(claim.organization or "") for claim in claims}
    at_home = {body: home for body, home in bodies.items() if home}
    return bool(at_home) and all(_is_of_province(body, home) for body, home in at_home.items())


def _is_of_province(body: str, home: str) -> bool:
    (full,) = lexicons.group("party_full")
    form = body.replace(home, "{}", 1).removesuffix(full)
    return not divisions.regions()[home] and form in lexicons.group("of_governments")


def _lead_and_speak(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Whether one leads a state, of which the other is ambassador."""
    leads = any(claim.title in lexicons.group("heads_of_state") for claim in one)
    return leads and any((claim.title or "").endswith(lexicons.group("ambassadors")) for claim in other)


def land(role: str | None, organization: str | None = None, type_: str | None = None) -> str | None:
    """The country that an office begins with as printed, perhaps after 前 or 原 (阿联酋 in 阿联酋总统, 以 in 以总理).

    Otherwise that with which the name of its body begins, if that is a public one of another country.
    """
    countries, text = places.countries(), role or ""
    begins = next((len(mark) for mark in lexicons.group("former") if text.startswith(mark)), 0)
    letter = text[begins : begins + 1]
    # Before the country in full: 俄|国防部长 is no 俄国.
    if letter in abroad.shorts() and lexicons.phrases("titles.tsv").end(text, begins + 1) == len(text):
        return abroad.shorts()[letter]
    named = (organization or "")[: countries.end(organization or "", 0)] if type_ in _PUBLIC else ""
    # Nor is 俄|国家杜马主席, of the body that is 俄罗斯国家杜马.
    found = named if abroad.shorts().get(letter) == named else text[begins : countries.end(text, begins)]
    return found or (named if named not in lexicons.group("home") else "") or None


def same_land(one: str, other: str) -> bool:
    """Whether both may name one country: 印尼 is made of characters of 印度尼西亚 in their order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def _organizations(claims: Sequence[Claim]) -> set[str]:
    return {claim.organization for claim in claims if claim.organization}


def _types(claims: Sequence[Claim]) -> set[str]:
    """The types of the bodies; of a 州长 whose body is not known that of a government."""
    governors = any(not claim.organization and _is_governor(claim.title or "") for claim in claims)
    return {claim.type for claim in claims if claim.type and _is_told(claim)} | ({"government"} if governors else set())


def _is_told(claim: Claim) -> bool:
    """Whether the type of the body is known: one whose name says nothing is taken for a company, which has no 司令."""
    of_state = (claim.title or "").endswith(lexicons.group("offices_of_states"))
    named = heads.type_of(claim.organization or "", "") == heads.UNKNOWN_TYPE
    return claim.type != heads.UNKNOWN_TYPE or named or not of_state


def _is_governor(title: str) -> bool:
    return "{}" in offices.implied(title) and title.endswith(lexicons.group("of_regions"))


def _unlike(kind: str, these: set[str], others: set[str]) -> Remark:
    return Remark(kind, {"these": sorted(these), "others": sorted(others)})


def _inside(organizations: set[str], others: set[str]) -> bool:
    """Whether one name, without its place, stands in another, whole or shortened: a company and its branch."""
    pairs = [pair for one in organizations for other in others for pair in ((one, other), (other, one))]
    return any(_core(short) in long or short_forms.is_shortened(short, long) for short, long in pairs)


def _core(company: str) -> str:
    """The company's name without its place and its form; the whole where too little is left."""
    name = company[places.place_in(company)[1] :]
    core = next((name.removesuffix(form) for form in lexicons.group("company_forms") if name.endswith(form)), name)
    return core if len(core) >= _SHORTEST_COMPANY else company


def _calling(claim: Claim) -> str:
    """The calling that the title says; '' for one that people of any calling bear (总书记 is no 书记)."""
    if claim.title is None:
        return _PRESS
    start = lexicons.phrases("titles.tsv").start(claim.title, len(claim.title))
    title = offices.title(claim.title[start:])
    heads_public = claim.type in _PUBLIC and title.is_("carried")
    return title.calling or (_OFFICE if heads_public else "")


def _homes(claims: Sequence[Claim], famous: bool) -> set[str]:
    """The provinces and cities of the bodies; of an office without one and of a byline the city of the edition."""
    homes = {_home(claim.organization) for claim in claims if claim.organization}
    local = [claim for claim in claims if not claim.organization and _calling(claim) in _LOCAL and not famous]
    return (homes | {_home(claim.city or "") for claim in local}) - {""}


@cache
def _home(organization: str) -> str:
    """The province or city that an organization's name begins with, perhaps after 中共, or that of its county.

    '' where it tells none.
    """
    for start in range(_LONGEST_PREFIX + 1):
        if places.end(organization, start) > start:
            end = places.names().end(organization, start)
            full = places.full_name(organization[start:end], None) or ""
            further = places.names().end(organization, end)
            city = places.full_name(organization[end:further], None) if further > end else None
            county = next((one.parent for one in divisions.named().get(full, ()) if one.level == "county"), "")
            return next((place for place in (city, full, county) if place in divisions.regions()), "") or ""
    return ""


def _near(home: str, away: str) -> bool:
    """Whether they are one place, or one lies in the other."""
    regions = divisions.regions()
    return home == away or away == regions[home] or home == regions[away]


def unplaced(organization: str) -> dict[str, str]:
    """City -> the full name that the body would have as one of its district, where several have one of that name.

    Empty where it is known which one is meant.
    """
    names: dict[str, str] = {}
    for one in places.whose(organization):
        found = public.read(organization, 0, frozenset((0,)))
        whole = found is not None and found.end == len(organization)
        names[one.parent] = found.name(organization, one.parent) if found and whole else one.parent + organization
    return names


def is_famous(name: str) -> bool:
    """Whether the name is one of a person so well known that many offices go with it."""
    return name in lexicons.words("famous_people.txt")

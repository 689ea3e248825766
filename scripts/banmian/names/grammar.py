"""The grammar of public bodies: a place or a level, a body, and bodies inside it (浙江省公安厅交警总队)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from banmian import words

from . import lexicons, places
from .text import is_han

_LONGEST_CONTENT = 26


@dataclass(frozen=True, slots=True)
class Body:
    """A body that the grammar read at text[start:end].

    `template` is its full name with {} for the place; `place` the printed place or level that {} stands for ('' for
    none); `inner` the form that the template takes before a body inside it; `rule` the rule that read it.
    """

    start: int
    end: int
    rule: str
    type: str
    template: str
    place: str
    inner: str

    def name(self, surface: str, city: str | None) -> str:
        """The full name; the surface itself where the place can't be known."""
        if "{}" not in self.template:
            return self.template
        place = places.full_name(self.place, city)
        return surface if place is None else self.template.replace("{}", place)


@cache
def _starts() -> frozenset[str]:
    first = {key[0] for name in ("national.tsv", "prefixed.tsv", "guards.txt") for key in lexicons.table(name)}
    return (
        frozenset(first) | places.names().starts() | places.countries().starts() | frozenset("市省区县州旗镇乡自全团本")
    )


@cache
def _prefixed() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """What stands before the place -> what stands after it -> (full form, type)."""
    bodies: dict[str, dict[str, tuple[str, str]]] = {}
    for key, (template, kind) in lexicons.table("prefixed.tsv").items():
        before, after = key.split("~")
        bodies.setdefault(before, {})[after] = (template, kind)
    return bodies


@cache
def _prefixes() -> lexicons.Phrases:
    return lexicons.Phrases(_prefixed())


@cache
def _departments() -> lexicons.Phrases:
    """Every short or long form of a department: 经信委, 规划和自然资源局 ..."""
    return lexicons.Phrases(
        stem + head
        for stem in lexicons.words("stems.tsv")
        for head in lexicons.words("stem_heads.tsv")
        # 计, 商 and their like stand only before a short head (商委), 教育 before any.
        if len(stem) > 1 or len(head) == 1
    )


def read(text: str, start: int, begins: frozenset[int]) -> Body | None:
    """The longest body that starts at `start`; `begins` are the offsets where the dictionary sees a word begin."""
    if text[start] not in _starts():
        return None
    guarded = lexicons.phrases("guards.txt").end(text, start)
    readings = [
        body
        for body in (
            _with_prefix(text, start),
            _national(text, start),
            _at_place(text, start),
            _at_level(text, start, begins),
            _of_country(text, start),
        )
        if body is not None and body.end > guarded
    ]
    if not readings:
        return None
    return max(readings, key=lambda body: body.end)


def guard(text: str, start: int) -> int:
    """Where the word ends that starts at `start` and only holds the name of a body; `start` where there is none."""
    return lexicons.phrases("guards.txt").end(text, start)


def _national(text: str, start: int) -> Body | None:
    end = lexicons.phrases("national.tsv").end(text, start)
    if end == start:
        return None
    full, kind, *inner = lexicons.table("national.tsv")[text[start:end]]
    body = Body(start, end, "national", kind, full, "", inner[0] if inner and inner[0] else full)
    return _inside(text, body)


def _with_prefix(text: str, start: int) -> Body | None:
    for prefix_end in _prefixes().ends(text, start):
        place_end = places.end(text, prefix_end)
        if place_end == prefix_end and text[prefix_end : prefix_end + 1] in places.LEVELS:
            place_end += 1
        if place_end == prefix_end:
            continue
        place = text[prefix_end:place_end]
        for after, (template, kind) in _prefixed()[text[start:prefix_end]].items():
            if text.startswith(after, place_end):
                inner = template.removesuffix("员会") if template.startswith("中共") else template
                end = place_end + len(after)
                longer = [o for o in _prefixed()[text[start:prefix_end]] if o.startswith(after) and o != after]
                if any(text.startswith(other, place_end) for other in longer):
                    continue
                return _inside(text, Body(start, end, "prefixed", kind, template, place, inner))
    return None


def _at_place(text: str, start: int) -> Body | None:
    place_end = places.end(text, start)
    if place_end == start:
        return None
    # 杭州市委 is 杭州市 + 委, but 上海市区 is no district: the longest reading of the place counts.
    readings = [_after_place(text, start, place_end)]
    if text[place_end - 1] in places.LEVELS and place_end - start > 2:
        readings.append(_after_place(text, start, place_end - 1))
    elif text[place_end : place_end + 1] in places.LEVELS:
        readings.append(_after_place(text, start, place_end + 1))
    found = [body for body in readings if body is not None]
    return max(found, key=lambda body: body.end) if found else None


def _at_level(text: str, start: int, begins: frozenset[int]) -> Body | None:
    level = next((level for level in ("自治区", "全国") if text.startswith(level, start)), text[start])
    if level not in ("自治区", "全国") and level not in places.LEVELS:
        return None
    before = text[start - 1] if start else "\n"
    if before in lexicons.words("anaphoric_heads.txt") or before in "城都股超门夜菜集上书":
        return None
    if is_han(before) and start not in begins and not _stands_free(text, start):
        return None
    return _after_place(text, start, start + len(level))


def _stands_free(text: str, start: int) -> bool:
    """Whether the level starts a body although the dictionary glues it to what precedes (昨日市委)."""
    return text.startswith(("市委", "省委", "区委", "县委", "市政府", "省政府"), start)


def _of_country(text: str, start: int) -> Body | None:
    country_end = places.countries().end(text, start)
    if country_end == start:
        return None
    end = lexicons.phrases("country_bodies.tsv").end(text, country_end)
    if end == country_end:
        return _generic(text, start, country_end)
    suffix, kind = lexicons.table("country_bodies.tsv")[text[country_end:end]]
    full = text[start:country_end] + suffix
    return Body(start, end, "country", kind, full, "", full)


def _after_place(text: str, start: int, place_end: int) -> Body | None:
    place = text[start:place_end]
    known = [
        body for body in (_bound(text, start, place_end, place), _department(text, start, place_end, place)) if body
    ]
    generic = _generic(text, start, place_end)
    if known:
        best = _inside(text, max(known, key=lambda body: body.end))
        # 市教育局 is known, 市教育科学研究院 only generic; the longer one counts.
        return generic if generic is not None and generic.end > best.end else best
    return generic


def _bound(text: str, start: int, place_end: int, place: str) -> Body | None:
    for end in lexicons.phrases("bodies.tsv").ends(text, place_end):
        printed = text[place_end:end]
        template, kind, *inner = lexicons.table("bodies.tsv")[printed]
        if printed in _NEED_LEVEL and place[-1] not in places.LEVELS:
            continue
        if printed == "团" and (place in places.LEVELS or not _is_delegation(text, end)):
            continue
        if printed in ("总队", "海关", "工会", "管委会", "管理委员会") and len(place) == 1:
            continue
        template = template if kind != "legislature" or not printed.endswith("团") else place + "代表团"
        return Body(start, end, "bound", kind, template, place, inner[0] if inner and inner[0] else template)
    return None


_NEED_LEVEL = frozenset(("委", "委员会", "委办", "府办"))


def _is_delegation(text: str, end: int) -> bool:
    """Whether 上海团 means the delegation: in 上海团代表, 上海团审议, not in 上海团队 or 上海团委."""
    return text.startswith(("代表", "全体", "审议", "举行", "驻地", "召开", "开放", "组"), end)


def _department(text: str, start: int, place_end: int, place: str) -> Body | None:
    end = _departments().end(text, place_end)
    if end == place_end:
        return None
    printed = text[place_end:end]
    heads = lexicons.table("stem_heads.tsv")
    head = next(
        printed[-n:] for n in (3, 2, 1) if printed[-n:] in heads and printed[:-n] in lexicons.words("stems.tsv")
    )
    full_head, kind = heads[head]
    (stem,) = lexicons.table("stems.tsv")[printed[: -len(head)]]
    template = "{}" + stem + full_head
    return Body(start, end, "department", kind, template, place, template)


def _inside(text: str, body: Body) -> Body:
    """`body`, or the body inside it whose name follows (市委 -> 市委组织部 -> 市委组织部办公室)."""
    end = lexicons.phrases("suborgans.tsv").end(text, body.end)
    while end > body.end:
        full, kind, parents = lexicons.table("suborgans.tsv")[text[body.end : end]]
        if parents and body.type not in parents.split(" "):
            return body
        template = body.inner + full
        body = Body(body.start, end, body.rule, body.type if kind == "-" else kind, template, body.place, template)
        end = lexicons.phrases("suborgans.tsv").end(text, body.end)
    return _department_inside(text, body)


def _department_inside(text: str, body: Body) -> Body:
    """A unit of a body with a name of its own: 市公安局网络安全保卫支队, 市卫健委疾控处."""
    generic = _head_end(text, body.end, 12)
    if generic is None or generic[1] not in _UNITS:
        return body
    end, _, kind = generic
    template = body.inner + text[body.end : end]
    return Body(
        body.start,
        end,
        body.rule,
        kind if kind in ("health", "research") else body.type,
        template,
        body.place,
        template,
    )


_UNITS = frozenset(
    (
        "总队",
        "支队",
        "大队",
        "中队",
        "分局",
        "派出所",
        "处",
        "办公室",
        "研究室",
        "看守所",
        "监狱",
        "中心",
        "研究院",
        "研究所",
    )
)


def _generic(text: str, start: int, place_end: int) -> Body | None:
    found = _head_end(text, place_end, _LONGEST_CONTENT)
    if found is None:
        return None
    end, head, kind = found
    place = text[start:place_end]
    need = lexicons.table("heads.tsv")[head][1]
    content = text[place_end : end - len(head)]
    if text[start:end].endswith(_not_organizations()):
        return None
    if place == "全国" and kind not in ("committee", "association"):
        return None
    if not content and (need != "name" or (len(place) == 1 and kind not in ("health", "research", "government"))):
        return None
    if need == "oov" and not unknown(content):
        return None
    template = "{}" + text[place_end:end] if len(place) == 1 or place == "自治区" else text[start:end]
    return Body(start, end, "place_and_head", kind, template, place, template)


@cache
def _not_organizations() -> tuple[str, ...]:
    return tuple(sorted(lexicons.words("not_organizations.txt")))


def _head_end(text: str, start: int, longest: int) -> tuple[int, str, str] | None:
    """(end, head, type) of the farthest head after words from `start` that may stand inside a name."""
    end = start
    while end < len(text) and end - start < longest and (is_han(text[end]) or text[end].isalnum()):
        end += 1
    heads = lexicons.phrases("heads.tsv")
    breaks = lexicons.words("breaks.txt")
    found = None
    at = start
    for word in words.cut(text[start:end]):
        if word in breaks or (word in places.LEVELS and at > start):
            break
        at += len(word)
        head_start = heads.start(text, at)
        if head_start >= start and head_start < at and _fits(text[head_start:at], word):
            found = (at, text[head_start:at], lexicons.table("heads.tsv")[text[head_start:at]][0])
    return found


def _fits(head: str, word: str) -> bool:
    """Whether the head is no accident of a word: 结局 does not end in the head 局, 教育局 does."""
    return len(head) > 1 or word == head or len(word) > 2


def unknown(content: str) -> bool:
    """Whether the content holds a name: Latin letters, or two characters together that no dictionary word covers."""
    run = 0
    for word in words.cut(content):
        if word.isascii():
            return True
        run = run + 1 if len(word) == 1 else 0
        if run >= 2 or (len(word) > 1 and words.frequency(word) < 20):
            return True
    return False

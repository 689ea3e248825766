"""Where organizations are named in one text: by the grammar of public bodies, by head words, by renown, in lists."""

from __future__ import annotations

from collections.abc import Sequence

from banmian import words

from . import grammar, lexicons, places
from .grammar import Body
from .text import Text, is_han


def find(text: Text) -> list[Body]:
    """All organizations of `text` that it names by itself, in order, none inside another."""
    found = _public(text) + _by_head(text) + _renowned(text)
    found = longest(found)
    found = longest(found + _listed(text, found))
    return longest(found + _elliptic(text, found))


def longest(bodies: Sequence[Body]) -> list[Body]:
    """The bodies in order without those that overlap a longer one (of equals, the first given stays)."""
    kept: list[Body] = []
    taken: set[int] = set()
    for body in sorted(bodies, key=lambda body: body.start - body.end):
        if body.start not in taken and body.end - 1 not in taken:
            taken.update(range(body.start, body.end))
            kept.append(body)
    return sorted(kept, key=lambda body: body.start)


def _public(text: Text) -> list[Body]:
    found = []
    at = 0
    while at < len(text.plain):
        body = grammar.read(text.plain, at, text.begins)
        if body is not None and not _is_part(text, body):
            found.append(body)
            at = body.end
        else:
            at = max(at + 1, grammar.guard(text.plain, at))
    return found


def _is_part(text: Text, body: Body) -> bool:
    """Whether the body is only a piece of a longer word (发改委 in 省发改委员, 中央 in 集中央企)."""
    before = text.plain[body.start - 1 : body.start]
    if body.rule == "national" and before and is_han(before):
        inside = body.start not in text.begins and body.end - body.start < 4
        return inside or before in lexicons.words("anaphoric_heads.txt")
    return False


def _by_head(text: Text) -> list[Body]:
    """Names that end in a head word and hold a place or something unknown: 商汤科技, 复旦大学附属中山医院."""
    found = []
    heads = lexicons.phrases("heads.tsv")
    for index, (_, end) in enumerate(text.words):
        head_start = heads.start(text.plain, end)
        if head_start == end or end - head_start < 2:
            continue
        start = _name_start(text, index, head_start)
        if start is not None:
            head = text.plain[head_start:end]
            kind = lexicons.table("heads.tsv")[head][0]
            surface = text.plain[start:end]
            found.append(Body(start, end, "head", kind, surface, "", surface))
    return found


def _name_start(text: Text, index: int, head_start: int) -> int | None:
    """Where the name begins that ends with word `index`; None if nothing before the head makes it a name.

    Walks left over words that may stand in a name, and stops at the leftmost one that is unknown or a place.
    """
    breaks, generic = lexicons.words("breaks.txt"), lexicons.words("generic_words.txt")
    head = text.plain[head_start : text.words[index][1]]
    need = lexicons.table("heads.tsv")[head][1]
    if need == "place" or text.plain[: text.words[index][1]].endswith(tuple(lexicons.words("not_organizations.txt"))):
        return None
    start = None
    singles = 0
    first, last = text.words[index]
    if first < head_start and text.plain[first:head_start] not in generic and _is_institution(text.plain[first:last]):
        start = first
    at = index - 1
    while at >= 0 and index - at <= 9:
        begin, end = text.words[at]
        word = text.plain[begin:end]
        if word in breaks or not (is_han(word[0]) or word.isalnum()) or word[0].isdigit():
            break
        if places.end(text.plain, begin) == end or places.countries().end(text.plain, begin) == end:
            if need != "oov" or start is not None:
                start = begin
            singles = 0
        elif len(word) == 1:
            singles += 1
            if singles >= 2:
                start = begin
        else:
            singles = 0
            if word.isascii() or (need != "oov" and words.frequency(word) < 20 and word not in generic):
                start = begin
        at -= 1
    return start


def _is_institution(word: str) -> bool:
    """Whether a word of the dictionary names one institution (复旦大学), not a kind (理工大学)."""
    generic = lexicons.words("generic_words.txt")
    heads = lexicons.phrases("heads.tsv")
    stem = word[: heads.start(word, len(word))]
    common = generic | lexicons.words("breaks.txt")
    return len(stem) >= 2 and stem not in common and all(part not in common for part in words.cut(stem))


def _renowned(text: Text) -> list[Body]:
    found = []
    known = lexicons.phrases("known_organizations.tsv")
    for begin, _ in text.words:
        end = known.end(text.plain, begin)
        if end > begin and end in text.ends and grammar.guard(text.plain, begin) <= end:
            full, kind = lexicons.table("known_organizations.tsv")[text.plain[begin:end]]
            found.append(Body(begin, end, "renown", kind, full, "", full))
    return found


def _listed(text: Text, found: Sequence[Body]) -> list[Body]:
    """The items of lists that 等 and a word for bodies close: A、B、C等企业负责人."""
    listed: list[Body] = []
    taken = {body.end: body for body in found}
    at = text.plain.find("等")
    while at >= 0:
        closer = _closer(text.plain, at + 1)
        if closer is not None:
            listed += _items(text, at, closer, taken)
        at = text.plain.find("等", at + 1)
    return listed


def _closer(text: str, at: int) -> str | None:
    """The word that says what the items of a list are, after 等 and perhaps a number (等6家企业)."""
    while at < len(text) and (text[at].isdigit() or text[at] in "一二三四五六七八九十百余多几数家所个"):
        at += 1
    closers = lexicons.phrases("name_heads.txt")
    end = closers.end(text, at)
    return text[at:end] if end > at else None


def _items(text: Text, end: int, closer: str, taken: dict[int, Body]) -> list[Body]:
    items: list[tuple[int, int]] = []
    while True:
        start = taken[end].start if end in taken else _item_start(text, end)
        if start is None or not 2 <= end - start <= 24:
            break
        items.append((start, end))
        if start == 0 or text.plain[start - 1] != "、":
            break
        end = start - 1
    new = [(start, end) for start, end in items if end not in taken]
    names = [span for span in new if grammar.unknown(text.plain[slice(*span)])]
    if len(names) * 2 < len([span for span in new if not _is_place(text, span)]):
        return []
    known = [taken[end] for _, end in items if end in taken]
    kind = _kind_of(closer)
    bodies = []
    for start, end in new:
        surface = text.plain[start:end]
        if _is_place(text, (start, end)):
            if closer[-1] in "区市县地" and (names or known):
                bodies.append(Body(start, end, "place_in_list", "government", surface, "", surface))
        elif names:
            bodies.append(Body(start, end, "list", kind, surface, "", surface))
    return bodies


def _is_place(text: Text, span: tuple[int, int]) -> bool:
    return places.end(text.plain, span[0]) == span[1]


def _kind_of(closer: str) -> str:
    if closer.endswith(("高校", "院校", "大学", "学校")):
        return "education"
    if closer.endswith("医院"):
        return "health"
    if closer.endswith("媒体"):
        return "media"
    if closer.endswith(("平台", "园区")):
        return "platform"
    return "company"


def _item_start(text: Text, end: int) -> int | None:
    """Where the item of a list begins that ends at `end`: after 、, a clause's end or a word that can't be in a name.

    Between two 、 a name may hold any character (无印良品); before the first 、 it must be told from the sentence.
    """
    breaks = lexicons.words("breaks.txt")
    start = end
    first = None
    for begin, stop in reversed(text.words[: _index_at(text, end)]):
        word = text.plain[begin:stop]
        if word == "、":
            return start if start < end else None
        if not (is_han(word[0]) or word.isalnum()) or end - begin > 24:
            break
        start = begin
        if word in breaks and first is None:
            first = stop
    first = start if first is None else first
    return first if first < end else None


def _index_at(text: Text, end: int) -> int:
    """How many words end at or before `end`."""
    low, high = 0, len(text.words)
    while low < high:
        middle = (low + high) // 2
        if text.words[middle][1] <= end:
            low = middle + 1
        else:
            high = middle
    return low


def _elliptic(text: Text, found: Sequence[Body]) -> list[Body]:
    """Bodies that leave out what a neighbour says: 浦东新区、奉贤区禁毒委; 市人大常委会代表工委和办公厅负责同志."""
    elliptic = []
    for body in found:
        elliptic += _places_before(text, body)
        elliptic += _organs_after(text, body)
    return elliptic + _places_as_governments(text, found)


def _places_before(text: Text, body: Body) -> list[Body]:
    if not body.place or len(body.place) < 2 or "{}" not in body.template:
        return []
    level = body.place[-1]
    found = []
    start = body.start
    while start > 1 and text.plain[start - 1] in "、和与及":
        end = start - 1
        start = next((at for at in range(max(0, end - 10), end - 1) if places.end(text.plain, at) == end), end)
        if start == end or text.plain[end - 1] != level:
            break
        place = text.plain[start:end]
        found.append(Body(start, end, "ellipsis", body.type, body.template, place, body.inner))
    return found


_TITLES_AFTER = ("负责", "主要负责", "有关负责", "相关负责", "分别", "作", "等", "主任", "领导", "同志", "联合", "共同")


def _organs_after(text: Text, body: Body) -> list[Body]:
    organs = lexicons.phrases("suborgans.tsv")
    at = next(
        (body.end + len(mark) for mark in ("以及", "和", "、", "及", "与") if text.plain.startswith(mark, body.end)), 0
    )
    end = organs.end(text.plain, at) if at else 0
    if not at or end == at or not text.plain.startswith(_TITLES_AFTER, end):
        return []
    full, kind, parents = lexicons.table("suborgans.tsv")[text.plain[at:end]]
    parent = _parent(text, body)
    if parent is None or (parents and parent.type not in parents.split(" ")):
        return []
    template = parent.inner + full
    return [Body(at, end, "ellipsis", parent.type if kind == "-" else kind, template, parent.place, template)]


def _parent(text: Text, body: Body) -> Body | None:
    """The body that holds `body` (市人大常委会 of 市人大常委会代表工委); None where it is no body inside another."""
    organs = lexicons.phrases("suborgans.tsv")
    start = organs.start(text.plain, body.end)
    if start <= body.start or start == body.end:
        return None
    parent = grammar.read(text.plain[:start], body.start, text.begins)
    return parent if parent is not None and parent.end == start else None


def _places_as_governments(text: Text, found: Sequence[Body]) -> list[Body]:
    """Places in a row of participants (静安区、市经信委作交流发言), where at least one is a body."""
    contexts = lexicons.phrases("government_contexts.txt")
    starts = {body.start: body for body in found}
    ends = {body.end: body for body in found}
    governments = []
    for begin, _ in text.words:
        end = places.names().end(text.plain, begin)
        if end == begin or begin in starts or text.plain[end - 1] not in places.LEVELS:
            continue
        if end in ends or any(body.start <= begin < body.end for body in found):
            continue
        beside = (text.plain[end : end + 1] == "、" and end + 1 in starts) or (
            text.plain[begin - 1 : begin] == "、" and begin - 1 in ends
        )
        if (beside and _row_acts(text, end, starts)) or contexts.end(text.plain, end) > end:
            surface = text.plain[begin:end]
            governments.append(Body(begin, end, "place_in_row", "government", surface, "", surface))
    return governments


def _row_acts(text: Text, end: int, starts: dict[int, Body]) -> bool:
    """Whether the row of bodies that goes on at `end` is followed by what participants do."""
    contexts = lexicons.phrases("government_contexts.txt")
    while text.plain[end : end + 1] == "、" and (
        end + 1 in starts or places.names().end(text.plain, end + 1) > end + 1
    ):
        end = starts[end + 1].end if end + 1 in starts else places.names().end(text.plain, end + 1)
    return contexts.end(text.plain, end) > end

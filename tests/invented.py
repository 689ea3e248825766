"""Invented articles, and every true statement about a page that is made of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from banmian.records import Article, Field, Paragraph
from banmian.seeds.lines import BEGINNING, ENDING, PrintedLine, Side, guard_of, printed_lines
from train.variants import Block, Shape, variant

Entry = dict[str, Any]

# fmt: off
_PLACES = [
    "临江", "北港", "云溪", "青石", "长宁", "沙河",
    "柳园", "白塔", "东湖", "南坪", "梅岭", "西渡",
]

_THINGS = [
    "公园", "图书馆", "地铁站", "菜市场", "体育场", "码头", "小学",
    "医院", "博物馆", "养老院", "桥梁", "水厂", "剧院", "植物园",
]

_DOERS = [
    "市民", "工程师", "志愿者", "居民代表", "项目负责人", "医生",
    "教师", "船长", "导游", "邻居们", "评审专家", "摄影师",
]

_DEEDS = [
    "介绍", "认为", "看到", "讨论", "提出", "完成",
    "准备", "检查", "整理", "记录", "说明", "打算",
]

_WHATS = [
    "新的方案", "夜间照明", "排水管道", "参观路线", "木质座椅", "旧书交换",
    "防洪石墙", "早班渡轮", "健身器材", "无障碍坡道", "屋顶花园",
]

_WHENS = [
    "昨天上午", "今年春天", "上个月底", "节日期间",
    "雨季到来之前", "下个星期", "施工结束以后", "清晨六点",
]

# fmt: on
_JOINTS = ["并且", "随后", "同时", "接着", "因此", "不过"]
_RUBRICS = ["今日谈", "街谈巷议", "快评"]


def articles(seed: int, count: int) -> list[Article]:
    """Articles of some paragraphs each, no two lines of which are alike; the last of four or more is a comment."""
    dice = random.Random(seed)
    numbers = iter(dice.sample(range(11, 999), 900))
    made = [_article(dice, numbers) for _ in range(count)]
    if count > 3:
        made[-1] = _article(dice, numbers, dice.choice(_RUBRICS))
    return made


def _article(dice: random.Random, numbers: Iterator[int], rubric: str | None = None) -> Article:
    place, thing = dice.choice(_PLACES), dice.choice(_THINGS)
    paragraphs = [
        "".join(_sentence(dice, place, thing, numbers) for _ in range(dice.randint(1, 4)))
        for _ in range(dice.randint(2, 6))
    ]
    fields = {"headline": f"{place}{thing}{next(numbers)}天后开放"}
    if rubric:
        fields |= {"rubric": rubric, "byline": dice.choice(["李文远", "陈思敏", "周建国"])}
    else:
        fields |= {"dateline": "本报讯"} if dice.random() < 0.8 else {}
        fields |= {"kicker": f"{next(numbers)}位{dice.choice(_DOERS)}出力"} if dice.random() < 0.3 else {}
        fields |= {"subheadline": f"{dice.choice(_WHATS)}添{next(numbers)}处"} if dice.random() < 0.3 else {}
    at, placed = 0, []
    for position, text in enumerate(paragraphs, 1):
        placed.append(Paragraph(position, "paragraph", at, at + len(text)))
        at += len(text) + 1
    fields["body"] = "\n".join(paragraphs)
    return Article({name: Field(text, ()) for name, text in fields.items()}, tuple(placed))


def _sentence(dice: random.Random, place: str, thing: str, numbers: Iterator[int]) -> str:
    one = f"{dice.choice(_WHENS)},{place}{thing}的{next(numbers)}名{dice.choice(_DOERS)}{dice.choice(_DEEDS)}"
    more = f"和{dice.choice(_WHATS)}" if dice.random() < 0.5 else ""
    other = f"{dice.choice(_JOINTS)}{dice.choice(_DEEDS)}{dice.choice(_WHATS)}{more}"
    return f"{one}{dice.choice(_WHATS)},{other}。"


@dataclass(frozen=True, slots=True)
class InventedPage:
    """The text of a page, the blocks of each article, and of each its lines: headings in file order, body in order."""

    text: str
    shapes: list[Shape]
    headings: list[list[tuple[PrintedLine, str]]]
    bodies: list[list[tuple[PrintedLine, int]]]

    @property
    def lines(self) -> list[PrintedLine]:
        return printed_lines(self.text)


def page(seed: int, count: int, shuffled: bool = False) -> InventedPage:
    """A page of `count` invented articles, its columns put down in the orders of variants.py, or its lines in any."""
    text, shapes = variant(articles(seed, count), seed)
    if shuffled:
        blocks = text.strip("\n").split("\n\n")
        text = "\n\n".join(random.Random(seed).sample(blocks, len(blocks))) + "\n"
    lines = printed_lines(text)

    def line_of(block: Block) -> PrintedLine | None:
        leads = [line for line in lines if line.bare.startswith("本报讯") and line.bare.endswith(block.text)]
        whole = [line for line in lines if line.bare == block.text]
        return next(iter([*whole, *leads]), None)

    headings, bodies = [], []
    for shape in shapes:
        body = sorted((block for block in shape if block.kind == "body"), key=lambda b: (b.paragraph, b.fragment))
        bodies.append([(line, block.paragraph) for block in body if (line := line_of(block))])
        others = [(line, block.kind) for block in shape if block.kind != "body" and (line := line_of(block))]
        headings.append(sorted(others, key=lambda one: one[0].start))
    return InventedPage(text, shapes, headings, bodies)


def as_printed_lines(text: str, width: int) -> str:
    """The page with each block broken into lines of this many characters, as plain OCR gives them."""
    blocks = text.strip("\n").split("\n\n")
    return "\n\n".join("\n".join(b[at : at + width] for at in range(0, len(b), width)) for b in blocks) + "\n"


def named(lines: Sequence[PrintedLine], line: PrintedLine, key: str, side: Side = BEGINNING) -> Entry:
    guard = guard_of(lines, line, side)
    nth = "nth" if key == "line" else f"{key}_nth"
    return {key: guard.text} | ({nth: guard.nth} if guard.nth else {})


def true_statements(page: InventedPage, dice: random.Random) -> list[Entry]:
    """All links, kinds and beginnings of the page, some lines that don't follow each other, some articles as lists."""
    lines, found = page.lines, []
    followed = {(one.start, other.start) for body in page.bodies for (one, _), (other, _) in pairwise(body)}
    for headings, body in zip(page.headings, page.bodies, strict=True):
        for (one, paragraph), (other, following) in pairwise(body):
            kind = "join" if paragraph == following else "paragraph"
            found.append(link(lines, one, other, kind))
        for line, kind in headings:
            article = named(lines, dice.choice(body)[0], "article")
            found.append({**named(lines, line, "line"), "as": kind} | article)
        found.append({**named(lines, body[0][0], "line"), "as": "begins"})
        if headings and headings[0][1] not in ("byline", "subheadline"):
            found.append({**named(lines, headings[0][0], "line"), "as": "begins"})
        found += [{**named(lines, line, "line"), "as": "body"} for line, _ in body if dice.random() < 0.3]
        if dice.random() < 0.3:
            items: list[Entry | str] = [{**named(lines, line, "line"), "as": kind} for line, kind in headings]
            items += [named(lines, line, "line") for line, _ in body]
            found.append({"lines": items, "as": "article"})
    for one, other in pairwise(lines):
        if (one.start, other.start) not in followed and dice.random() < 0.3:
            found.append(link(lines, one, other, "apart"))
    return found


def link(lines: Sequence[PrintedLine], one: PrintedLine, other: PrintedLine, kind: str) -> Entry:
    """That `other` goes on where `one` ends, begins the paragraph after it, or does not follow it."""
    return {**named(lines, one, "after", ENDING), **named(lines, other, "before"), "as": kind}


def false_statement(page: InventedPage, dice: random.Random) -> Entry:
    """A statement that is not true of the page."""
    lines = page.lines
    order = [[line for line, _ in body] for body in page.bodies]
    kinds = {line.start: kind for headings in page.headings for line, kind in headings}
    links = {
        (one.start, other.start): "join" if paragraph == following else "paragraph"
        for body in page.bodies
        for (one, paragraph), (other, following) in pairwise(body)
    }
    texts = [line for body in order for line in body]
    sort = dice.choice(["link", "apart", "kind", "article", "begins"])
    if sort == "apart" and links:
        one, other = dice.choice(sorted(links))
        return link(lines, *(next(line for line in lines if line.start == at) for at in (one, other)), "apart")
    if sort == "kind":
        line = dice.choice(lines)
        own = kinds.get(line.start, "body")
        return {
            **named(lines, line, "line"),
            "as": dice.choice([k for k in ("headline", "body", "furniture") if k != own]),
        }
    if sort == "article" and len(order) > 1:
        at, elsewhere = dice.sample(range(len(order)), 2)
        if page.headings[at]:
            line, kind = dice.choice(page.headings[at])
            return {**named(lines, line, "line"), "as": kind, **named(lines, dice.choice(order[elsewhere]), "article")}
    if sort == "begins" and any(len(body) > 1 for body in order):
        body = dice.choice([body for body in order if len(body) > 1])
        return {**named(lines, dice.choice(body[1:]), "line"), "as": "begins"}
    while True:
        one, other = dice.sample(texts, 2)
        kind = dice.choice(["join", "paragraph"])
        if links.get((one.start, other.start)) != kind:
            return link(lines, one, other, kind)

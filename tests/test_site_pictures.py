"""Pictures show what stands in the database, each part leads to the rows that it counts; they can be taken away."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import combinations
from urllib.parse import quote, urlencode

import pytest
from banmian.site.pictures.asked import QUERIES
from banmian.site.pictures.network import place
from conftest import site_of
from lxml import etree
from published import Published

SVG = "{http://www.w3.org/2000/svg}"
MAYOR = "本报讯 临江市市长王卫东昨天说,临江市图书馆的新馆将在明年春天开放。临江市教育局局长李晓燕出席。"
READER = "本报讯 读者李晓燕昨天在临江市图书馆借了书,她说这里的书很多。"
CROWD = "本报讯 昨天,临江市召开会议。出席会议的有{}。"
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", ("建国", "晓梅", "志强", "秀英", "海涛")
# What is printed: day -> articles. So many people stand in the last that not all can be drawn.
PRINTED = {
    "2001-01-05": [MAYOR, READER],
    "2001-02-05": [MAYOR, MAYOR],
    "2001-03-05": [CROWD.format("、".join(surname + given for given in GIVEN for surname in SURNAMES))],
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    lines = [
        json.dumps({"headline": f"{day}第{n}篇", "body": body, "date": day}, ensure_ascii=False)
        for day, bodies in PRINTED.items()
        for n, body in enumerate(bodies, 1)
    ]
    with site_of(tmp_path_factory.mktemp("pictures"), {"all.jsonl": "\n".join(lines) + "\n"}) as published:
        yield published


def picture(site: Published, name: str, **asked: str) -> str:
    answer = site.get(f"/-/pictures/{name}?{urlencode(asked)}")
    assert answer.status_code == 200
    return answer.text


def table(page: str) -> list[list[str]]:
    """The rows of the table below a picture."""
    (body,) = re.findall(r'<table class="[^"]*figures-of">.*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [
        [
            unescape(re.sub('<a class="inferred".*?</a>|<[^>]*>', "", cell))
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)
        ]
        for row in rows
    ]


def links(page: str) -> list[tuple[str, str]]:
    """What leads from the pictures of a page: what it says, and where to."""
    found = []
    for drawn in re.findall(r'<svg class="drawn.*?</figure>', page, re.DOTALL):
        found += re.findall(r'<a href="([^"]*)" tabindex="-1"><title>(.*?)</title>', drawn)
    return [(unescape(said), unescape(href)) for href, said in found]


def within(site: Published, since: str) -> list[tuple[object, ...]]:
    """Mentions as the tables hold them: kind, name, part, article, of editions since a day."""
    sql = """
        SELECT mentions.kind, coalesce(people.name, organizations.name), part, mentions.article_id
        FROM mentions JOIN pages ON pages.id = page_id JOIN editions ON editions.id = edition_id
        LEFT JOIN people ON people.id = person_id LEFT JOIN organizations ON organizations.id = organization_id
        WHERE ? = '' OR date >= ?"""
    return site.connection().execute(sql, [since, since]).fetchall()


@pytest.mark.parametrize("since", ["", "2001-02"])
def test_pictures_count_what_the_tables_hold(archive: Published, since: str) -> None:
    mentions = within(archive, since)
    named = Counter((kind, name) for kind, name, _, _ in mentions)
    shown = {
        ("person" if kind == "人物" else "organization", name): int(count)
        for kind, name, count, _ in table(picture(archive, "mentions", since=since))
    }
    assert shown.items() <= named.items()
    assert sorted(shown.values())[-3:] == sorted(named.values())[-3:]
    people: dict[object, set[object]] = {}
    for kind, name, part, article in mentions:
        if kind == "person" and part not in ("reporter", "author", "editor"):
            people.setdefault(article, set()).add(name)
    together = Counter(
        frozenset(pair) for names in people.values() for pair in combinations(sorted(map(str, names)), 2)
    )
    ties = table(picture(archive, "together", since=since))
    assert {frozenset((one, other)): int(count) for one, other, count in ties}.items() <= together.items()
    assert int(ties[0][2]) == max(together.values()) == (2 if since else 3)
    parts = {row[0]: row[1:] for row in table(picture(archive, "parts", since=since))}
    own = Counter(part for _, name, part, _ in mentions if name == "王卫东")
    expected = [own.total(), *(own[part] for part in ("speaker", "subject", "attendee", "referenced"))]
    assert parts["王卫东"][:5] == [str(count) for count in expected]


def test_a_person_stands_in_the_middle_of_those_who_appear_with_it(archive: Published) -> None:
    page = picture(archive, "together", person="王卫东")
    assert re.findall(r'class="node middle".*?<text[^>]*>([^<]*)<', page) == ["王卫东"]
    assert table(page) == [["王卫东", "李晓燕", "3"]] or table(page) == [["李晓燕", "王卫东", "3"]]


def test_what_is_left_out_of_a_crowd_is_said(archive: Published) -> None:
    page = picture(archive, "together", since="2001-03")
    drawn = page.count('class="node"')
    everybody = {
        name
        for row in archive.get("/edition/people_together.json?since=2001-03&_shape=array").json()
        for name in (row["person"], row["other"])
    }
    assert drawn == 40 < len(everybody)
    assert f"40 人、100 条线;同见者至少还有 {len(everybody) - 40} 人未画" in page


@pytest.mark.parametrize("name", QUERIES)
def test_each_part_leads_to_the_rows_that_it_counts(site: Published, archive: Published, name: str) -> None:
    for published, asked in ((site, {}), (archive, {"since": "2001-01", "until": "2001-02"})):
        found = links(picture(published, name, **asked))
        assert found
        for said, href in found[:: max(1, len(found) // 3)]:
            if "/edition/" not in href:
                assert published.get(href).status_code == 200
                continue
            rows = published.get(href.replace("?", ".json?", 1) + "&_shape=array").json()
            assert rows, (said, href)
            if name in ("mentions", "parts", "together"):
                assert len(rows) == int(re.findall(r"\d+", said)[-1]), (said, href)
            if name == "speech":
                assert sum(row["characters"] for row in rows) == int(re.findall(r"(\d+) 字", said.replace(",", ""))[0])


def test_every_character_of_the_page_is_in_the_picture(site: Published) -> None:
    (characters,) = site.connection().execute("SELECT characters FROM pages").fetchone()
    page = picture(site, "coverage")
    assert sum(int(row[1].replace(",", "")) for row in table(page)) == characters
    assert f"共 {characters:,} 字" in page
    (weave,) = re.findall(r'<svg class="drawn weave.*?</svg>', page, re.DOTALL)
    paths = re.findall(r'<path class="tint[^"]*" d="([^"]*)"', weave)
    assert sum(int(width) for path in paths for width in re.findall(r"h(\d+)", path)) == 6 * characters
    (source,) = {unescape(href).partition("?")[0] for _, href in links(page) if "/source?" in href}
    lines = set(re.findall(r'id="(line-\d+)"', site.get(source).text))
    assert {href.partition("#")[2] for _, href in links(page) if "#" in href} <= lines


@pytest.mark.parametrize("name", QUERIES)
def test_a_picture_can_be_taken_away_with_its_source_and_its_licence(site: Published, name: str) -> None:
    answer = site.get(f"/-/pictures/{name}.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert len(answer.content) < 100_000
    assert site.get(f"/-/pictures/{name}.svg").content == answer.content
    root = etree.fromstring(answer.content)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-CN"
    assert [bool(root.find(SVG + tag).text.strip()) for tag in ("title", "desc")] == [True, True]
    text = "".join(root.itertext())
    assert "CC0 1.0" in text
    assert "var(" not in text
    assert f"http://localhost/-/pictures/{name}" in text
    assert {one.get("href").partition("//")[0] for one in root.iter(SVG + "a")} == {"http:"}
    # Programs that draw measure in units.
    assert not [one for one in root.iter() if "%" in f"{one.get('width')}{one.get('x')}{one.get('cx')}"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"edition": "<b>"}, "没有这一期:&lt;b&gt;"),
        ({"person": "赵无名"}, "没有这个人物:赵无名"),
        ({"since": "1999", "until": "1999"}, "这里没有可画的"),
        ({"since": "2001-13"}, "全部各期"),
    ],
)
def test_what_is_not_there_is_said(archive: Published, asked: dict[str, str], said: str) -> None:
    assert said in picture(archive, "together", **asked)
    assert archive.get(f"/-/pictures/together.svg?{urlencode(asked)}").status_code == 200


def test_what_is_inferred_is_marked_in_pictures(site: Published) -> None:
    file = site.get("/-/pictures/mentions.svg?edition=000_8a5f4c7e35afc5e6").text
    assert "新民晚报(推定)" in file
    assert re.search(r"中国共产党中央委员会 <tspan[^>]*>全称推定<", file)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/", "/-/pictures"),
        ("/-/questions", "/-/pictures"),
        ("/people/" + quote("陈吉宁"), "/-/pictures/together?person=" + quote("陈吉宁")),
        ("/organizations/" + quote("上海市人民政府"), "/-/pictures/organizations"),
        ("/editions/000_8a5f4c7e35afc5e6", "/-/pictures?edition=000_8a5f4c7e35afc5e6"),
        ("/pages/000_8a5f4c7e35afc5e6-1", "/-/pictures?edition=000_8a5f4c7e35afc5e6"),
    ],
)
def test_pages_lead_to_pictures_of_what_they_show(site: Published, path: str, to: str) -> None:
    (content,) = re.findall(r'id="content">(.*)</main>', site.get(path).text, re.DOTALL)
    assert f'href="{to}"' in content
    assert site.get(to).status_code == 200


@pytest.mark.parametrize("count", [1, 2, 12, 40])
def test_no_name_lies_upon_another_and_the_same_have_the_same_places(count: int) -> None:
    sizes = {key: (40.0 + key % 5 * 12, 50.0 + key % 3 * 10) for key in range(count)}
    ties = {(0, key): key for key in range(1, count)} | {(key, key + 1): 1 for key in range(1, count - 1, 2)}
    places = place(sizes, ties)
    assert places == place(sizes, ties)
    for one, other in combinations(sizes, 2):
        gaps = [
            abs(places[one][axis] - places[other][axis]) - (sizes[one][axis] + sizes[other][axis]) / 2
            for axis in (0, 1)
        ]
        assert max(gaps) >= -0.2

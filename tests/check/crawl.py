"""Every page of a site that its links lead to, kind by kind."""

from __future__ import annotations

import html
import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx

# Of one kind of page so many are visited: of those that a question is put to, and of rows.
QUESTIONS, ROWS = 2, 10
# These are visited to the last.
WHOLE = ("articles", "editions", "organizations", "pages", "people")
# What has addresses by keys.
ADDRESSED = (*WHOLE, "mentions")


@dataclass
class Crawl:
    """What was visited: the answer's status by address, and for each link to a place in a page where it stands."""

    status: dict[str, int] = field(default_factory=dict)
    found_on: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, set[str]] = field(default_factory=dict)
    places: dict[tuple[str, str], str] = field(default_factory=dict)

    def as_json(self) -> str:
        """The crawl as a text that `from_json` reads."""
        anchors = {address: sorted(found) for address, found in self.anchors.items()}
        return json.dumps([self.status, self.found_on, anchors, [[*link, page] for link, page in self.places.items()]])

    @classmethod
    def from_json(cls, text: str) -> Crawl:
        status, found_on, anchors, places = json.loads(text)
        return cls(
            status,
            found_on,
            {address: set(found) for address, found in anchors.items()},
            {(path, place): page for path, place, page in places},
        )

    def dead_places(self) -> list[str]:
        """Links to a place that the page does not have, with the page that they stand on."""
        return [
            f"{path}#{place} on {page}"
            for (path, place), page in self.places.items()
            if path in self.anchors and place not in self.anchors[path]
        ]

    def kinds(self) -> dict[str, str]:
        """One address of an HTML page for each kind of page."""
        return {kind_of(address): address for address in reversed(self.anchors)}


def kind_of(address: str) -> str:
    """What an address has in common with those of like pages: a row is *, a question its parameters' names."""
    parts = urlsplit(address)
    steps = parts.path.split("/")
    is_row = len(steps) == 4 and steps[1] == "edition"
    if is_row or (len(steps) > 2 and steps[1] in ADDRESSED):
        key = 3 if is_row or steps[1] == "mentions" else 2
        steps[2 if steps[1] == "mentions" else key : key + 1] = ["*" + "".join(re.findall(r"\.\w+$", steps[key]))]
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return "/".join(steps) + ("?" + "&".join(names) if names else "")


def crawl(get: Callable[[str], httpx.Response], start: str = "/") -> Crawl:
    """Follow all links of the site from `start`, of each kind of page as many as said above."""
    done, visits, queue = Crawl(), Counter[str](), deque([start])
    done.found_on[start] = ""
    while queue:
        address = queue.popleft()
        answer = get(address)
        done.status[address] = answer.status_code
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        done.anchors[address] = set(re.findall(r'\b(?:id|name)="([^"]*)"', answer.text))
        for target, place in _links(address, answer.text):
            if place:
                done.places.setdefault((target, place), address)
            if target not in done.found_on and visits[kind_of(target)] < _most(target):
                visits[kind_of(target)] += 1
                done.found_on[target] = address
                queue.append(target)
    return done


def _links(address: str, page: str) -> Iterator[tuple[str, str]]:
    for link in re.findall(r'\b(?:href|src|action)="([^"]*)"', page):
        target, _, place = urljoin(address, html.unescape(link)).partition("#")
        if not urlsplit(target).scheme:
            yield target, place


def _most(address: str) -> int:
    if urlsplit(address).query:
        return QUESTIONS
    steps = address.split("/")
    return 10**6 if steps[1] in WHOLE and len(steps) == 3 else ROWS

"""Pages are made without waiting: but for those of others, and where something has to be waited for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from datasette import hookimpl
from datasette.plugins import pm
from jinja2 import ChoiceLoader, DictLoader
from published import Published

ABOUT = """{% extends "base.html" %}
{% block content %}<p class="about">{{ later(2) }} {{ menu_links()|length }}</p>{% endblock %}"""


class _Later:
    """A plugin with a function that templates wait for."""

    __name__ = "later"

    @hookimpl
    def extra_template_vars(self) -> dict[str, object]:
        async def later(number: int) -> str:
            return f"later {number}"

        return {"later": later}


@pytest.fixture
def later() -> Iterator[None]:
    plugin = _Later()
    pm.register(plugin)
    yield
    pm.unregister(plugin)


def _without_time(page: str) -> str:
    return re.sub(r"[0-9.]+ ms", "", page)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("path", ["/", "/people", "/edition/offices", "/-/search?q=上海"])
def test_our_pages_are_the_same_beside_a_plugin_that_templates_wait_for(
    site: Published, edition_db: Path, path: str
) -> None:
    with_plugin = Published(edition_db)
    page = with_plugin.get(path).text
    with_plugin.close()
    assert _without_time(page) == _without_time(site.get(path).text)


@pytest.mark.usefixtures("later")
def test_a_page_of_another_may_wait(edition_db: Path) -> None:
    site = Published(edition_db)
    env = site.datasette.jinja_env
    env.loader = ChoiceLoader([env.loader, DictLoader({"pages/about.html": ABOUT})])
    page = site.get("/about").text
    site.close()
    assert re.findall('<p class="about">(.*?)</p>', page) == ["later 2 1"]


@pytest.mark.parametrize(("allowed", "way"), [(None, ["/", "/edition"]), (False, ["/"])])
def test_the_way_back_leaves_out_a_database_that_nobody_may_see(
    edition_db: Path, allowed: bool | None, way: list[str]
) -> None:
    seen = {"allow": allowed, "tables": {"positions": {"allow": True}}} if allowed is not None else {}
    site = Published(edition_db, {"databases": {"edition": seen}})
    page = site.get("/edition/positions").text
    site.close()
    (crumbs,) = re.findall(r'<nav class="crumbs"[^>]*>(.*?)</nav>', page, re.DOTALL)
    assert re.findall('<a href="([^"]*)"', crumbs) == way

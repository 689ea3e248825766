"""Our templates rendered at once, where nothing in them has to be waited for.

Datasette's environment is one that awaits: of each value that a template calls or prints it asks whether it has to be
waited for, thousands of times a page. Ours wait for one thing, which is asked for before; the page is then made without
asking. Where anything else is handed to one that it may wait for, and of the templates of others, it is as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template

_OWN = Path(__file__).with_name("templates")
# What Datasette hands to every template: what stands above a page in the crumbs, and what none of ours calls.
_CRUMBS = "crumb_items"
_UNUSED = frozenset(("menu_links", "database_actions", "table_actions"))
_HOME = "home"


class AtOnce(Template):
    """A template of Datasette's environment."""

    async def render_async(self, *arguments: Any, **named: Any) -> str:
        """The page, as of any template."""
        context = dict(*arguments, **named)
        waited_for = {name for name, value in context.items() if iscoroutinefunction(value)}
        if self.name is None or not waited_for <= _UNUSED | {_CRUMBS} or not _is_own(self.filename):
            return await super().render_async(context)
        if _CRUMBS in waited_for:
            context[_CRUMBS] = await _crumbs(context)
        return _environment(self.environment).get_template(self.name).render(context)


@cache
def _environment(env: Environment) -> Environment:
    """The same templates, filters and globals, without waiting."""
    return env.overlay(enable_async=False)


@cache
def _is_own(file: str | None) -> bool:
    return file is not None and Path(file).is_relative_to(_OWN)


async def _crumbs(context: Mapping[str, Any]) -> Callable[..., Sequence[Mapping[str, str]]]:
    """Datasette's crumb_items for a page with this context: who may not see a database has no link to it."""
    database, table = context.get("database"), context.get("table")
    asked = {"database": database, "table": table} if database else {}
    items = await context[_CRUMBS](request=context.get("request"), **asked)

    def crumb_items(request: object, database: str | None = None, table: str | None = None) -> Sequence[Any]:
        return [item for item in items if item["label"] in (_HOME, database, table)]

    return crumb_items

"""The editor's desk as pages of Datasette: only where `make desk` started it, only for this machine's own browser."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from datasette.utils.asgi import Request, Response

from banmian.desk.articles import articles_of, lines_of
from banmian.desk.decisions import DecisionError, Said
from banmian.desk.identities import ANSWERS, NameQuestion, name_questions
from banmian.desk.pages import Desk, PageOnDesk
from banmian.desk.since import since_release
from banmian.desk.widths import widths_of
from banmian.desk.written import ChangedError
from banmian.desk.yaml_edits import EditError
from banmian.records import Remark
from banmian.seeds import Problem, SeedsError
from banmian.site.hosts import is_this_machine
from banmian.site.messages import plain, remarked
from banmian.site.pages import edition_database
from banmian.words.span_kinds import ABOVE, BELOW, STATED

if TYPE_CHECKING:
    from datasette.app import Datasette

# Set by `build.py desk`: the folder of seeds, and that of what was built.
SEEDS, BUILD = "BANMIAN_DESK_SEEDS", "BANMIAN_DESK_BUILD"
_PATH = "/-/desk"
_INITIALS = "desk_by"
_YEAR = 365 * 24 * 3600
_MOST_NAMES = 12
# So many characters of what was said are told when it is written.
_TOLD = 24
# Every entry is signed; what only takes one back says nothing of its own.
_NEEDS_NO_NAME = ("undo", "redo", "back")
_UNSIGNED = "desk_no_initials"
# As desk/questions.py counts: how two lines stand to each other is one question, and so is what a line is.
OPEN = """
    SELECT page_id, count(DISTINCT CASE WHEN kind IN ('begins', 'end') THEN kind ELSE '' END || ' ' || line || ' '
        || CASE WHEN kind IN ('join', 'paragraph') THEN other_line ELSE 0 END) AS places
    FROM readings WHERE certain = 0 GROUP BY page_id"""
_NAMES = """
    SELECT * FROM identity_candidates WHERE status = 'open' AND edition_id = ? ORDER BY id LIMIT 200"""
_SEEN = """
    SELECT before, surface, after, headline FROM mentions_in_context
    WHERE name = ? AND kind = ? ORDER BY mention_id LIMIT 4"""

_Handler = Callable[..., Awaitable[Response]]


def routes() -> list[tuple[str, _Handler]]:
    """The routes of the desk; none where it was not asked for."""
    if SEEDS not in os.environ:
        return []
    return [(rf"^{_PATH}$", _guarded(overview)), (rf"^{_PATH}/(?P<page>[^/]+)$", _guarded(page))]


def _desk() -> Desk:
    return _desk_over(os.environ[SEEDS], os.environ[BUILD])


@cache
def _desk_over(seeds: str, build: str) -> Desk:
    return Desk(Path(seeds), Path(build) / ".desk")


def _guarded(handler: _Handler) -> _Handler:
    """`handler` for what asks by an address of this machine; what is sent must come from a page of its own."""

    async def guarded(datasette: Datasette, request: Request) -> Response:
        host = request.headers.get("host", "")
        origin = request.headers.get("origin", "")
        if not is_this_machine(host) or (
            request.method == "POST" and origin not in (f"http://{host}", f"https://{host}")
        ):
            return Response.text(plain("desk.refused"), status=403)
        if request.method not in ("GET", "HEAD", "POST"):
            return Response.text(plain("desk.refused"), status=405)
        return await handler(datasette, request)

    return guarded


async def overview(datasette: Datasette, request: Request) -> Response:
    """All pages, those with most open places first: what is read, decided and left."""
    try:
        pages = await asyncio.to_thread(_desk().listed)
    except SeedsError as error:
        return await _shown(datasette, request, "desk.html", {"faults": _in_words(error.problems), "pages": []}, 400)
    # A page that was read here is asked about as it stands now, the others as they were built.
    built = {row["page_id"]: row["places"] for row in await _rows(datasette, OPEN)}
    listed = [
        {
            "id": one.source.id,
            "href": datasette.urls.path(f"{_PATH}/{quote(one.source.id, safe='')}"),
            "edition": one.edition,
            "source": one.source,
            "places": built.get(one.source.id, 0) if one.asked is None else one.asked,
            "decisions": one.decisions,
            "checked": one.checked,
        }
        for one in pages
    ]
    listed.sort(key=lambda one: (bool(one["checked"].get("checked_by")), -one["places"], one["id"]))
    since = await asyncio.to_thread(since_release, Path(os.environ[BUILD]))
    decided = since.decided({one["id"]: one["decisions"] for one in listed}) if since else {}
    name = await edition_database(datasette)
    shown = {"faults": [], "pages": listed, "since": since, "decided": decided, "edition_database": name}
    return await _shown(datasette, request, "desk.html", shown, 200)


async def page(datasette: Datasette, request: Request) -> Response:
    """A page beside its lines; what is sent is written, and the page shown anew."""
    page_id = unquote(request.url_vars["page"])
    sent: Mapping[str, str] = await request.post_vars() if request.method == "POST" else {}
    fault, again = None, ""
    if sent:
        try:
            await asyncio.to_thread(_act, page_id, sent)
        except DecisionError as error:
            fault = remarked(error.remark)
            again = "desk.sign" if error.remark.kind == _UNSIGNED else ""
        except SeedsError as error:
            fault = plain("desk.not_followed", reason="\n".join(_in_words(error.problems)))
        except ChangedError:
            fault, again = plain("desk.changed"), "desk.again"
        except EditError:
            fault = plain("desk.not_editable")
        except OSError as error:
            fault = plain("desk.not_written", reason=error)
        if fault is None:
            wrote = quote(_wrote(sent))
            answer = Response.redirect(f"{request.path}?wrote={wrote}#{sent.get('to', 'questions')}", status=303)
            if _by(sent):
                answer.set_cookie(_INITIALS, quote(_by(sent)), max_age=_YEAR, samesite="strict", httponly=True)
            return answer
    return await _page(datasette, request, page_id, sent, fault, again)


def _act(page_id: str, sent: Mapping[str, str]) -> None:
    """Do what was sent. Raises as Desk.decide does."""
    desk, by, seen = _desk(), _by(sent), sent.get("seen", "")
    act, _, about = sent.get("act", "").partition(" ")
    if not by and act not in _NEEDS_NO_NAME:
        raise DecisionError(Remark(_UNSIGNED))
    if act == "sign":
        return
    if act == "undo":
        desk.text.undo()
    elif act == "redo":
        desk.text.redo()
    elif act == "check":
        desk.check(page_id, by, seen)
    elif act in ("back", "confirm"):
        key, _, number = about.partition(" ")
        place = (page_id, key, int(number) if number.isdecimal() else 0)
        desk.take_back(*place, seen) if act == "back" else desk.confirm(*place, by, seen)
    elif act == "name":
        answer, entity, *rest = about.split("|")
        names, texts = (tuple(filter(None, part.split("\t"))) for part in [*rest, "", ""][:2])
        asked = NameQuestion("", entity, names, texts, ())
        edition, _ = desk.pages()[page_id]
        desk.answer(edition, asked.entry(answer, by, sent.get("reason", "")), seen)
    else:
        kind, lines, article = (*about.split("|"), "", "", "")[:3]
        own = act == "say"
        said = Said(
            kind,
            sent.get("lines", "") if own else lines,
            sent.get("article", "") if own else article,
            sent.get("text", ""),
            sent.get("suspected", ""),
            sent.get("reason", ""),
            by,
        )
        desk.decide(page_id, said, seen)


def _wrote(sent: Mapping[str, str]) -> str:
    """What was sent, as the page that follows tells it: the act, and what it is about, parted by |; long texts cut."""
    act, _, about = sent.get("act", "").partition(" ")
    own = [about, *(sent.get(key, "") for key in ("lines", "article", "text"))] if act == "say" else about.split("|")
    return "|".join([act, *(one if len(one) <= _TOLD else f"{one[:_TOLD]}…" for one in own)])


def _by(sent: Mapping[str, str]) -> str:
    """The initials that were sent."""
    return "".join(sent.get("by", "").split())


async def _page(
    datasette: Datasette, request: Request, page_id: str, sent: Mapping[str, str], fault: str | None, again: str
) -> Response:
    """The page; `fault` says why nothing was written, `again` how what was sent may be written all the same."""
    try:
        on_desk = await asyncio.to_thread(_desk().page, page_id)
    except SeedsError as error:
        return await _shown(datasette, request, "desk.html", {"faults": _in_words(error.problems), "pages": []}, 400)
    if on_desk is None:
        return await _shown(datasette, request, "desk.html", {"faults": [plain("desk.no_page")], "pages": []}, 404)
    undo, redo = _desk().text.possible()
    names = await _name_questions(datasette, on_desk)
    variables = {
        "desk": on_desk,
        "problems": _in_words(on_desk.problems),
        "lines": lines_of(on_desk.source, on_desk.page),
        "articles": articles_of(on_desk.source, on_desk.page),
        "widths": widths_of(on_desk.source),
        "mending": _mending(request, sent),
        "names": names[:_MOST_NAMES],
        "more_names": max(0, len(names) - _MOST_NAMES),
        "kinds": [*ABOVE, "headline", *BELOW, *(kind for kind in STATED if kind not in (*ABOVE, "headline", *BELOW))],
        "undo": undo,
        "redo": redo,
        "wrote": request.args.get("wrote", "").split("|") if undo and not fault else [],
        "fault": fault,
        "again": again,
        "sent": sent,
        "by": _by(sent) or unquote(request.cookies.get(_INITIALS, "")),
        "remarked": remarked,
        "overview": datasette.urls.path(_PATH),
    }
    return await _shown(datasette, request, "desk_page.html", variables, 409 if fault else 200)


def _in_words(problems: Iterable[Problem]) -> list[str]:
    """What is wrong, in the language of the page."""
    return [
        plain("desk.in_file", file=one.file, what=remarked(one.remark))
        if one.line is None
        else plain("desk.in_line", file=one.file, line=one.line, what=remarked(one.remark))
        for one in problems
    ]


def _mending(request: Request, sent: Mapping[str, str]) -> str:
    """The number of the line that is to be corrected where it stands; '' for none."""
    return sent.get("to", "").removeprefix("L") if sent else request.args.get("correct") or ""


async def _name_questions(datasette: Datasette, on_desk: PageOnDesk) -> list[dict[str, Any]]:
    """The questions of who is who of the edition, each with some places where the names stand."""
    answered = [one.entry for one in on_desk.decisions if one.key == "identities"]
    found = name_questions(await _rows(datasette, _NAMES, on_desk.edition.id), answered)
    shown = []
    for number, question in enumerate(found):
        seen = [
            (name, await _rows(datasette, _SEEN, name, question.entity) if number < _MOST_NAMES else [])
            for name in question.names
        ]
        about = "|".join((question.entity, "\t".join(question.names), "\t".join(question.texts)))
        shown.append({"question": question, "seen": seen, "about": about, "answers": ANSWERS[question.kind]})
    return shown


async def _rows(datasette: Datasette, sql: str, *values: object) -> Sequence[Mapping[str, Any]]:
    """Rows of the database that was built; none where nothing was built yet."""
    name = await edition_database(datasette)
    return [] if name is None else (await datasette.get_database(name).execute(sql, list(values))).rows


async def _shown(
    datasette: Datasette, request: Request, template: str, variables: dict[str, Any], status: int
) -> Response:
    content = await datasette.render_template(template, {"desk_path": _PATH, **variables}, request)
    return Response.html(content, status=status, headers={"cache-control": "no-store"})

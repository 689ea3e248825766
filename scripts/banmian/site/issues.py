"""When and where something was printed, as HTML: of what newspaper, on what day, with a badge where that is inferred.

A list has it in each of its rows, and macros of a template take five times as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from banmian.site.messages import Say
from banmian.site.quoting import quoted, told
from banmian.site.reading import Row


@dataclass(frozen=True, slots=True)
class Issues:
    """What templates call; `rights_path` is the address of the page of rights."""

    rights_path: str
    say: Say

    def badge(self, anchor: str, title: str, text: Markup | None = None) -> Markup:
        """A badge that leads to the page of rights, where the whole basis stands: a title opens on no phone."""
        href, shown = escape(self.rights_path + anchor), self.say("badges.inferred") if text is None else text
        return Markup(f'<a class="inferred" href="{href}" title="{escape(told(title))}">{escape(shown)}</a>')

    def inferred(self, basis: str | None, edition_id: str | None, what: str) -> Markup:
        """The badge of what has a basis."""
        if not basis:
            return Markup()
        return self.badge(f"?edition={quote(edition_id)}#{what}" if edition_id else "", basis)

    def newspaper(self, edition: Row, href: str | None = None, edition_id: str | None = None) -> Markup:
        """The name of the newspaper, which leads to `href`."""
        known = edition["newspaper"]
        name = quoted(known) if known else self.say("newspaper.unknown")
        shown = Markup(f'<a href="{escape(str(href))}">{name}</a>') if href else name
        basis = edition["newspaper_basis"] if known else None
        return shown + self.inferred(basis, edition_id or edition["id"], "newspaper") if basis else shown

    def when(self, edition: Row) -> Markup:
        """When an edition appeared, in words, without a badge."""
        day, earliest, latest = (edition[name] for name in ("date", "date_earliest", "date_latest"))
        if day:
            return Markup(f'<time datetime="{escape(day)}">{escape(day)}</time>')
        if earliest and latest:
            return self.say("newspaper.between", earliest=earliest, latest=latest)
        if earliest:
            return self.say("newspaper.not_before", earliest=earliest)
        return self.say("newspaper.not_after", latest=latest) if latest else self.say("newspaper.no_date")

    def date(self, edition: Row, edition_id: str | None = None) -> Markup:
        """The same with its badge."""
        basis = edition["date_basis"]
        when = self.when(edition)
        return when + self.inferred(basis, edition_id or edition["id"], "date") if basis else when

    def printed(self, article: Row, edition_id: str | None = None) -> Markup:
        """When and where an article was printed, beside its headline in a list; `edition_id` where `id` is another."""
        number = article["number"]
        page = f" · {self.say('newspaper.page_number', number=number)}" if number else ""
        newspaper = self.newspaper(article, None, edition_id)
        return Markup(f"{self.date(article, edition_id)} · {newspaper}{page}")

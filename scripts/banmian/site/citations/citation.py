"""What a citation says of an article, a name, a mention or a query, before it takes a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import takewhile

# What may be inferred, in the order in which notes say so.
INFERRED = ("newspaper", "date", "page")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is known of what is cited; None or empty where it is not.

    `printed`: it stood in a newspaper, else it is a record of our database. `key`: what it is called in a list of
    references, ASCII. `title`, `authors`, `newspaper`, `issue`, `issn`, `page`, `language`: as the edition has them.
    `inferred`: which of INFERRED are not printed there. `days`: the day of printing, or the first and the last
    on which it may have been, an open end None. `version`: of the program that made the data. `url`: the address that
    stays. `accessed`: the day of access. `notes`: where in the source it stands and the checksum that tells the file.
    """

    printed: bool
    key: str
    title: str
    url: str
    accessed: date
    version: str
    authors: tuple[str, ...] = ()
    newspaper: str | None = None
    days: tuple[str | None, ...] = ()
    issue: str | None = None
    issn: str | None = None
    page: str | None = None
    language: str | None = None
    inferred: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def day(self) -> str | None:
        """The day of printing (1998-03-05) where it is known for certain."""
        return self.days[0] if len(self.days) == 1 else None

    @property
    def is_range(self) -> bool:
        """Whether both the first and the last day are known on which it may have been printed."""
        return len(self.days) > 1 and all(self.days)

    @property
    def common(self) -> str:
        """What of the day is known for certain, as year, month and day with hyphens: 1998-03 of a range in March."""
        if not (self.day or self.is_range):
            return ""
        parts = zip(*(str(day).split("-") for day in self.days), strict=False)
        return "-".join(same for same, *others in takewhile(lambda one: len(set(one)) == 1, parts))

    @property
    def span(self) -> str | None:
        """The days as ISO 8601 writes them: one day, or two with a slash between, an open end as two dots."""
        return "/".join(day or ".." for day in self.days) if any(self.days) else None

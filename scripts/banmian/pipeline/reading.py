"""What the pure stages make of one edition: its pages put together, the names in them, the words that mark them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from banmian.names import Backend, Obeyed, obey, read_names
from banmian.page import read_page
from banmian.records import Page
from banmian.seeds import Edition, PageSource
from banmian.words.keywords import Keyword, keywords
from banmian.words.phrases import Phrase, shared_phrases
from banmian.words.signatures import Signature

# Of Chinese characters, so that no dictionary is left out.
_ANY_TEXT = f"# {chr(0x4E00) * 4}\n\n{chr(0x4E00) * 8}\n"


@dataclass(frozen=True, slots=True)
class ReadEdition:
    """An edition as it was read, a function of its seeds alone.

    `keywords` has those of each article, counted through the pages; so are the articles of `phrases` and `signatures`,
    which are made where there are other editions (kept.py). `samples` has of each page those by which its articles are
    known again, with the number of their characters (keys/samples.py).
    """

    pages: tuple[Page, ...]
    obeyed: Obeyed
    keywords: list[list[Keyword]]
    phrases: list[Phrase]
    signatures: list[Signature | None] = field(default_factory=list)
    samples: list[list[tuple[int, tuple[int, ...]]]] = field(default_factory=list)

    def bodies(self) -> list[str]:
        """The body of each article."""
        return _bodies(self.pages)


def read_edition(edition: Edition, known: Sequence[Page | None], backend: Backend | None) -> ReadEdition:
    """The edition read; `known` are its pages that have been put together before, None for the others."""
    pages = tuple(page or _put_together(source) for source, page in zip(edition.pages, known, strict=True))
    articles = list(chain.from_iterable(page.articles for page in pages))
    bodies = _bodies(pages)
    obeyed = obey(read_names(articles, edition.city, backend), articles, edition.identities)
    return ReadEdition(pages, obeyed, keywords(bodies), shared_phrases(bodies))


def _bodies(pages: Sequence[Page]) -> list[str]:
    return [article.text("body") or "" for page in pages for article in page.articles]


def prepare() -> None:
    """Bring into memory what reading takes, dictionaries and weights: processes forked after it share them."""
    page = read_page(_ANY_TEXT)
    read_names(page.articles, None)
    keywords([_ANY_TEXT])


def with_stale(source: PageSource, page: Page) -> Page:
    """The page with what is to say of its entries that no longer apply."""
    return replace(page, warnings=(*source.stale, *page.warnings)) if source.stale else page


def _put_together(source: PageSource) -> Page:
    return source.apart.page if source.apart else read_page(source.text, source.corrections, source.rulings)

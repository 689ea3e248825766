"""What snippet() and highlight() give, as text that a person can read and as HTML that cannot carry markup.

In the index no two characters but ASCII letters and digits stand side by side (segmentation.py), so two signs side by
side are a mark that no page can hold. `readable` turns the marks into brackets beside an invisible word joiner, and
takes every other word joiner out: a bracket of the text itself is never taken for a mark.
"""

from __future__ import annotations

import sqlite3

from markupsafe import Markup, escape

from banmian.store.segmentation import restore

# What to hand to snippet() and highlight() as the second and third but one argument.
OPEN = "\ue000\ue001"
CLOSE = "\ue002\ue003"
_JOINER = "\u2060"
_READABLE_OPEN = _JOINER + "【"
_READABLE_CLOSE = "】" + _JOINER


def readable(marked: str | None) -> str | None:
    """Plain text of snippet() or highlight() with OPEN and CLOSE: hits between 【 and 】, paragraphs run on."""
    if marked is None:
        return None
    plain = marked.replace(_JOINER, "").replace(OPEN, _READABLE_OPEN).replace(CLOSE, _READABLE_CLOSE)
    return restore(plain).replace("\n", " ")


def as_html(text: str) -> Markup | None:
    """Readable text with its hits as <mark>, everything else escaped; None where there is no hit in it.

    Takes time in proportion to the text, whatever marks stand in it: visitors write the SQL that gives it.
    """
    if _READABLE_OPEN not in text:
        return None
    html, at = [], 0
    while (start := text.find(_READABLE_OPEN, at)) >= 0:
        end = text.find(_READABLE_CLOSE, start + len(_READABLE_OPEN))
        if end < 0:
            break
        html += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start + len(_READABLE_OPEN) : end])]
        at = end + len(_READABLE_CLOSE)
    return Markup().join([*html, escape(text[at:])])


def as_brackets(html: Markup) -> str:
    """HTML without any element but <mark> as readable text, the reverse of as_html."""
    plain = str(html).replace(_JOINER, "").replace("<mark>", _READABLE_OPEN).replace("</mark>", _READABLE_CLOSE)
    return Markup(plain).unescape()


def cut(text: str, most: int) -> str:
    """The first `most` code points of readable text, or one less; a hit that is cut in two ends there."""
    if len(text) <= most:
        return text
    if text[most - 1 : most + 1] in (_READABLE_OPEN, _READABLE_CLOSE):
        most -= 1
    begin = text[:most]
    is_cut_in_two = begin.rfind(_READABLE_OPEN) > begin.rfind(_READABLE_CLOSE) and _READABLE_CLOSE in text[most:]
    return begin + _READABLE_CLOSE if is_cut_in_two else begin


def _marked_open() -> str:
    return OPEN


def _marked_close() -> str:
    return CLOSE


def register(connection: sqlite3.Connection) -> None:
    """SQL functions: readable(text), hit_start() and hit_end() for snippet(t, n, hit_start(), hit_end(), '…', 20)."""
    connection.create_function("readable", 1, readable, deterministic=True)
    connection.create_function("hit_start", 0, _marked_open, deterministic=True)
    connection.create_function("hit_end", 0, _marked_close, deterministic=True)

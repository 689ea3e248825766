"""What the public's database does not show of a text (store/shown.py), on pages that are read."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from banmian.seeds.withdrawn import SIGN
from banmian.site.messages import plain

_SHORT_RUN = 3
# More signs than most names have that were withdrawn; a tag is left as it is.
_LONG_RUN = re.compile(rf"<[^>]*>|{SIGN}{{5,}}")


def short_runs(html: Markup) -> Markup:
    """The text with a few signs in the place of many."""
    return Markup(_LONG_RUN.sub(_short, str(html))) if SIGN * _SHORT_RUN in html else html


def _short(run: re.Match[str]) -> str:
    if run[0].startswith("<"):
        return run[0]
    title = escape(plain("shown.characters", count=len(run[0])))
    return f'<span class="kept-back" title="{title}">{SIGN * _SHORT_RUN}…</span>'

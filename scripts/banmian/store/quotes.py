"""Where a text quotes another one that must not be shown."""

from __future__ import annotations

from functools import cached_property

from banmian.seeds.withdrawn import SIGN

# Characters, white space left out, that are a quotation; fewer are words that any text may have.
QUOTE = 16


class Quotes:
    """Knows texts that are not shown, and covers what is quoted from them."""

    def __init__(self) -> None:
        self._texts: list[tuple[str, str]] = []

    def add(self, text: str, covered: str) -> None:
        """Know a text; a sign stands in `covered` for each character that is not shown."""
        if text != covered:
            self._texts.append((text, covered))

    def covered(self, text: str) -> str:
        """`text` with a sign for each character of it that is quoted."""
        places = [at for at, sign in enumerate(text) if not sign.isspace()]
        if len(places) < QUOTE or not self._texts:
            return text
        signs = list(text)
        for first in range(len(places) - QUOTE + 1):
            quoted = places[first : first + QUOTE]
            if "".join(text[at] for at in quoted) in self._runs:
                for at in quoted:
                    signs[at] = SIGN
        return "".join(signs)

    @cached_property
    def _runs(self) -> frozenset[str]:
        """Every run of so many characters that has one that is not shown."""
        runs = set()
        for text, covered in self._texts:
            pairs = [(one, other) for one, other in zip(text, covered, strict=True) if not one.isspace()]
            plain = "".join(one for one, _ in pairs)
            hidden = [at for at, (one, other) in enumerate(pairs) if one != other]
            starts = {start for at in hidden for start in range(max(0, at - QUOTE + 1), at + 1)}
            runs |= {plain[start : start + QUOTE] for start in starts if start + QUOTE <= len(plain)}
        return frozenset(runs)

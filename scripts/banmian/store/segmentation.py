"""Chinese text as SQLite's unicode61 tokenizer can index it: every character a token.

A character that is no ASCII letter or digit is set apart with zero-width spaces; full-width letters and digits become
ASCII, so Ａ１ and A1 are one word. White space becomes private-use characters that are tokens too, so no phrase runs
across a space or from one paragraph into the next. The same mapping exists twice: `segment` in Python feeds the
index fast, `segment_sql` stands in the view that the index takes its content from; FTS5's integrity-check compares the
two for every row.
"""

from __future__ import annotations

SEPARATOR = "\u200b"
SPACE = "\uf8f0"
NEWLINE = "\uf8f1"
TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co P* S*'"

# Unicode's White_Space property without the newline.
_SPACES = (9, 11, 12, 13, 32, 133, 160, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
_FULL_WIDTH_OFFSET = 0xFEE0
# Most characters are between these, and asked for first.
_FIRST_HAN, _LAST_HAN = "\u3400", "\u9fff"
# To take a character off a text copies the rest: blocks keep that short, and few in a long text.
_BLOCK = 64


class _Segments(dict[int, str]):
    """Code point -> its segmented form, filled as characters are met."""

    def __missing__(self, code_point: int) -> str:
        character = chr(code_point)
        half_width = chr(code_point - _FULL_WIDTH_OFFSET) if 0xFF10 <= code_point <= 0xFF5A else character
        if half_width.isascii() and half_width.isalnum():
            segmented = half_width
        elif character == "\n":
            segmented = SEPARATOR + NEWLINE + SEPARATOR
        elif code_point in _SPACES:
            segmented = SEPARATOR + SPACE + SEPARATOR
        else:
            segmented = SEPARATOR + character + SEPARATOR
        self[code_point] = segmented
        return segmented


_SEGMENTS = _Segments()


def segment(text: str) -> str:
    """`text` with every token set apart; see the module's description."""
    return text.translate(_SEGMENTS)


def restore(segmented: str) -> str:
    """The text that was segmented, but for full-width letters and digits, which stay ASCII."""
    return segmented.replace(SEPARATOR, "").replace(NEWLINE, "\n").replace(SPACE, " ")


def segment_sql(expression: str) -> str:
    """An SQL expression, without functions of ours, that gives segment(expression); NULL stays NULL."""
    spaces = ", ".join(map(str, _SPACES))
    separator = ord(SEPARATOR)
    size = f"{_BLOCK} + length({expression}) / 1000"
    return f"""(
    WITH RECURSIVE blocks (at, size, block) AS (
        SELECT 1, {size}, substr({expression}, 1, {size})
        UNION ALL
        SELECT at + size, size, substr({expression}, at + size, size) FROM blocks WHERE length(block) = size
    )
    SELECT group_concat(segmented, '') FROM (
        SELECT (
            WITH RECURSIVE walk (rest, c, done) AS (
                SELECT substr(block, 2), substr(block, 1, 1), ''
                UNION ALL
                SELECT substr(rest, 2), substr(rest, 1, 1), done || CASE
                    WHEN c BETWEEN '{_FIRST_HAN}' AND '{_LAST_HAN}' THEN char({separator}, unicode(c), {separator})
                    WHEN c GLOB '[0-9A-Za-z]' THEN c
                    WHEN c GLOB '[０-９Ａ-Ｚａ-ｚ]' THEN char(unicode(c) - {_FULL_WIDTH_OFFSET})
                    WHEN c = char(10) THEN char({separator}, {ord(NEWLINE)}, {separator})
                    WHEN instr(char({spaces}), c) THEN char({separator}, {ord(SPACE)}, {separator})
                    ELSE char({separator}, unicode(c), {separator}) END
                FROM walk WHERE c <> ''
            )
            SELECT done FROM walk WHERE c = ''
        ) AS segmented FROM blocks ORDER BY at
    )
)"""

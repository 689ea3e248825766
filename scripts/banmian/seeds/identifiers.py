"""What may be text, and what may be a part of ids, keys and addresses."""

from __future__ import annotations

import unicodedata

from banmian.records import Remark

# An id longer than this is a mistake, and no address.
_LONGEST = 500
# Ends of lines and tabs are text.
_IN_TEXT = "\t\n\r"
_NO_TEXT = ("Cc", "Cs")
# What nobody sees or types: formats, such as zero-width and bidirectional signs, ends of lines, what is no character.
_NO_ID = (*_NO_TEXT, "Cf", "Cn", "Zl", "Zp")


def unfit_for_text(text: str, but: str = _IN_TEXT) -> str | None:
    """The first control character or half of a surrogate pair, as Python writes it; None where all is text.

    Those of `but` are text.
    """
    if text.isprintable():
        return None
    return next((_written(sign) for sign in text if _is_unfit(sign, but)), None)


def fault_of_id(text: str) -> Remark | None:
    """Why `text` can't be an id or key; None where it can."""
    unseen = (sign for sign in text if unicodedata.category(sign) in _NO_ID)
    sign = None if text.isprintable() else next(unseen, None)
    if sign is not None:
        return Remark("id_unseen", {"text": text[:_LONGEST], "escape": _written(sign)})
    if not text.strip() or text in (".", ".."):
        # An address would take dots for a folder.
        return Remark("id_blank", {"text": text})
    return Remark("id_too_long", {"length": len(text), "longest": _LONGEST}) if len(text) > _LONGEST else None


def shown(text: str, but: str = _IN_TEXT) -> str:
    """`text` with what no terminal or file takes as Python writes it."""
    return "".join(_written(sign) if _is_unfit(sign, but) else sign for sign in text)


def _is_unfit(sign: str, but: str) -> bool:
    return sign not in but and unicodedata.category(sign) in _NO_TEXT


def _written(sign: str) -> str:
    # A byte of a file's name that is no text stands as half of a pair.
    return f"\\x{ord(sign) - 0xDC00:02x}" if "\udc80" <= sign <= "\udcff" else repr(sign)[1:-1]

"""Citations as the programs read them that people keep them with."""

import json
from pathlib import Path

import bibtexparser
import fastjsonschema
import rispy
from bibtexparser import middlewares

is_csl = fastjsonschema.compile(json.loads((Path(__file__).parent / "gold" / "csl-data.json").read_text("utf-8")))


def read_bibtex(text):
    decoding = [middlewares.SeparateCoAuthors(), middlewares.LatexDecodingMiddleware()]
    library = bibtexparser.parse_string(text, append_middleware=decoding)
    assert not library.failed_blocks
    (entry,) = library.entries
    # An address is no TeX: programs take it as it is.
    (plain,) = bibtexparser.parse_string(text).entries
    return entry.entry_type, entry.key, {field.key: field.value for field in entry.fields} | {"url": plain["url"]}


def read_ris(text):
    (entry,) = rispy.loads(text.replace("\r\n", "\n"))
    return entry


def read_csl(text):
    (item,) = is_csl(json.loads(text))
    return item

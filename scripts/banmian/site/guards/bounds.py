"""The numbers that bound what one visitor may take, with reasons. Datasette's own settings stand in the Makefile."""

from dataclasses import dataclass

# --- One string in SQL -------------------------------------------------------------------------------------------

# The index reads a text in its segmented form: four bytes of a character at most, between two separators of three.
BYTES_PER_CHARACTER = 10
# Bytes beyond that, for lists that queries put together, and for the longest search: three forms, nine bytes each.
ROOM = 131_072
# Characters, for a database that does not say how long its longest cell is.
LONGEST_CELL = 65_536

# Bytes beyond which instr() and replace() may take over a second for one call, and functions in Python stand for them.
# Below, SQLite's own are quicker: the index calls instr() for each character.
SLOW_LENGTH = 250_000

# --- One statement -----------------------------------------------------------------------------------------------

# LIKE and GLOB may look at a text once for each sign of their pattern.
LIKE_PATTERN = 150
# The widest view has 33 columns.
COLUMNS = 100
COMPOUND_SELECT = 100
# Python's sqlite3 fails without a reason where expressions nest deeper than its stack.
EXPRESSION_DEPTH = 200
# Longer than any address that a server takes.
SQL_LENGTH = 100_000
# Each name of a WITH may stand for two of the one before: twice the program with each.
PROGRAM = 50_000
# Bytes that SQLite may hold, for all connections of the process together. What a thread frees stays with it: of
# three (num_sql_threads) it may be three times as much.
HEAP = 80 * 1024 * 1024
# Seconds between two looks at the clock, while statements run.
TICK = 0.01

# --- One search --------------------------------------------------------------------------------------------------

# Characters of a run that may be meant in other characters or as its words: what is longer was copied, not typed, and
# stands as it was copied or not at all.
RUN = 60
# Things that must be there: each takes the index as long as a search of its own.
WANTED = 50
# Characters of a search: two pages of a book.
SEARCH = 3_000

# --- One result --------------------------------------------------------------------------------------------------

# Characters (or bytes, of a BLOB).
RESULT = 16_000_000
# Cells: Python takes some 60 bytes for each. A canned query of 100,000 rows, the most of a file, may have ten columns.
CELLS = 1_000_000

# --- One page of HTML --------------------------------------------------------------------------------------------

# Rows of a table, whatever ?_size= says. JSON and CSV give max_returned_rows.
PAGE_ROWS = 100
# Cells of a result of SQL: each is laid out by hooks and templates, some 50 µs, while every other visitor waits.
PAGE_CELLS = 2_500
# Facets of a table: each may count for facet_time_limit_ms, and each takes room on the page.
FACETS = 8

# --- All visitors together ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LaneBounds:
    """How many requests of a kind run and wait; seconds that one waits, and after which to ask again."""

    at_once: int
    waiting: int
    patience: float
    again: int


# Of num_sql_threads (4 in the Makefile) each lane takes one, so that one is left for pages. A statement runs one second
# at most: as many wait as are answered within the patience. Lists take a tenth of a second.
LANES = {
    "sql": LaneBounds(at_once=1, waiting=12, patience=12, again=10),
    "lists": LaneBounds(at_once=1, waiting=60, patience=12, again=5),
    # A file is as slow as who takes it; in between it asks for 5,000 rows at a time.
    "files": LaneBounds(at_once=2, waiting=8, patience=12, again=30),
}
# Seconds at most that one who has come through a lane lets pages pass before.
GIVE_WAY = 0.5
# Seconds in which a part of a file must have been taken.
STALLED = 20

# --- What browsers keep ------------------------------------------------------------------------------------------

# Seconds for which nobody asks again whether a page is as it was. A new build shows after that time.
FRESH = 60
# Seconds for which a browser that came by TLS comes by TLS: half a year.
HSTS = 15_768_000

"""The whole way, seeds -> page -> names -> store, and what a run of it depends on; it prints nothing itself.

database.py builds edition.db; reading.py reads one edition, workers.py several at once, kept.py keeps what was read for
the next build; texts.py finds names in any text, stamps.py tells whether a new build is needed, opinions.py loads a
second opinion on names, garbage.py spares a build searches of its memory.
"""

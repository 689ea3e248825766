"""Records -> SQLite: schema, writer, search index, checks. The only stage that writes a database."""

from banmian.store.checks import CheckError, check_database
from banmian.store.publish import new_database

__all__ = ["CheckError", "check_database", "new_database"]

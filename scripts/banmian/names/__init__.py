"""Names in articles: people, the organizations they act for or write about, and the offices that join the two."""

from .reading import read_names

__all__ = ["read_names"]

"""Banmian (版面): newspaper pages as open data. Data flows one way: seeds -> page -> names -> store -> site."""

__version__ = "0.1.0"

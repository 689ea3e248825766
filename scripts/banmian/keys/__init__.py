"""Keys that are given once and kept: which things of a build are those that an earlier one gave a key. Pure functions.

A text is the same when it shares most of its characters (samples.py, matching.py): pages (pages.py) and the articles on
them (articles.py); people and organizations (entities.py) by name, namesakes by the articles that mention
them, one that is spelled otherwise by its place (places.py). What became of keys that nothing bears any more says
former.py.
"""

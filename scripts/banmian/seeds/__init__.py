"""What came in: page texts, byte for byte, and editions.yml, what an editor knows and decided about them.

folders.py walks the folder; drafts.py says which files are which edition, by listed.py (editions.yml), table.py
(editions.csv), rules.py and patterns.py (paths with placeholders), paths.py (plain dates); editions.py reads them.
order.py and identities.py read what was decided, lines.py knows a line by its text, entries.py writes entries for an
editor to complete, yaml_files.py and yaml_nodes.py keep the line of every value, contents.py reads no more than a
regular file, identifiers.py and dates.py say what no id and no day can be, slips.py says what may have gone wrong in
typing.
"""

from banmian.seeds.editions import Seeds, read_seeds
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.records import Edition, PageSource

__all__ = ["Edition", "PageSource", "Problem", "Seeds", "SeedsError", "read_seeds"]

"""What came in: page texts, byte for byte, and editions.yml, what an editor knows and decided about them.

editions.py reads the folder, listed.py editions.yml, order.py and identities.py what was decided, lines.py knows a line
by its text, entries.py writes entries for an editor to complete, yaml_nodes.py keeps the line of every value, slips.py
says what may have gone wrong in typing.
"""

from banmian.seeds.editions import Seeds, read_seeds
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.records import Edition, PageSource

__all__ = ["Edition", "PageSource", "Problem", "Seeds", "SeedsError", "read_seeds"]

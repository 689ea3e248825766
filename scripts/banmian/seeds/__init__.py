"""What came in: page texts, byte for byte, and editions.yml, what an editor knows and decided about them."""

from banmian.seeds.editions import Seeds, read_seeds
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.records import Edition, PageSource

__all__ = ["Edition", "PageSource", "Problem", "Seeds", "SeedsError", "read_seeds"]

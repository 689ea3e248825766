"""How much work a search may do."""

from __future__ import annotations


class Budget:
    """Counts the steps of a search, so that it ends on any page and does so at the same point everywhere.

    Where they are `scarce` from the beginning, on very long pages, only what is likely is worth any.
    """

    def __init__(self, steps: int, scarce: bool = False) -> None:
        self.left = steps
        self.scarce = scarce

    def spend(self, steps: int) -> bool:
        """Take `steps` off; False once they are used up."""
        self.left -= steps
        return self.left >= 0

    @property
    def spent(self) -> bool:
        """Whether the search had to stop short of what it would have looked at."""
        return self.left < 0

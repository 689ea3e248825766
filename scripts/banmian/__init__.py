"""Banmian (版面): newspaper pages as open data. Data flows one way: seeds -> page -> names -> store -> site."""

import os

__version__ = "0.1.0"

# numpy's products here are of a few numbers: threads of its own cost more than they do, and processes share the cores.
# It asks once, where it is imported first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

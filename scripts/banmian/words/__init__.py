"""Words of Chinese that several stages ask for, and the reader of all word lists.

segmenter.py starts jieba, lists.py reads the data files beside the code of every stage, surnames.py knows surnames.
"""

from banmian.words.segmenter import cut, frequency, total, use_cache

__all__ = ["cut", "frequency", "total", "use_cache"]

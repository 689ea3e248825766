"""Words of Chinese that several stages ask for, and the reader of all word lists.

segmenter.py starts jieba, lists.py reads the data files beside the code of every stage, surnames.py knows
surnames, characters.py which characters stand for others, sentences.py which form of a sentence is said, remarks.py
says what the stages have to say of a page, keywords.py which words mark an article, phrases.py which phrases articles
share, headings.py which lines read like headings. Two modules are of no words but of what editors state: span_kinds.py
which kinds of lines there are, stated.py what a set of statements comes to.
"""

from banmian.words.segmenter import counts, cut, flag, flags, frequency, total

__all__ = ["counts", "cut", "flag", "flags", "frequency", "total"]

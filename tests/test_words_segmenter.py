"""Words are cut by another program that does what jieba does: the words stay jieba's."""

from __future__ import annotations

import jieba
from banmian.words.segmenter import cut
from hypothesis import given
from hypothesis import strategies as st

# What jieba takes into a word, what it doesn't, and what it treats of its own: line ends, joined and combining marks.
_CHARACTERS = "中国人民大学春天种什么 \r\n\t.,%-_+#&aB19，。·—…“《\u0301〇㐀\U00020000\u200b\u3000長Ａ"


@given(st.text(alphabet=_CHARACTERS, max_size=30) | st.text(max_size=30))
def test_words_are_those_of_jieba_and_spell_the_text(text: str) -> None:
    assert cut(text) == list(jieba.cut(text, HMM=False))
    assert "".join(cut(text)) == text

"""Text marked by our own guidelines: which texts, what was marked in them, and the tools for those who mark.

sample.py drew the texts, texts.py brings them back from clones of public repositories (sources.tsv names each with its
checksum; no text lies here), notes.py turns what a reader wrote down into offsets (marks.jsonl), agreement.py compares
two readers. README.md says the rest.
"""

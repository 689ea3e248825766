"""What is a name: a tagger of characters, learned from our own marks, reads what rules and word lists see.

symbols.py, repeats.py, surroundings.py, uses.py and features.py are what it sees, tagger.py reads. What could be a
name then (candidates.py) is weighed one by one (decide.py), against what overlaps it and by what is held of the same
characters elsewhere.
"""

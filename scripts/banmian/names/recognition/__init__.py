"""What is a name: a tagger of characters, learned from our own marks, decides over what rules and word lists see."""

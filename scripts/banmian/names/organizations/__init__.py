"""Organizations in a text: public bodies by their grammar, others by their heads, in lists, in short, by renown."""

"""Reads what the documents say of a page in few words: its title, its first sentence, what it lists and repeats."""

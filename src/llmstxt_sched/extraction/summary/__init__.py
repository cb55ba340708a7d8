"""Reads what can be said of a page in few words: what it is called and begins with, what it lists and repeats."""

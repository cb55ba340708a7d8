"""Tells which icons stand for a word, and drops those that say nothing.  Pure."""

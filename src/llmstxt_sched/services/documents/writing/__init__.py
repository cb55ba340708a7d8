"""Writes a version of the documents from what a run saw: which pages are in it, and whether it is held."""

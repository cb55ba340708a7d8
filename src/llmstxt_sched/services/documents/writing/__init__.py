"""Writes a version of the documents out of what a run saw: which pages are in it, and whether it is to be held."""

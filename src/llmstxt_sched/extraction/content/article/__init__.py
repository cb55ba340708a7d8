"""Tells articles from other pages, and drops what stands around them.  Pure."""

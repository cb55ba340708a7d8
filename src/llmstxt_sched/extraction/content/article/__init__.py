"""Reads articles: tells them from other pages, and drops what stands around them.  Pure."""

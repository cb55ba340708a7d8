"""Writes tables, also grids without the tags, and tells those that are something else: numbered code, layout.  Pure."""

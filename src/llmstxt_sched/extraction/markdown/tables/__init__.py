"""Writes tables, and tells those that are none: line numbers beside code, and grids without the tags.  Pure."""

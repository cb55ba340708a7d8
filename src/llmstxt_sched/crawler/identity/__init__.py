"""Decides whether what was fetched is a page of its own, or another one, a copy of it, or none."""

"""Decides whether a fetched address is a page of its own, the address of another, a copy of one, or no page."""

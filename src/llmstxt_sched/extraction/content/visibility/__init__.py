"""Tells what a reader of the page sees by its attributes and styles, and drops the rest.  Pure."""

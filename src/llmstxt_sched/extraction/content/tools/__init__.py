"""Tells the tools of a page, such as links to edit it, to a heading of it or back from a footnote.  Pure."""

"""Drops what leads from a page to others: bars of links, rows of pictures, the way from the home page.  Pure."""

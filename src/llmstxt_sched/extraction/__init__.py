"""Turns a page's bytes into its title, Markdown, links and place in the site's navigation.  Pure: no clock, no network.

`extract` reads a page in HTML: `dom` parses it to a tree of plain objects, `content` drops from the tree what is no
content, and `markdown` writes the rest.  `head`, `place` and `summary` read what the documents say of the page.  All
selectors and class names are in `generator_selectors`.

A container has this package compiled (`hatch_build.py`).  Compiled, a generator expression is a list: where it may not
be used up, write a `filter` or a function with `yield`.  And a constant is looked up at each use unless it is `Final`.
"""

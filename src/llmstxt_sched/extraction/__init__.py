"""Turns a page's bytes into its title, Markdown, links and place in the site's navigation.  Pure: no clock, no network.

`extract` reads a page in HTML: `dom` parses it to a tree of plain objects, `content` drops from the tree what is none,
and `markdown` writes the rest; `head`, `place` and `summary` read what the documents say of a page.  All selectors and
class names are in `generator_selectors`.

For a container it is compiled (`hatch_build.py`), where a generator expression is a list: one that is not used up had
better be a `filter` or a function with `yield`.  There a constant is found at once if it is `Final`.
"""

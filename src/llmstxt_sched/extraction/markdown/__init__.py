"""Writes the main content of a page's tree as Markdown, in one walk.

It is our own and no converter's, because what a page says in its markup is lost before a converter sees it, or by it:
the label of a tab, an exponent, the state of a checkbox, the language of code, TeX.  To prepare a page for a converter
took most of the time of reading it, and the converter itself, html-to-markdown, parses it once more: on pages of 14 and
96 KB it alone takes longer than this package.
"""

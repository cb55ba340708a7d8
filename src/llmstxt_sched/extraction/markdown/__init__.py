"""Writes the main content of a page's tree as Markdown, in one walk.

A converter would not do: it loses what a page says in its markup, such as the label of a tab, an exponent, the state of
a checkbox, the language of code, or TeX.  To prepare a page so that none is lost took most of the time of reading it,
and the converter, html-to-markdown, parses it once more: on pages of 14 and 96 KB it alone takes longer than all of
this.
"""

"""Turns a page's bytes into its title, Markdown, links and place in the site's navigation.  Pure: no clock, no network.

`extract` reads HTML pages, `markdown_page` reads pages that are already Markdown.  All selectors and class names are
in `selectors`.  `boilerplate` removes what is never content; `main_content` then finds the main content in the rest.
"""

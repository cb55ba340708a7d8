"""From a page's bytes to its title, Markdown, links and place in the navigation.  Pure: no clock, no network.

`extract` reads HTML, `markdown_page` what is Markdown already.  Every selector and class name is in `selectors`;
what is never content goes by `boilerplate`, what is left is searched by `main_content`.
"""

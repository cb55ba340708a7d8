"""Tells a query that chooses a page from one that only varies the view of one.  Pure.

By the names that wikis and content management systems give the one parameter by which all of their pages are asked for:
a wiki stands at one path as a whole.  Beside another parameter, such as `action=history` or `sort=name`, it is a view.
"""

from __future__ import annotations

import re

_CHOOSES = re.compile(
    # MediaWiki, DokuWiki, WordPress, Confluence, PmWiki, SMF, Drupal, and those who call it by what it is.
    r"(?:title|id|p|page_?id|page_?name|topic(?:_?id)?|nid|(?:article|doc|entry|node|post)(?:_?id)?)=.+"
    # A number is that of a further page of a list.
    r"|page=(?!\d+$).+",
    re.IGNORECASE,
)


def chooses_page(query: str) -> bool:
    """Whether `query`, percent-encoded, is one parameter by which a site names its pages."""
    return "&" not in query and _CHOOSES.fullmatch(query) is not None

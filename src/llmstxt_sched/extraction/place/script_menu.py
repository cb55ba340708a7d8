"""Reads the site's menu out of the file that Doxygen or Writerside puts it in, since many a start page has no links."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.extraction.dom.charset import decode
from llmstxt_sched.extraction.links import MOST_LINKS, absolute
from llmstxt_sched.extraction.model import Content, content_sha256

MENU_TYPES: Final = frozenset(
    ["text/javascript", "application/javascript", "application/x-javascript", "application/json"]
)
# A text of the file that is a page's address, whose ending Doxygen lets its user choose; what follows `#` is a
# place in it.
_ADDRESS: Final = re.compile(r"[\"']([^\"'\\\s<>#]{1,500}\.(?:x?html?|php))(?:#[^\"']*)?[\"']")


def read_script_menu(body: bytes, url: str, content_type: str) -> Content:
    """The links of the menu in the file `body`, fetched from `url`; there is no text in it."""
    found = dict.fromkeys(match[1] for match in _ADDRESS.finditer(decode(body, content_type)))
    links = dict.fromkeys(target for href in found if (target := absolute(url, href)))
    return Content(Extract(), content_sha256(""), 0, links=tuple(links)[:MOST_LINKS], markdown="")

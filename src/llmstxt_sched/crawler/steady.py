"""A page that deals the same links in another order at every request has not changed; pure."""

from __future__ import annotations

import re

from msgspec.structs import replace

from llmstxt_sched.crawler.model import Content

# Ten million would hold the interpreter for a second.
_MAX_CHARS = 500_000
# Neither part may hold what opens it again, so that hostile text is gone through once.
_LINK = re.compile(r"\[[^\[\]\n]*\]\([^()\s]*\)")


def steadied(new: Content, known: Content) -> Content:
    """`new`, with the order of links and the text of `known` where only the order of links differs.

    Else a list of "related pages" that is shuffled for each visitor would make a new version of the
    site's documents in every run, and put their entries in another order.
    """
    if set(new.links) != set(known.links):
        return new
    content = replace(new, links=known.links)
    if new.sha256 == known.sha256 or not _is_shuffled(new.markdown, known.markdown):
        return content
    extract = replace(new.extract, lead=known.extract.lead)
    return replace(content, extract=extract, markdown=known.markdown, sha256=known.sha256)


def _is_shuffled(new: str, known: str) -> bool:
    # What looks like a link within code is code, where every order matters.
    if len(new) != len(known) or len(new) > _MAX_CHARS or "```" in new or "~~~" in new:
        return False
    return _LINK.sub("[]", new) == _LINK.sub("[]", known) and sorted(_LINK.findall(new)) == sorted(_LINK.findall(known))

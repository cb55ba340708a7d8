"""What a second visit to a page takes from the first, where the page is the same but for what is random in it."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from llmstxt_sched.extraction.model import Content, ContentFacts

# In characters; comparing ten million would hold the GIL for a second.
_MAX_COMPARED_CHARS: Final = 500_000
# Neither part may contain its own opening bracket, so that hostile text is matched in linear time.
_RANDOM_PLACE: Final = re.compile(
    # React's ids, UUIDs, and digests with or without a word before them.
    r"(?<=#)(?:[\w-]*:r[0-9a-z]+:[\w-]*|(?:[a-z]+[-_])?(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|"
    r"[a-z]?(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,40}))(?=\))"
)
_LINK: Final = re.compile(r"\[[^\[\]\n]*\]\([^()\s]*\)")


def may_be_as_before(new: Content, known: ContentFacts) -> bool:
    """Whether the text of `known` can tell that `new` is the same but for what is random in it."""
    is_other = new.sha256 != known.sha256 and new.lines == known.lines
    return is_other and len(new.markdown) <= _MAX_COMPARED_CHARS


def keep_links(new: Content, known: ContentFacts) -> Content:
    """Return `new`, with the link order of `known` if both have the same links."""
    return replace(new, links=known.links) if set(new.links) == set(known.links) else new


def keep_link_order(new: Content, known: Content) -> Content:
    """Return `new`, with the link order and text of `known` if only the order of links differs.

    Otherwise a list of "related pages" that is shuffled for each visitor would lead to a new version of the site's
    documents in every run, with their entries in another order.
    """
    content = keep_links(new, known)
    if content.links != known.links or new.sha256 == known.sha256 or not _is_shuffled(new.markdown, known.markdown):
        return content
    said = known.extract
    leads = {"lead": said.lead, "more_leads": said.more_leads, "part_leads": said.part_leads}
    extract = replace(new.extract, **leads, outline=said.outline)
    return _with_text_of(replace(content, extract=extract), known)


def keep_places(new: Content, known: Content) -> Content:
    """Return `new`, with the text of `known` if it only links to other random ids of elements in its pages.

    Some frameworks make new ids for every visit, and whether one is new is seen only beside another visit's.
    """
    if not may_be_as_before(new, known):
        return new
    lines, others = new.markdown.split("\n"), known.markdown.split("\n")
    pairs = [(line, other) for line, other in zip(lines, others, strict=True) if line != other]
    if any("`" in line or _RANDOM_PLACE.sub("", line) != _RANDOM_PLACE.sub("", other) for line, other in pairs):
        return new
    return _with_text_of(new, known)


def _with_text_of(new: Content, known: Content) -> Content:
    return replace(new, markdown=known.markdown, sha256=known.sha256, shown=known.shown)


def _is_shuffled(new: str, known: str) -> bool:
    # Pages with code blocks are left out: text in code may look like links, and its order matters.
    if len(new) != len(known) or "```" in new or "~~~" in new:
        return False
    return _LINK.sub("[]", new) == _LINK.sub("[]", known) and sorted(_LINK.findall(new)) == sorted(_LINK.findall(known))

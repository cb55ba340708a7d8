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
# A line that is nothing but links, each of them left as [], with signs between them: maybe an item, but no step of a
# numbered list and no row of a table.  And one that says what its links are, such as tags.
_SIGNS: Final = r"[\s,;|/\u00b7\u2022*_]*"
_ONLY_LINKS: Final = re.compile(rf" *+(?:- )?(?!\|){_SIGNS}(?:\[\]{_SIGNS})*")
_NAMED_LINKS: Final = re.compile(rf" *+(?:- )?(?!\|)[^\[\]:]{{1,40}}:{_SIGNS}(?:\[\]{_SIGNS})+\.?")
_FENCE: Final = re.compile(r"[ >-]*(`{3,}|~{3,})")


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
    # Markdown of the site itself may begin or end with empty lines, which do not count as lines of a page.
    if len(lines) != len(others):
        return new
    pairs = [(line, other) for line, other in zip(lines, others, strict=True) if line != other]
    if any("`" in line or _RANDOM_PLACE.sub("", line) != _RANDOM_PLACE.sub("", other) for line, other in pairs):
        return new
    return _with_text_of(new, known)


def _with_text_of(new: Content, known: Content) -> Content:
    return replace(new, markdown=known.markdown, sha256=known.sha256, shown=known.shown)


def _is_shuffled(new: str, known: str) -> bool:
    """Whether all that differs is the order of links that stand by themselves: in a sentence it says something else."""
    if len(new) != len(known):
        return False
    lines, others = new.split("\n"), known.split("\n")
    if len(lines) != len(others):
        return False
    fence = ""
    # The links of lines that follow each other and are nothing but such.
    listed: list[str] = []
    listed_before: list[str] = []
    for line, other in zip([*lines, "."], [*others, "."], strict=True):
        left = _LINK.sub("[]", line)
        is_other = line != other
        if is_other and (fence or left != _LINK.sub("[]", other)):
            return False
        if not fence and _ONLY_LINKS.fullmatch(left):
            listed += _LINK.findall(line)
            listed_before += _LINK.findall(other)
            continue
        if sorted(listed) != sorted(listed_before):
            return False
        listed, listed_before = [], []
        if is_other and not (_NAMED_LINKS.fullmatch(left) and _has_same_links(line, other)):
            return False
        fence = _fence_after(fence, line)
    return True


def _has_same_links(line: str, other: str) -> bool:
    return sorted(_LINK.findall(line)) == sorted(_LINK.findall(other))


def _fence_after(fence: str, line: str) -> str:
    """The fence of the block of code that goes on after a line; `fence` is that of the block that it is in, or ''."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    return "" if line.endswith(found[1]) and found[1].startswith(fence) else fence

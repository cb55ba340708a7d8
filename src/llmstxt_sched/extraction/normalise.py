"""Removes from a page's Markdown what differs between two visits although the page did not change.

These are dates of update, counters and relative times.  A page that only shuffles its links at every request has not
changed either.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from llmstxt_sched.extraction.model import Content

_AGO = re.compile(
    r"\b(?:(?:\d+|an?|one|a few|few|several)\s+(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?)\s+ago|just now|"
    r"moments? ago|less than a minute ago)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:this (?:page|document|article|file|documentation|site) (?:was|has been) |page |document |docs? )?"
    r"(?:last|recently)?\s*(?:updated|modified|edited|changed|revised|generated|built|published|rendered)\b"
    r"(?:\s+(?:on|at|by|in|with|using))*\s*:?.{0,90}",
    re.IGNORECASE,
)
_HAS_DATE = re.compile(r"\d{1,4}[-/. ]\d|\d{4}|\d:\d\d|some time ago|\blast (?:updated|modified|edited)", re.IGNORECASE)
_COUNTERS = re.compile(
    r"(?:[\d.,]+\s*[km]?\s*(?:views?|likes?|reads?|shares?|comments?|claps?|reactions?|downloads?|hits?|visits?|visitors?|"
    r"people (?:online|reading)|users? online|votes?|stars?)\b|"
    r"(?:views?|likes?|reads?|shares?|hits?|visits?|visitors?|page views?|downloads?|votes?)\s*:\s*[\d.,]+\s*[km]?\b)",
    re.IGNORECASE,
)
_FACTS = re.compile(r"(\s+[·•|]\s+)")
_MARKUP = re.compile(r"[*_#>|~·•()\[\]-]+|(?<=\])\([^)]*\)")
# Longer lines, in characters, are prose and are kept as they are.
_MAX_LINE = 140
# Query parameters of assets that name a build or a time.
_CACHE_BUSTERS = re.compile(
    r"(?:v|ver|version|t|ts|time|timestamp|cb|cachebuster|hash|rev|_)=[^&]*(?:&|$)", re.IGNORECASE
)
# In characters; comparing ten million would hold the GIL for a second.
_MAX_COMPARED_CHARS = 500_000
# Neither part may contain its own opening bracket, so that hostile text is matched in linear time.
_LINK = re.compile(r"\[[^\[\]\n]*\]\([^()\s]*\)")


def stable_asset(url: str) -> str:
    """The URL of an image, without query parameters that only serve to bypass caches."""
    address, _, query = url.partition("?")
    query = _CACHE_BUSTERS.sub("", query) if query else ""
    return f"{address}?{query}".rstrip("&?")


def decode_email(hidden: str) -> str:
    """Decode an e-mail address that Cloudflare obfuscates, with a new key at each request; '' if it is invalid.

    `hidden` is in hex: one byte for the key, then each byte of the address XORed with the key.
    """
    try:
        key, *rest = bytes.fromhex(hidden)
        return bytes(byte ^ key for byte in rest).decode()
    except ValueError:
        return ""


def normalise(markdown: str) -> str:
    """`markdown` without dates of update, counters and relative times, its runs of blank lines reduced to one.

    `markdown` must not contain code, which would be changed as well.
    """
    lines: list[str] = []
    for line in markdown.split("\n"):
        line = _AGO.sub("some time ago", line.rstrip()) if "ago" in line or "just now" in line else line.rstrip()
        if line and len(line) <= _MAX_LINE:
            line = _without_counters(line)
            if _is_volatile(line):
                continue
        if line or (lines and lines[-1]):
            lines.append(line)
    while lines and lines[-1] in ("", "---"):
        lines.pop()
    return "\n".join(lines)


def _without_counters(line: str) -> str:
    """A line of facts such as `2 May · 3 min read · 41 views`, without counters such as the number of views."""
    parts = _FACTS.split(line)
    if len(parts) < 3 or line.startswith("|"):
        return line
    kept = [part for part in parts[::2] if not _COUNTERS.fullmatch(part.strip())]
    return line if len(kept) * 2 == len(parts) + 1 else parts[1].join(kept)


def _is_volatile(line: str) -> bool:
    text = " ".join(_MARKUP.sub(" ", line).split())
    if _UPDATED.fullmatch(text) and _HAS_DATE.search(text):
        return True
    return not line.strip() or (bool(text) and not _COUNTERS.sub("", text).strip(" ,;.·|"))


def keep_link_order(new: Content, known: Content) -> Content:
    """Return `new`, with the link order and text of `known` if only the order of links differs.

    Otherwise a list of "related pages" that is shuffled for each visitor would lead to a new version of the site's
    documents in every run, with their entries in another order.
    """
    if set(new.links) != set(known.links):
        return new
    content = replace(new, links=known.links)
    if new.sha256 == known.sha256 or not _is_shuffled(new.markdown, known.markdown):
        return content
    extract = replace(new.extract, lead=known.extract.lead)
    return replace(content, extract=extract, markdown=known.markdown, sha256=known.sha256)


def _is_shuffled(new: str, known: str) -> bool:
    # Pages with code blocks are left out: text in code may look like links, and its order matters.
    if len(new) != len(known) or len(new) > _MAX_COMPARED_CHARS or "```" in new or "~~~" in new:
        return False
    return _LINK.sub("[]", new) == _LINK.sub("[]", known) and sorted(_LINK.findall(new)) == sorted(_LINK.findall(known))

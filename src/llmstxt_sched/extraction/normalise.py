"""What differs between two visits of a page that did not change: left out of its Markdown.

It never sees code.  A page that deals the same links in another order at every request has not changed either.
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
_SHORT = 140
# Parameters of assets that name a build or a moment.
_BUST = re.compile(r"(?:v|ver|version|t|ts|time|timestamp|cb|cachebuster|hash|rev|_)=[^&]*(?:&|$)", re.IGNORECASE)
# Ten million would hold the interpreter for a second.
_MAX_CHARS = 500_000
# Neither part may hold what opens it again, so that hostile text is gone through once.
_LINK = re.compile(r"\[[^\[\]\n]*\]\([^()\s]*\)")


def stable_asset(url: str) -> str:
    """The address of an image without the parameters that only get around caches."""
    address, _, query = url.partition("?")
    query = _BUST.sub("", query) if query else ""
    return f"{address}?{query}".rstrip("&?")


def decoded_email(hidden: str) -> str:
    """The address that Cloudflare hides from robots, with another key each time; '' where it is none.

    Hex digits: a key, and the address's bytes, each combined with the key by exclusive or.
    """
    try:
        key, *rest = bytes.fromhex(hidden)
        return bytes(byte ^ key for byte in rest).decode()
    except ValueError:
        return ""


def normalise(markdown: str) -> str:
    """`markdown` without dates of update, counters and relative times; runs of blank lines are one."""
    lines: list[str] = []
    for line in markdown.split("\n"):
        line = _AGO.sub("some time ago", line.rstrip()) if "ago" in line or "just now" in line else line.rstrip()
        if line and len(line) <= _SHORT:
            line = _without_counters(line)
            if _is_volatile(line):
                continue
        if line or (lines and lines[-1]):
            lines.append(line)
    while lines and lines[-1] in ("", "---"):
        lines.pop()
    return "\n".join(lines)


def _without_counters(line: str) -> str:
    """A line of facts such as `2 May · 3 min read · 41 views` without those that count visits."""
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

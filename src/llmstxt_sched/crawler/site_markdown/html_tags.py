"""Writes the usual tags of HTML in a site's own Markdown as Markdown: pictures, links, emphasis, layout.  Pure.

Other tags stay: a component says what it is by its name, and `Vec<T>` is none.
"""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

from llmstxt_sched.crawler.site_markdown.raw_html import is_unseen
from llmstxt_sched.documents.text import safe_url

# Passed over, by the first group, are what is escaped and spans of code (CommonMark 2.4 and 6.1).
_PASSED_OVER = r"(?P<code>\\<|(?<!`)(`{1,5})(?!`)[^\n]{0,500}?(?<!`)\2(?!`))|"
_ATTRIBUTES = r"(?:\s[^<>]*)?"
_LAYOUT = (
    "article|center|details|div|figcaption|figure|font|footer|header|main|nobr|p|picture|section|small|source|span|"
    "summary|u"
)
_TAG = re.compile(
    rf"{_PASSED_OVER}<(?P<picture>img)(?P<of_picture>\s[^<>]*)>|<(?P<break>br)\s*/?>|</?(?P<layout>{_LAYOUT})(?P<of_layout>{_ATTRIBUTES})>|"
    r"<(?P<mark>b|strong|i|em|code|kbd|tt|samp|sup|sub)>(?P<marked>[^<>`*\n]{1,200})</(?P=mark)>",
    re.IGNORECASE,
)
_LINK = re.compile(
    rf"{_PASSED_OVER}<a(?P<of_link>\s[^<>]*)>(?P<label>[^<>\n]{{0,500}})</a>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""\s([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
# With what follows, it would be another tag.
_UNFINISHED = re.compile(r"<[\w/!-]{0,30}\Z")
_MARKS = {**dict.fromkeys(["b", "strong"], "**"), **dict.fromkeys(["i", "em"], "*")}
_SCRIPTS = {"sup": "^", "sub": "_"}
_ONE_TOKEN = re.compile(r"[+-]?\w+")
# What is indented or quoted may be code, and what follows the beginning of code in an item is.
_MAY_BE_CODE = re.compile(r" {4}|\t| {0,3}>")
_CODE_IN_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]{1,4}(?:```|~~~)")


def without_tags(markdown: str, url: str) -> str:
    """`markdown` of the page at `url`, in which there is no fenced code, without the usual tags of HTML."""
    if "<" not in markdown:
        return markdown
    lines = markdown.split("\n")
    for at, line in enumerate(lines):
        if _CODE_IN_ITEM.match(line):
            break
        if "<" in line and not _MAY_BE_CODE.match(line):
            written = _LINK.sub(lambda found: _link(found, url), _TAG.sub(lambda found: _tag(found, url), line))
            lines[at] = written if written.strip() else ""
    return "\n".join(lines)


def _tag(found: re.Match[str], url: str) -> str:
    if found["code"] or _UNFINISHED.search(found.string, max(found.start() - 32, 0), found.start()):
        return found[0]
    if found["break"]:
        return " "
    if found["picture"]:
        attributes = _attributes(found["of_picture"])
        address = _address(attributes.get("src", ""), url)
        alt = attributes.get("alt", "").translate(str.maketrans("[]\n", "() "))
        return f"![{alt}]({address})" if address else alt
    if found["layout"]:
        # What is left of what is hidden has no end, and would be seen.
        return found[0] if is_unseen(found["layout"].lower(), found["of_layout"]) else ""
    mark = found["mark"].lower()
    text = found["marked"]
    if mark in _SCRIPTS:
        return f"{_SCRIPTS[mark]}{text}" if _ONE_TOKEN.fullmatch(text) else text
    if text != text.strip():
        return text
    around = _MARKS.get(mark, "`")
    return f"{around}{text if mark in _MARKS else html.unescape(text)}{around}"


def _link(found: re.Match[str], url: str) -> str:
    if found["code"]:
        return found[0]
    address, label = _address(_attributes(found["of_link"]).get("href", ""), url), found["label"].strip()
    return f"[{label}]({address})" if address and label else label


def _attributes(written: str) -> dict[str, str]:
    return {
        each[1].lower(): html.unescape(each[2] or each[3] or each[4] or "") for each in _ATTRIBUTE.finditer(written)
    }


def _address(target: str, url: str) -> str:
    """The target as an absolute address; '' if it is none, or no address of the web."""
    try:
        address = urljoin(url, target.strip()) if target.strip() else ""
    except ValueError:
        return ""
    return safe_url(address) if address.startswith(("http://", "https://", "mailto:")) else ""

"""From the main content of a page to clean Markdown that stays the same where the page did."""

from __future__ import annotations

import re
from hashlib import sha256

from html_to_markdown import ConversionOptions, PreprocessingOptions, convert
from selectolax.lexbor import LexborHTMLParser, LexborNode

from llmstxt_sched.documents.text import safe_url, visible
from llmstxt_sched.extraction import selectors
from llmstxt_sched.extraction.code_blocks import lift_code, put_back
from llmstxt_sched.extraction.links import absolute
from llmstxt_sched.extraction.normalise import decoded_email, normalise, stable_asset

_OPTIONS = ConversionOptions(
    autolinks=False,
    bullets="-",
    compact_tables=True,
    # Each of these would write something that the page does not show.
    expand_abbreviations=False,
    include_blockquote_citations=False,
    extract_metadata=False,
    highlight_style="none",
    # What is content has been picked already, and more exactly.
    preprocessing=PreprocessingOptions(enabled=False),
    hidden_content="all",
)
_CODE = re.compile(r"(<(?:code|kbd|samp|tt)\b[^<>]*>.*?</(?:code|kbd|samp|tt)>)")
# What of a text would be a tag, a code span, a link or its definition in Markdown.
_ACTIVE = re.compile(r"&lt;(?=[A-Za-z/!?])|`|\](?=[(:])|&amp;(?=#?\w{1,40};)")
# Stands for a backslash until the conversion is over, which would escape a real one.  Private use: `visible`
# takes it out of every page's text.
_BACKSLASH = "\ue000"


def to_markdown(tree: LexborHTMLParser, main: LexborNode, text: str, base: str) -> str:
    """The Markdown of `main`, a part of `tree`, which is changed by it.  `text` is the whole page's.

    Links are absolute (resolved against `base`), code is fenced byte for byte, there is no raw HTML, and
    what differs between two visits of an unchanged page is left out (`crawler.volatile`).
    """
    lifted = lift_code(tree, main, text)
    _rewrite_links(main, base)
    _rewrite_images(main, base)
    _rewrite_signatures(main)
    for label in main.css(selectors.CODE_LABELS):
        label.decompose()
    for paragraph in main.css(selectors.LONE_PARAGRAPHS):
        paragraph.unwrap()
    converted = convert(_inert(main.html or ""), _OPTIONS).content or ""
    return visible(put_back(converted.replace(_BACKSLASH, "\\"), lifted, normalise)).strip("\n") + "\n"


def content_sha256(markdown: str) -> str:
    """The hash, in hex, that tells whether a page changed."""
    return sha256(markdown.encode()).hexdigest()


def _rewrite_links(main: LexborNode, base: str) -> None:
    for hidden in main.css(selectors.HIDDEN_EMAIL):
        hidden.replace_with(decoded_email(hidden.attrs.sget("data-cfemail") or ""))
    for link in main.css("a"):
        href = (link.attrs.sget("href") or "").strip()
        if not link.text(strip=True) and not link.css_first("img"):
            link.decompose()
            continue
        target = _target(base, href) if href else ""
        if target and not _in_heading(link):
            link.attrs["href"] = target
            if "title" in link.attrs:
                del link.attrs["title"]
        else:
            link.unwrap()


def _target(base: str, href: str) -> str:
    """`href` made absolute, in its one written form and with its fragment; '' where it leads nowhere."""
    if href[:7].lower() == "mailto:":
        return safe_url(href)
    if "/cdn-cgi/l/email-protection" in href:
        return ""
    address = absolute(base, href)
    _, mark, fragment = href.partition("#")
    return safe_url(f"{address}{mark}{fragment}") if address else ""


def _in_heading(link: LexborNode) -> bool:
    """A heading that is one link to itself is a permalink in disguise."""
    parent = link.parent
    return parent is not None and (parent.tag or "") in ("h1", "h2", "h3", "h4", "h5", "h6")


def _rewrite_images(main: LexborNode, base: str) -> None:
    for image in main.css("img"):
        alt = " ".join((image.attrs.sget("alt") or "").split())
        source = _target(base, image.attrs.sget("src") or "")
        if not alt or not source:
            image.replace_with(alt)
            continue
        image.attrs["src"] = stable_asset(source)
        if "title" in image.attrs:
            del image.attrs["title"]


def _rewrite_signatures(main: LexborNode) -> None:
    """Signatures that Sphinx and Doxygen set as text or tables are code, and hold signs that Markdown would
    read as emphasis."""
    for term in main.css(selectors.SIGNATURES):
        text = " ".join(term.text().split())
        term.inner_html = "<code></code>"
        child = term.css_first("code")
        if child is not None:
            child.insert_child(text)


def _inert(html: str) -> str:
    """`html` whose text cannot be read as markup once it is Markdown: no line of it begins anew, no sign of
    it makes a tag, a code span, a link or an entity."""
    parts = _CODE.split(html.replace(_BACKSLASH, "").replace("\n", " ").replace("\r", " ").replace("\f", " "))
    parts[::2] = [_ACTIVE.sub(rf"{_BACKSLASH}\g<0>", part) for part in parts[::2]]
    return "".join(parts)

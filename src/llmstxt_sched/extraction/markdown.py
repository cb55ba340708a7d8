"""Converts a page's main content to clean Markdown, which stays the same as long as the page does."""

from __future__ import annotations

import re
from hashlib import sha256

from html_to_markdown import ConversionOptions, PreprocessingOptions, convert
from selectolax.lexbor import LexborHTMLParser, LexborNode

from llmstxt_sched.documents.text import safe_url, visible
from llmstxt_sched.extraction import selectors
from llmstxt_sched.extraction.code_blocks import extract_code, restore_code
from llmstxt_sched.extraction.links import absolute
from llmstxt_sched.extraction.normalise import decode_email, normalise, stable_asset

_OPTIONS = ConversionOptions(
    autolinks=False,
    bullets="-",
    compact_tables=True,
    # Each of these options would write something that the page does not show.
    expand_abbreviations=False,
    include_blockquote_citations=False,
    extract_metadata=False,
    highlight_style="none",
    # The main content has already been selected, and more precisely.
    preprocessing=PreprocessingOptions(enabled=False),
    hidden_content="all",
)
_INLINE_CODE = re.compile(r"(<(?:code|kbd|samp|tt)\b[^<>]*>.*?</(?:code|kbd|samp|tt)>)")
# Characters of escaped HTML text that would begin a tag, a code span, a link, a link definition or an entity in
# Markdown.
_ACTIVE = re.compile(r"&lt;(?=[A-Za-z/!?])|`|\](?=[(:])|&amp;(?=#?\w{1,40};)")
# Stands for a backslash during the conversion, which would escape a real one.  A private use character, which
# `_escape_active` removes from the page's own text.
_BACKSLASH = "\ue000"


def to_markdown(tree: LexborHTMLParser, main: LexborNode, text: str, base: str) -> str:
    """Convert `main`, a part of `tree`, to Markdown, modifying `tree`.  `text` is that of the whole page.

    Links are absolute (resolved against `base`), code is unchanged, there is no raw HTML, and what differs between
    two visits of an unchanged page is left out (see `extraction.normalise`).
    """
    extracted = extract_code(tree, main, text)
    _rewrite_links(main, base)
    _rewrite_images(main, base)
    _rewrite_signatures(main)
    for label in main.css(selectors.CODE_LABELS):
        label.decompose()
    for paragraph in main.css(selectors.LONE_PARAGRAPHS):
        paragraph.unwrap()
    converted = convert(_escape_active(main.html or ""), _OPTIONS).content or ""
    return visible(restore_code(converted.replace(_BACKSLASH, "\\"), extracted, normalise)).strip("\n") + "\n"


def content_sha256(markdown: str) -> str:
    """The SHA-256 of a page's Markdown, in hex, which tells whether the page changed."""
    return sha256(markdown.encode()).hexdigest()


def _rewrite_links(main: LexborNode, base: str) -> None:
    for hidden in main.css(selectors.HIDDEN_EMAIL):
        hidden.replace_with(decode_email(hidden.attrs.sget("data-cfemail") or ""))
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
    """`href` as an absolute URL in canonical form, with its fragment; '' if it is not a link worth keeping."""
    if href[:7].lower() == "mailto:":
        return safe_url(href)
    if "/cdn-cgi/l/email-protection" in href:
        return ""
    address = absolute(base, href)
    _, hash_sign, fragment = href.partition("#")
    return safe_url(f"{address}{hash_sign}{fragment}") if address else ""


def _in_heading(link: LexborNode) -> bool:
    """Whether the link's parent is a heading: such a link is usually the heading's permalink."""
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
    """Mark the signatures of Sphinx and Doxygen as code, because Markdown would read some characters as emphasis."""
    for term in main.css(selectors.SIGNATURES):
        text = " ".join(term.text().split())
        term.inner_html = "<code></code>"
        child = term.css_first("code")
        if child is not None:
            child.insert_child(text)


def _escape_active(html: str) -> str:
    """Escape what Markdown would read as a tag, code span, link or entity in the text of `html`.

    Line breaks become spaces, so that no text can begin a line and be read as a block.
    """
    parts = _INLINE_CODE.split(html.replace(_BACKSLASH, "").replace("\n", " ").replace("\r", " ").replace("\f", " "))
    parts[::2] = [_ACTIVE.sub(rf"{_BACKSLASH}\g<0>", part) for part in parts[::2]]
    return "".join(parts)

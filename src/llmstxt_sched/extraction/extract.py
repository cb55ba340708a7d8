"""Extracts from one HTML page what the documents need.  Pure: takes bytes, returns Content."""

from __future__ import annotations

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction import selectors
from llmstxt_sched.extraction.boilerplate import remove_boilerplate
from llmstxt_sched.extraction.charset import decode
from llmstxt_sched.extraction.excerpt import read_excerpt
from llmstxt_sched.extraction.links import absolute, base_url, find_links
from llmstxt_sched.extraction.main_content import find_main_content
from llmstxt_sched.extraction.markdown import content_sha256, to_markdown
from llmstxt_sched.extraction.metadata import Metadata, fold, read_metadata
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.extraction.navigation import find_section
from llmstxt_sched.extraction.nesting import check_nesting

# Increase it with every change to the Markdown, texts or links that a page yields: stored content of an older version
# is then fetched again in full.
EXTRACTOR_VERSION = 1

# Characters at which a text of the page is cut off; a real title, note or label is shorter.
_MAX_TEXT = 600


def extract(body: bytes, url: str, content_type: str) -> Content:
    """Extract the content of the page `body`, fetched from `url` with the Content-Type header `content_type`.

    Raises FetchFailed("parse_error") if its elements nest too deeply to be parsed.
    """
    text = decode(body, content_type)
    check_nesting(text)
    tree = LexborHTMLParser(text, options=LexborDocumentOptions.WO_EVENTS.value, scripting=True)
    metadata = read_metadata(tree)
    base = base_url(tree, url)
    links, self_links = find_links(tree, url, base)
    group = find_section(tree, self_links)
    root = tree.body
    if root is None:
        return Content(
            _make_extract(metadata, group), "", content_sha256(""), links, noindex=metadata.directives.noindex
        )
    remove_boilerplate(root)
    main = find_main_content(root)
    h1 = _only_h1(main) or _only_h1(root)
    heading, lead = main.css_first(selectors.HEADINGS), read_excerpt(main)
    first_heading = fold(heading.text()) if heading is not None else ""
    markdown = to_markdown(tree, main, text, base)
    return Content(
        extract=_make_extract(metadata, group, h1, first_heading, lead),
        markdown=markdown,
        sha256=content_sha256(markdown),
        links=links,
        canonical=absolute(base, metadata.canonical) if metadata.canonical else "",
        noindex=metadata.directives.noindex,
        nofollow=metadata.directives.nofollow,
    )


def _make_extract(metadata: Metadata, group: str, h1: str = "", first_heading: str = "", lead: str = "") -> Extract:
    return Extract(
        title=visible(metadata.title[:_MAX_TEXT]),
        h1=visible(h1[:_MAX_TEXT]),
        first_heading=visible(first_heading[:_MAX_TEXT]),
        site_name=visible(metadata.site_name[:_MAX_TEXT]),
        description=visible(metadata.description[:_MAX_TEXT]),
        og_description=visible(metadata.og_description[:_MAX_TEXT]),
        lead=visible(lead),
        section=visible(group),
    )


def _only_h1(node: LexborNode) -> str:
    found = node.css("h1")
    return fold(found[0].text()) if len(found) == 1 else ""

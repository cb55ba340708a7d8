"""From one HTML page to what the documents need of it.  Pure: bytes in, Content out."""

from __future__ import annotations

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction import selectors
from llmstxt_sched.extraction.boilerplate import prune
from llmstxt_sched.extraction.charset import decode
from llmstxt_sched.extraction.excerpt import read_excerpt
from llmstxt_sched.extraction.links import absolute, base_of, links_of
from llmstxt_sched.extraction.main_content import find_main_content
from llmstxt_sched.extraction.markdown import content_sha256, to_markdown
from llmstxt_sched.extraction.metadata import Metadata, fold, read_metadata
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.extraction.navigation import section
from llmstxt_sched.extraction.nesting import check_nesting

# Raise it with every change of what a page's Markdown, texts or links come out as: stored content of
# another version is asked for anew.
EXTRACTOR_VERSION = 1

# A text of the page is cut here: what is longer is no title, note or label.
_MAX_TEXT = 600


def extract(body: bytes, url: str, content_type: str) -> Content:
    """What the page `body`, found at `url` and sent as `content_type`, says.

    Raises FetchFailed("parse_error") where its elements nest too deep to be parsed.
    """
    text = decode(body, content_type)
    check_nesting(text)
    tree = LexborHTMLParser(text, options=LexborDocumentOptions.WO_EVENTS.value, scripting=True)
    metadata = read_metadata(tree)
    base = base_of(tree, url)
    links, own = links_of(tree, url, base)
    group = section(tree, own)
    root = tree.body
    if root is None:
        return Content(_extract(metadata, group), "", content_sha256(""), links, noindex=metadata.directives.noindex)
    prune(root)
    main = find_main_content(root)
    h1 = _only_h1(main) or _only_h1(root)
    heading, lead = main.css_first(selectors.HEADINGS), read_excerpt(main)
    first_heading = fold(heading.text()) if heading is not None else ""
    markdown = to_markdown(tree, main, text, base)
    return Content(
        extract=_extract(metadata, group, h1, first_heading, lead),
        markdown=markdown,
        sha256=content_sha256(markdown),
        links=links,
        canonical=absolute(base, metadata.canonical) if metadata.canonical else "",
        noindex=metadata.directives.noindex,
        nofollow=metadata.directives.nofollow,
    )


def _extract(metadata: Metadata, group: str, h1: str = "", first_heading: str = "", lead: str = "") -> Extract:
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

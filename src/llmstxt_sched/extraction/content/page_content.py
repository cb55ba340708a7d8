"""Finds the element that holds a page's content, and drops from it what is no content."""

from __future__ import annotations

from llmstxt_sched.extraction.content.article.article_page import looks_like_article
from llmstxt_sched.extraction.content.article.beside_article import Judged, drop_beside_article
from llmstxt_sched.extraction.content.bars.bare_headings import drop_bare_headings
from llmstxt_sched.extraction.content.bars.columns import drop_columns
from llmstxt_sched.extraction.content.bars.layout_tables import drop_layout_cells
from llmstxt_sched.extraction.content.bars.link_bars import drop_colophon, drop_link_bars
from llmstxt_sched.extraction.content.bars.logos import drop_logos
from llmstxt_sched.extraction.content.bars.trails import drop_trail
from llmstxt_sched.extraction.content.main_element.main_content import find_main_content
from llmstxt_sched.extraction.content.main_element.search_page import drop_search_page
from llmstxt_sched.extraction.content.site_titles import drop_site_name
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.head.metadata import Metadata
from llmstxt_sched.extraction.links import Addresses


def find_content(tree: Tree, text: str, metadata: Metadata, self_links: list[Element], addresses: Addresses) -> Judged:
    """The element that holds the content of the page `text`, from which boilerplate has been dropped.

    Where the project says what is content, it is all of that.
    """
    if tree.kept:
        return Judged(tree.body)
    main = find_main_content(tree)
    drop_search_page(tree, main)
    if main is tree.body:
        drop_link_bars(tree, main)
    drop_columns(tree, main, self_links)
    drop_layout_cells(tree, main)
    drop_trail(tree, main, self_links, metadata.title)
    drop_bare_headings(tree, main)
    drop_logos(tree, main, addresses)
    drop_site_name(tree, main, metadata.title)
    drop_colophon(main)
    if looks_like_article(tree, main, text, says_so=metadata.is_article, self_links=self_links):
        return drop_beside_article(tree, main)
    return Judged(main)

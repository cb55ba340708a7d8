"""Finds a page's place in its site: by the site's own navigation, else by the breadcrumbs in its JSON-LD."""

from __future__ import annotations

from llmstxt_sched.documents.model import SECTION_SEPARATOR
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.head.metadata import Metadata
from llmstxt_sched.extraction.links import Addresses
from llmstxt_sched.extraction.place.breadcrumbs import said_breadcrumbs
from llmstxt_sched.extraction.place.navigation import find_section


def find_place(
    tree: Tree, url: str, metadata: Metadata, self_links: list[Element], addresses: Addresses
) -> tuple[str, int]:
    """`Extract.section` and `Extract.rank` of the page at `url`."""
    section, rank = find_section(tree, self_links, addresses)
    if not section and metadata.crumbs:
        # The first heading may be the site's.
        titles = [metadata.title, *(heading.words() for heading in tree.tagged("h1")[:2])]
        crumbs = said_breadcrumbs(metadata.crumbs, url, addresses, titles=titles, site_name=metadata.site_name)
        section = SECTION_SEPARATOR.join(crumbs)
    return section, rank

"""Reads what a page is called and what it says of itself."""

from __future__ import annotations

from typing import NamedTuple

from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.main_element.page_title import heading_above, show_signs, title_of
from llmstxt_sched.extraction.dom.retagging.new_tag import name as rename
from llmstxt_sched.extraction.dom.tree import Element, Tree, shown
from llmstxt_sched.extraction.head.metadata import Metadata
from llmstxt_sched.extraction.markdown.inline.inline_writer import InlineWriter
from llmstxt_sched.extraction.normalise import normalise_line
from llmstxt_sched.extraction.place.breadcrumbs import own_crumb
from llmstxt_sched.extraction.summary.excerpt import read_excerpts
from llmstxt_sched.extraction.summary.hero import line_of_hero
from llmstxt_sched.extraction.summary.imprint import says_terms
from llmstxt_sched.extraction.summary.manual_page import does_of_manual, name_of_manual
from llmstxt_sched.extraction.summary.outline import read_outline
from llmstxt_sched.extraction.summary.repetition import repeats_heading


class PageSummary(NamedTuple):
    """What is found before the page is written.

    `title` is the element that names it, which may stand outside the main content, and `line` what stands below that in
    its hero.  `heading` is the first heading of the main content, `second_heading` the next one, `manual_name` what a
    manual calls the page, or ''.  `description` and `og_description` are those of <head>, without one that a generator
    cut out of the page.
    """

    title: Element | None
    line: Element | None
    heading: Element | None
    second_heading: Element | None
    manual_name: str
    leads: list[str]
    part_leads: list[str]
    outline: str
    description: str
    og_description: str


def summarise(tree: Tree, main: Element, metadata: Metadata, inline: InlineWriter) -> PageSummary:
    """Summarise a page with the main content `main`, before its blocks are written, which moves links in the tree."""
    own = title_of(tree, main, metadata.title)
    if own is not None:
        show_signs(own, metadata.title)
    heading = tree.first(main, selectors.HEADINGS)
    said = metadata.title if heading is not own else ""
    named = name_of_manual(tree, heading, said) if heading is not None else ""
    leads, part_leads = read_excerpts(tree, main, own, inline)
    does = visible(does_of_manual(tree, main, inline)) if not named else ""
    if does:
        leads = [does, *(lead for lead in leads if not lead.endswith(does))]
    title = own or heading_above(tree, main, metadata.title) or _named_by_crumbs(tree, heading, metadata.title)
    line = line_of_hero(title, main) if title is not None else None
    leads = [*_of_hero(line, inline), *leads]
    outline = "" if leads and not says_terms(leads[0]) else read_outline(tree, main)
    leads = [] if outline else leads
    descriptions = [metadata.description, metadata.og_description]
    if leads:
        descriptions = ["" if repeats_heading(text, tree, main, own) else text for text in descriptions]
    second = _behind(tree, main, heading) if heading is not None else None
    return PageSummary(
        title, line, heading, second, named, leads, part_leads, outline, descriptions[0], descriptions[1]
    )


def _behind(tree: Tree, main: Element, first: Element) -> Element | None:
    """The heading in `main` after its first one."""
    return next(filter(lambda node: node.at > first.at, shown(tree.tagged(*selectors.HEADINGS), main)), None)


def _named_by_crumbs(tree: Tree, heading: Element | None, said: str) -> Element | None:
    """The last of the breadcrumbs as a page's title, where neither <title> nor a first heading says as much.

    Compodoc's pages of classes have no other.
    """
    if next(shown(tree.tagged("h1"), tree.body), None) is not None:
        return None
    crumb = own_crumb(tree)
    words = crumb.words() if crumb is not None else ""
    first = heading.words() if heading is not None else ""
    # A heading that <title> has as well is the page's.
    if crumb is None or words in said or words in first or (first and first in said):
        return None
    rename(crumb, "h1")
    return crumb


def _of_hero(line: Element | None, inline: InlineWriter) -> list[str]:
    """The text of the line in a page's hero."""
    return [] if line is None else list(filter(None, [visible(normalise_line(inline.text(line.children))[0])]))

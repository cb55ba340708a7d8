"""Extracts from one HTML page what the documents need.  Pure: takes bytes, returns Content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from llmstxt_sched.documents.model import SECTION_SEPARATOR, Extract
from llmstxt_sched.documents.selection.prints import is_for_printing
from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.collector import without_collector
from llmstxt_sched.extraction.content.article.article_page import looks_like_article
from llmstxt_sched.extraction.content.article.beside_article import Judged, drop_beside_article
from llmstxt_sched.extraction.content.article.parts import BESIDE
from llmstxt_sched.extraction.content.bars.bare_headings import drop_bare_headings
from llmstxt_sched.extraction.content.bars.columns import drop_columns
from llmstxt_sched.extraction.content.bars.link_bars import drop_colophon, drop_link_bars
from llmstxt_sched.extraction.content.bars.logos import drop_logos
from llmstxt_sched.extraction.content.bars.trails import drop_trail
from llmstxt_sched.extraction.content.boilerplate import drop_boilerplate
from llmstxt_sched.extraction.content.main_element.main_content import find_main_content
from llmstxt_sched.extraction.content.main_element.page_title import heading_above, show_signs, title_of
from llmstxt_sched.extraction.content.own_styles import drop_hidden_orders
from llmstxt_sched.extraction.content.raw_formulas import mark_formulas
from llmstxt_sched.extraction.content.site_titles import drop_banner
from llmstxt_sched.extraction.content.unseen import HIDDEN
from llmstxt_sched.extraction.dom.attributes import check_attributes
from llmstxt_sched.extraction.dom.charset import decode
from llmstxt_sched.extraction.dom.empty_elements import end_empty_elements
from llmstxt_sched.extraction.dom.meant.naming import name as rename
from llmstxt_sched.extraction.dom.moved import show_mathml
from llmstxt_sched.extraction.dom.nesting import check_nesting
from llmstxt_sched.extraction.dom.parse import is_xml, parse
from llmstxt_sched.extraction.dom.picks import NO_PICKS, Picks
from llmstxt_sched.extraction.dom.tree import Element, Tree, shown
from llmstxt_sched.extraction.head.body_classes import is_secondary
from llmstxt_sched.extraction.head.metadata import Metadata, read_metadata
from llmstxt_sched.extraction.injections import find_injection, find_unseen_order
from llmstxt_sched.extraction.links import MOST_LINKS, Addresses, absolute, base_url, find_links, opens_in_frame
from llmstxt_sched.extraction.markdown.blocks import BlockWriter
from llmstxt_sched.extraction.markdown.inline import InlineWriter
from llmstxt_sched.extraction.model import Content, content_sha256
from llmstxt_sched.extraction.normalise import normalise_line
from llmstxt_sched.extraction.place.breadcrumbs import own_crumb, said_breadcrumbs
from llmstxt_sched.extraction.place.contents import find_contents
from llmstxt_sched.extraction.place.navigation import find_section
from llmstxt_sched.extraction.stubs import has_moved
from llmstxt_sched.extraction.summary.chapters import read_chapters
from llmstxt_sched.extraction.summary.excerpt import read_excerpts, says_terms
from llmstxt_sched.extraction.summary.hero import line_of_hero
from llmstxt_sched.extraction.summary.manual_page import does_of_manual, name_of_manual
from llmstxt_sched.extraction.summary.outline import read_outline
from llmstxt_sched.extraction.summary.page_list import is_list, may_go_on
from llmstxt_sched.extraction.summary.repetition import repeats_heading
from llmstxt_sched.extraction.unrendered import is_unrendered

# What holds no words of the page.
_SOURCES: Final = frozenset(["head", "script", "style", "svg"])
_NOTHING: Final = ("", "---")
# The share of its text from which a page without a title is a menu that others show.
_MOST_LINKS: Final = 0.9
# Characters at which a text of the page is cut off; a real title, note or label is shorter.
_MAX_TEXT: Final = 600


def extract(body: bytes, url: str, content_type: str, picks: Picks = NO_PICKS) -> Content:
    """Extract the content of the page `body`, fetched from `url` with the Content-Type header `content_type`.

    `picks` are the project's own selectors.

    Raises FetchFailed("parse_error") if its elements nest too deeply to be parsed, or have too many attributes.
    """
    with without_collector():
        return _extract(body, url, content_type, picks)


def _extract(body: bytes, url: str, content_type: str, picks: Picks) -> Content:
    text = show_mathml(decode(body, content_type))
    check_nesting(text)
    check_attributes(text)
    as_xml = is_xml(content_type)
    tree = parse(text if as_xml else end_empty_elements(text), as_xml=as_xml, picks=picks)
    content = _content_of(tree, text, url)
    if content.injection and tree.tagged("style"):
        # What a style of the page's own hides may be shown by a script, but for that.
        again = parse(text if as_xml else end_empty_elements(text), as_xml=as_xml, picks=picks)
        content = _content_of(again, text, url) if drop_hidden_orders(again) else content
        again.free()
    tree.free()
    return content


def _content_of(tree: Tree, text: str, url: str) -> Content:
    metadata = read_metadata(tree)
    base = base_url(tree, url)
    addresses = Addresses(base)
    links, self_links = find_links(tree, url, addresses)
    (section, rank), contents = find_section(tree, self_links, addresses), find_contents(tree, addresses)
    if not section and metadata.crumbs:
        # The first heading may be the site's.
        titles = [metadata.title, *(heading.words() for heading in tree.tagged("h1")[:2])]
        crumbs = said_breadcrumbs(metadata.crumbs, url, addresses, titles=titles, site_name=metadata.site_name)
        section = SECTION_SEPARATOR.join(crumbs)
    drop_boilerplate(tree, self_links)
    drop_banner(tree, self_links, metadata.title)
    needs_scripts = is_unrendered(tree)
    main = tree.body if tree.kept else find_main_content(tree)
    if main is tree.body and not tree.kept:
        drop_link_bars(tree, main)
    if not tree.kept:
        drop_columns(tree, main, self_links)
        drop_trail(tree, main)
        drop_bare_headings(tree, main)
        drop_logos(tree, main, addresses)
        drop_colophon(main)
    judged = Judged(main)
    if not tree.kept and looks_like_article(tree, main, text, says_so=metadata.is_article, self_links=self_links):
        judged = drop_beside_article(tree, main)
        main = judged.main
    mark_formulas(tree)
    title = title_of(tree, main, metadata.title)
    if title is not None:
        show_signs(title, metadata.title)
    heading = tree.first(main, selectors.HEADINGS)
    said = metadata.title if heading is not title else ""
    named = name_of_manual(tree, heading, said) if heading is not None else ""
    inline = InlineWriter(addresses)
    # Before the blocks are written, which moves links in the tree.
    leads, part_leads = read_excerpts(tree, main, title, inline)
    does = visible(does_of_manual(tree, main, inline)) if not named else ""
    if does:
        leads = [does, *(lead for lead in leads if not lead.endswith(does))]
    above = title or heading_above(tree, main, metadata.title) or _named_by_crumbs(tree, heading, metadata.title)
    line = line_of_hero(above, main) if above is not None else None
    leads = [*_of_hero(line, inline), *leads]
    outline = "" if leads and not says_terms(leads[0]) else read_outline(tree, main)
    leads = [] if outline else leads
    descriptions = [metadata.description, metadata.og_description]
    if leads:
        descriptions = ["" if repeats_heading(text, tree, main, title) else text for text in descriptions]
    writer = BlockWriter(tree, inline)
    if above is not None and not main.holds(above):
        writer.write_heading(above)
    if line is not None:
        writer.write(line)
    writer.write(main)
    markdown = _tidy(writer.lines)
    dropped = [node for node in tree.order if node.dropped] + tree.hidden_texts
    sent_to = _absolute(base, metadata.sent_on.target)
    is_stub = bool(sent_to) and metadata.sent_on.is_all(tree, main, markdown, url, addresses)
    return Content(
        extract=Extract(
            title=_cut(metadata.title),
            h1=_cut(named or (inline.text(above.children) if above is not None else "")),
            first_heading=_cut(inline.text(heading.children) if heading is not None else ""),
            site_name=_cut(metadata.site_name),
            description=_cut(descriptions[0]),
            og_description=_cut(descriptions[1]),
            lead=leads[0] if leads else "",
            more_leads=tuple(leads[1:]),
            part_leads=tuple(part_leads),
            outline=visible(outline),
            section=_cut(section),
            rank=rank,
            contents=contents,
            chapters=read_chapters(markdown) if is_for_printing(url) else (),
            is_list=may_go_on(url) and is_list(markdown, url),
            is_secondary=is_secondary(tree.body.get("class"))
            or (not leads and opens_in_frame(tree))
            or has_moved(tree, main, markdown)
            or _is_bare_list(tree, main, metadata.title),
        ),
        markdown=markdown,
        sha256=content_sha256(markdown),
        links=links if is_stub or not metadata.sent_on.is_link else _with_link(links, sent_to, url),
        canonical=_absolute(base, metadata.canonical),
        refresh=sent_to if is_stub else "",
        markdown_url=_absolute(base, metadata.markdown),
        language=metadata.language,
        translations=tuple((tag, absolute(base, href)) for tag, href in metadata.translations),
        injection=visible(
            find_injection(_read_by_models(dropped, main, markdown, metadata))
            or find_unseen_order([node.text(selectors.CODE_BLOCKS) for node in dropped if node.dropped == HIDDEN])
        ),
        dropped=dict(sorted((_dropped(dropped, main) + Counter({BESIDE: judged.texts}) + writer.volatile).items())),
        unjudged=judged.error,
        noindex=metadata.directives.noindex,
        nofollow=metadata.directives.nofollow,
        expires=metadata.directives.expires,
        needs_scripts=needs_scripts,
    )


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


def _is_bare_list(tree: Tree, main: Element, title: str) -> bool:
    """Whether a page has neither a title nor a heading and is links, as the menu that DocFX shows beside others."""
    return not title and main.link_density > _MOST_LINKS and not tree.has(main, selectors.HEADINGS)


def _with_link(links: tuple[str, ...], target: str, url: str) -> tuple[str, ...]:
    """The links of a page with the address that it leads to by itself."""
    is_new = target not in ("", url) and target not in links and len(links) < MOST_LINKS
    return (*links, target) if is_new else links


def _absolute(base: str, href: str) -> str:
    return absolute(base, href) if href else ""


def _dropped(nodes: list[Element], main: Element) -> Counter[str]:
    """How much of the main content was dropped, by kind; scripts and what else has no text do not count."""
    count: Counter[str] = Counter()
    end = 0
    for node in nodes:
        if node.at < end or not main.holds(node):
            continue
        end = node.end
        if node.chars and node.tag not in selectors.UNREAD:
            count[node.dropped] += 1
    return count


def _read_by_models(dropped: list[Element], main: Element, markdown: str, metadata: Metadata) -> Iterator[str]:
    """What a model may read of the page, if not from us: orders stand where no reader looks, or in a page's foot."""
    yield markdown
    yield from (metadata.description, metadata.og_description, metadata.title)
    for node in dropped:
        if node.tag not in _SOURCES:
            yield node.text()
    inner = main
    for outer in main.ancestors():
        for beside in outer.elements():
            if beside is not inner and beside.tag not in _SOURCES:
                yield beside.text()
        inner = outer


def _cut(text: str) -> str:
    return visible(text[:_MAX_TEXT])


def _tidy(lines: list[str]) -> str:
    """The lines of a page as one text, without rules at its ends, which stood before or behind what is no content.

    One at its beginning would pass for that of front matter in YAML.
    """
    while lines and lines[-1].strip() in _NOTHING:
        lines.pop()
    begin = next(filter(lambda at: lines[at].strip() not in _NOTHING, range(len(lines))), 0)
    return visible("\n".join(lines[begin:])).strip("\n") + "\n"

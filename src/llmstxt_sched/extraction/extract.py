"""Extracts from one HTML page what the documents need.  Pure: takes bytes, returns Content."""

from __future__ import annotations

from collections import Counter
from typing import Final

from msgspec import structs

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.documents.selection.print_views import is_for_printing
from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.article.parts import BESIDE
from llmstxt_sched.extraction.content.boilerplate import drop_boilerplate, kept_by_project
from llmstxt_sched.extraction.content.icons.icon_names import drop_icon_names
from llmstxt_sched.extraction.content.page_content import find_content
from llmstxt_sched.extraction.content.raw_formulas import mark_formulas
from llmstxt_sched.extraction.content.site_titles import drop_banner
from llmstxt_sched.extraction.content.visibility.own_styles import drop_hidden_orders
from llmstxt_sched.extraction.dom.attributes import check_attributes
from llmstxt_sched.extraction.dom.charset import decode
from llmstxt_sched.extraction.dom.empty_elements import end_empty_elements
from llmstxt_sched.extraction.dom.moved import show_mathml
from llmstxt_sched.extraction.dom.nesting import check_nesting
from llmstxt_sched.extraction.dom.parse import end_empty_elements_of_xml, is_xml, parse
from llmstxt_sched.extraction.dom.picks import NO_PICKS, Picks
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.garbage_collection import without_collector
from llmstxt_sched.extraction.head.body_classes import is_secondary
from llmstxt_sched.extraction.head.metadata import Metadata, read_metadata
from llmstxt_sched.extraction.links import MOST_LINKS, Addresses, absolute, base_url, find_links, opens_in_frame
from llmstxt_sched.extraction.markdown.blocks import BlockWriter
from llmstxt_sched.extraction.markdown.inline.inline_writer import InlineWriter
from llmstxt_sched.extraction.markdown.stretched_links import put_around_texts
from llmstxt_sched.extraction.model import Content, content_sha256, line_count, shown_sha256
from llmstxt_sched.extraction.place.contents import find_contents
from llmstxt_sched.extraction.place.page_place import find_place
from llmstxt_sched.extraction.read_by_models import injection_in
from llmstxt_sched.extraction.redirect_stubs import has_moved
from llmstxt_sched.extraction.summary.chapters import read_chapters
from llmstxt_sched.extraction.summary.page_list import is_list, may_go_on
from llmstxt_sched.extraction.summary.page_summary import PageSummary, summarise
from llmstxt_sched.extraction.unrendered import is_unrendered

_NOTHING: Final = ("", "---")
# The share of its text from which a page without a title is a menu that others show.
_MENU_LINK_SHARE: Final = 0.9
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
    check_attributes(text)
    as_xml = is_xml(content_type)
    ended = end_empty_elements_of_xml(text) if as_xml else end_empty_elements(text)
    # An empty element holds nothing of what follows it.
    check_nesting(ended)
    tree = parse(text if as_xml else ended, as_xml=as_xml, picks=picks)
    content = _content_of(tree, text, url)
    if content.injection and tree.tagged("style"):
        # What a style of the page's own hides may be shown by a script, but for that.
        again = parse(text if as_xml else ended, as_xml=as_xml, picks=picks)
        content = _content_of(again, text, url) if drop_hidden_orders(again) else content
        again.free()
    tree.free()
    return content


def _content_of(tree: Tree, text: str, url: str) -> Content:
    metadata = read_metadata(tree)
    base = base_url(tree, url)
    addresses = Addresses(base)
    links, self_links = find_links(tree, url, addresses)
    # Before they are read as a part of labels.
    drop_icon_names(tree, kept_by_project(tree))
    place, contents = find_place(tree, url, metadata, self_links, addresses), find_contents(tree, addresses)
    drop_boilerplate(tree, self_links)
    drop_banner(tree, self_links, metadata.title)
    needs_scripts = is_unrendered(tree)
    judged = find_content(tree, text, metadata, self_links, addresses)
    main = judged.main
    mark_formulas(tree)
    inline = InlineWriter(addresses)
    summary = summarise(tree, main, metadata, inline)
    put_around_texts(tree, main)
    writer = BlockWriter(tree, inline)
    markdown = _write(writer, main, summary)
    dropped = [node for node in tree.order if node.dropped] + tree.hidden_texts
    sent_to = _absolute(base, metadata.sent_on.target)
    is_stub = bool(sent_to) and metadata.sent_on.is_all(tree, main, markdown, url, addresses)
    says_secondary = is_secondary(tree.body.get("class")) or (not summary.leads and opens_in_frame(tree))
    return Content(
        extract=structs.replace(
            _extract_of(metadata, summary, inline, markdown, url),
            section=_cut(place[0]),
            rank=place[1],
            contents=contents,
            is_secondary=says_secondary or has_moved(tree, main, markdown) or _is_bare_list(tree, main, metadata.title),
        ),
        markdown=markdown,
        sha256=content_sha256(markdown),
        lines=line_count(markdown),
        shown=shown_sha256(markdown, url),
        links=links if is_stub or not metadata.sent_on.is_link else _with_link(links, sent_to, url),
        canonical=_absolute(base, metadata.canonical),
        refresh=sent_to if is_stub else "",
        markdown_url=_absolute(base, metadata.markdown),
        language=metadata.language,
        translations=tuple((tag, absolute(base, href)) for tag, href in metadata.translations),
        injection=visible(injection_in(dropped, main, markdown, metadata)),
        dropped=dict(sorted((_dropped(dropped, main) + Counter({BESIDE: judged.texts}) + writer.volatile).items())),
        unjudged=judged.error,
        picked=tree.picked,
        noindex=metadata.directives.noindex,
        nofollow=metadata.directives.nofollow,
        expires=metadata.directives.expires,
        needs_scripts=needs_scripts,
    )


def _write(writer: BlockWriter, main: Element, summary: PageSummary) -> str:
    """The Markdown of a page, below what names it where that stands outside the main content."""
    if summary.title is not None and not main.holds(summary.title):
        writer.write_heading(summary.title)
    if summary.line is not None:
        writer.write(summary.line)
    writer.write(main)
    return _tidy(writer.lines)


def _extract_of(metadata: Metadata, summary: PageSummary, inline: InlineWriter, markdown: str, url: str) -> Extract:
    """What the page says about itself, but for its place in the site."""
    return Extract(
        title=_cut(metadata.title),
        h1=_cut(summary.manual_name or _text_of(summary.title, inline)),
        first_heading=_cut(_text_of(summary.heading, inline)),
        second_heading=_cut(_text_of(summary.second_heading, inline)),
        site_name=_cut(metadata.site_name),
        description=_cut(summary.description),
        og_description=_cut(summary.og_description),
        lead=summary.leads[0] if summary.leads else "",
        more_leads=tuple(summary.leads[1:]),
        part_leads=tuple(summary.part_leads),
        outline=visible(summary.outline),
        chapters=read_chapters(markdown) if is_for_printing(url) else (),
        is_list=may_go_on(url) and is_list(markdown, url),
    )


def _text_of(node: Element | None, inline: InlineWriter) -> str:
    return inline.text(node.children) if node is not None else ""


def _is_bare_list(tree: Tree, main: Element, title: str) -> bool:
    """Whether a page has neither a title nor a heading and is links, as the menu that DocFX shows beside others."""
    return not title and main.link_density > _MENU_LINK_SHARE and not tree.has(main, selectors.HEADINGS)


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


def _cut(text: str) -> str:
    return visible(text[:_MAX_TEXT])


def _tidy(lines: list[str]) -> str:
    """The lines of a page as one text, without rules at its ends, which stood before or after what is no content.

    One at its beginning would pass for that of front matter in YAML.
    """
    while lines and lines[-1].strip() in _NOTHING:
        lines.pop()
    begin = next(filter(lambda at: lines[at].strip() not in _NOTHING, range(len(lines))), 0)
    return visible("\n".join(lines[begin:])).strip("\n") + "\n"

"""Parses a page's text into a tree, with all content in the place where a browser would show it."""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Mapping
from typing import Final

from lxml import etree
from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction.dom.moved import (
    SHADOW_TEMPLATE,
    put_streamed_parts,
    show_shadow_roots,
    show_titles_for_slots,
    streams_by_swaps,
    with_ends,
)
from llmstxt_sched.extraction.dom.nesting import MAX_DEPTH, too_deep
from llmstxt_sched.extraction.dom.picks import NO_PICKS, Picks
from llmstxt_sched.extraction.dom.redoc_operations import show_operations
from llmstxt_sched.extraction.dom.retagging.page_tags import name_as_meant
from llmstxt_sched.extraction.dom.serialised import read_serialised
from llmstxt_sched.extraction.dom.start_tag import VOID, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, in_order

# A template whose content is shown at once (HTML standard, section 13.2.6.4.4).  The parser puts the content of every
# template out of reach, so a page with such a template is parsed once more, with a name for all of them that means
# nothing to it.
_SHADOW_ROOT: Final = re.compile(r'<template [^<>]*\bshadowrootmode="(?:open|closed)"', re.IGNORECASE)
_TEMPLATE: Final = re.compile(r"<(/?)template(?=[\s/>])", re.IGNORECASE)
_STREAMED: Final = re.compile(r' id="[\w-]{0,20}S:')
# XML itself knows five entities; those of XHTML are in a document type that is not read.
_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
_DOCUMENT_TYPE: Final = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_DOCUMENT_TYPE_END: Final = re.compile(r"[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
# Around text in which nothing is markup, which HTML takes for a comment.
_BEFORE_CHARACTERS, _AFTER_CHARACTERS = "<![CDATA[", "]]>"
# An element that ends where it begins.
_EMPTY_ELEMENT: Final = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")


BY_PROJECT: Final = "dropped by the project"


def is_xml(content_type: str) -> bool:
    """Whether a page of this Content-Type is in XML."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind.endswith(("/xml", "+xml"))


def parse(text: str, *, as_xml: bool, picks: Picks = NO_PICKS) -> Tree:
    """Parse a page and mark what `picks` picks.

    Invisible characters are left out here, before anything is escaped: `<`, a zero-width space and `b>` are no tag, but
    would become one.
    A page sent as XML that is none is read as HTML, where a browser would show an error, and so is one with picks:
    their selectors are those of the HTML parser.
    """
    tree = _parse_xml(text) if as_xml and picks == NO_PICKS else None
    if tree is None:
        tree = _parse_html(end_empty_elements_of_xml(text) if as_xml else text, picks)
    name_as_meant(tree)
    show_operations(tree)
    return tree


def _parse_html(text: str, picks: Picks) -> Tree:
    """Parse a page as HTML, as a browser does that runs no scripts."""
    parser = _parsed(text)
    # What the parser writes has one spelling, in which these are found at once.
    written = (parser.root.html if parser.root is not None else None) or ""
    has_template, has_swaps = "<template" in written, streams_by_swaps(written)
    is_streamed = has_swaps or _STREAMED.search(written) is not None
    # The content of a template is out of reach of the walk along the nodes.
    if picks == NO_PICKS and not has_template and not is_streamed:
        tree = read_serialised(visible(written))
        if tree is not None:
            return tree
    if has_template and (shown := show_titles_for_slots(text)) != text:
        return _parse_html(shown, picks)
    has_shadow = has_template and _SHADOW_ROOT.search(written) is not None
    if has_shadow or has_swaps:
        text = _TEMPLATE.sub(rf"<\1{SHADOW_TEMPLATE}", text)
    if is_streamed:
        text = with_ends(text)
    parser = _parsed(text) if has_shadow or is_streamed else parser
    kept, dropped = _matches(parser, picks.keep), _matches(parser, picks.drop)
    order, picked = _from_nodes(parser, _all_of(kept), _all_of(dropped))
    if has_shadow:
        show_shadow_roots(order)
    if is_streamed:
        put_streamed_parts(order)
    tree = Tree(in_order(order[0]), picked)
    tree.picked = (*kept, *dropped)
    return tree


def _parsed(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text, options=LexborDocumentOptions.WO_EVENTS.value, scripting=False)


def _from_nodes(parser: LexborHTMLParser, kept: set[int], dropped: set[int]) -> tuple[list[Element], list[Element]]:
    """What was parsed, node by node in the page's order, and what of it is `kept`."""
    source = parser.root
    root = _element("html", source.attributes if source is not None else {}, None)
    order, picked = [root], list[Element]()
    # What follows the nodes that are being read: the next sibling of each, and whose child it is.
    ahead = [(source.first_child if source is not None else None, root)]
    while ahead:
        node, parent = ahead.pop()
        while node is not None:
            tag = node.tag or ""
            if tag == "-text":
                parent.add_text(visible(node.text_content or ""))
            elif tag and tag[0] != "-":
                element = _element(tag, node.attributes, parent)
                parent.children.append(element)
                order.append(element)
                if dropped and node.mem_id in dropped:
                    element.dropped = BY_PROJECT
                if kept and node.mem_id in kept:
                    picked.append(element)
                inner = node.first_child
                if inner is not None:
                    if len(ahead) >= MAX_DEPTH:
                        raise too_deep()
                    ahead.append((node.next, parent))
                    node, parent = inner, element
                    continue
            node = node.next
    return order, picked


def _element(name: str, attrs: Mapping[str, str | None], parent: Element | None) -> Element:
    start = StartTag(name, {key: value and visible(value) for key, value in attrs.items()})
    return Element(start.cut(), start.attrs, parent)


def _matches(parser: LexborHTMLParser, selectors: tuple[str, ...]) -> dict[str, set[int]]:
    """What each of the selectors matches, without those that match nothing."""
    found = {selector: {node.mem_id for node in parser.css(selector)} for selector in selectors}
    return {selector: nodes for selector, nodes in found.items() if nodes}


def _all_of(matches: dict[str, set[int]]) -> set[int]:
    return {node for nodes in matches.values() for node in nodes}


def _without_document_type(text: str) -> str:
    """`text` without its first document type: where that one has no end, no other is looked for."""
    begin = _DOCUMENT_TYPE.search(text)
    end = _DOCUMENT_TYPE_END.match(text, begin.end()) if begin else None
    return f"{text[: begin.start()]}{text[end.end() :]}" if begin and end else text


def end_empty_elements_of_xml(text: str) -> str:
    """The source of a page in XML as HTML has it: an end after each empty element, and no part without markup.

    Its parser would read all that follows a <script/> as a part of that.
    """
    return _EMPTY_ELEMENT.sub(
        lambda match: match[0] if match[1].lower() in VOID else f"<{match[1]}{match[2]}></{match[1]}>",
        _with_escaped_sections(_without_document_type(text)),
    )


def _with_escaped_sections(text: str) -> str:
    """`text` with the characters of CDATA sections escaped: where one has no end, no other is looked for."""
    parts, at = list[str](), 0
    begin = text.find(_BEFORE_CHARACTERS)
    while begin >= 0 and (end := text.find(_AFTER_CHARACTERS, begin)) >= 0:
        parts += [text[at:begin], html.escape(text[begin + len(_BEFORE_CHARACTERS) : end], quote=False)]
        at = end + len(_AFTER_CHARACTERS)
        begin = text.find(_BEFORE_CHARACTERS, at)
    return f"{''.join(parts)}{text[at:]}"


def _attributes(node: etree._Element) -> dict[str, str | None]:
    return {etree.QName(name).localname: value for name, value in node.attrib.items()}


def _parse_xml(text: str) -> Tree | None:
    """The tree of a page in XML, with the names of its elements without prefixes; None if it is not well-formed."""
    text = _without_document_type(_DECLARATION.sub("", text))
    text = _ENTITY.sub(lambda match: html.entities.html5.get(match[1], match[0]), text)
    try:
        source = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    root = _element("html", _attributes(source), None)
    ahead = [(source, root)]
    while ahead:
        node, element = ahead.pop()
        if node.text:
            element.add_text(visible(node.text))
        for child in node:
            if isinstance(child.tag, str):
                inner = _element(etree.QName(child).localname.lower(), _attributes(child), element)
                element.children.append(inner)
                ahead.append((child, inner))
            if child.tail:
                element.add_text(visible(child.tail))
    return Tree(in_order(root))

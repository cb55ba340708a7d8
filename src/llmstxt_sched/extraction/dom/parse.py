"""Parses a page's text into a tree, with all content in the place where a browser would show it."""

from __future__ import annotations

import html.entities
import re
from bisect import bisect_left
from collections.abc import Mapping
from itertools import islice
from operator import attrgetter
from typing import Final

from lxml import etree
from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.moved import (
    SHADOW_TEMPLATE,
    STREAM_END,
    STREAM_END_ID,
    put_streamed_parts,
    show_shadow_roots,
)
from llmstxt_sched.extraction.dom.nesting import MAX_DEPTH, too_deep
from llmstxt_sched.extraction.dom.picks import NO_PICKS, Picks
from llmstxt_sched.extraction.dom.serialised import read_serialised
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
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


BY_PROJECT: Final = "dropped by the project"
# Those of headings; what has none has the second (WAI-ARIA 1.2, section 5.4).
_LEVELS: Final = tuple("123456")
# In characters; a longer one is an element whose end is missing.
_MAX_HEADING: Final = 300
# What a sample of JSON is written as; a deeper line is not indented further, or the text would outgrow its page.
_JSON: Final = StartTag("pre", {"class": "language-json"})
_INDENT, _MAX_INDENTS = "  ", 20
# Of a file beside its code, in characters.
_MAX_NAME: Final = 80
_HOLD_NO_HEADINGS: Final = frozenset(["pre", "table"])
# What a page or a letter consists of, all of which may be laid out as code is.
_NO_CODE: Final = selectors.HEADINGS | selectors.PARAGRAPHS | {"dt", "img", "table"}


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
    tree = (_parse_xml(text) if as_xml and picks == NO_PICKS else None) or _parse_html(text, picks)
    _name_headings(tree)
    _rename(tree)
    _show_operations(tree)
    _set_labels_apart(tree)
    return tree


def _name_headings(tree: Tree) -> None:
    """Name what only its role makes a heading as one, if it holds no more than a line."""
    for node in tree.where(_is_heading, ["role"]):
        has_blocks = any(not isinstance(child, str) and child.is_block for child in node.children)
        is_inside = any(outer.tag in _HOLD_NO_HEADINGS for outer in node.ancestors())
        if not (has_blocks or is_inside) and node.chars <= _MAX_HEADING:
            level = node.get("aria-level")
            node.tag = f"h{level}" if level in _LEVELS else "h2"


@Question
def _is_heading(start: StartTag) -> bool:
    return start.name == "div" and start.get("role") == "heading"


def _rename(tree: Tree) -> None:
    """Name what a generator uses for another purpose as what it is: lists that lay out a page, and blocks of code."""
    for node in tree.where(_is_code, ["class"]):
        if all(isinstance(child, str) or not child.is_block for child in node.children):
            _name(node, "pre")
    for node in _styled_as_code(tree):
        _name(node, "pre")
    for outer, codes in _blocks_in_blocks(tree).items():
        if len(codes) == 1 and _is_named_code(outer, codes[0]):
            _name(outer, "div")
    for node in tree.where(_is_layout_list, ["class"]):
        items = [item for item in node.elements() if item.tag == "li"]
        if all(map(_is_layout_item, items)):
            for part in (node, *items):
                _name(part, "div")


def _styled_as_code(tree: Tree) -> list[Element]:
    """The outermost elements outside of code that are laid out as <pre> is and hold no more than its lines."""
    others = tree.tagged(*_NO_CODE)
    found: list[Element] = []
    end = 0
    for node in tree.where(_is_styled_as_code, ["style"], selectors.CODE_BLOCKS):
        if node.at < end:
            continue
        if node.tag not in selectors.CODE_BLOCKS:
            first = bisect_left(others, node.at, key=attrgetter("at"))
            if any(map(node.holds, others[first : first + 1])):
                continue
            found.append(node)
        end = node.end
    return found


def _show_operations(tree: Tree) -> None:
    """Name the buttons in which Redoc says what is asked for and what is answered as code and text."""
    for method in tree.where(_is_method, ["class"]):
        button = method.parent
        if button is not None and button.tag == "button":
            _name(button, "pre")
            method.children = [method.words().upper(), " "]
    for button in tree.tagged("button"):
        first = next(button.elements(), None)
        if first is not None and first.tag == "svg":
            first = next(islice(button.elements(), 1, None), None)
        if first is not None and first.tag == "strong" and selectors.STATUS.fullmatch(first.words()):
            _name(button, "div")
    for sample in tree.where(_is_json, ["class"]):
        sample.children = [_json_of(sample)]
        sample.start, sample.attrs = _JSON, _JSON.attrs
        _name(sample, "pre")


def _json_of(sample: Element) -> str:
    """The text of a sample of JSON, in which each item of a list is a line."""
    texts: list[str] = []
    depth = 0
    # None is where a list ends.
    ahead: list[Element | str | None] = [*reversed(sample.children)]
    while ahead:
        part = ahead.pop()
        if isinstance(part, str):
            texts.append(part)
        elif part is None:
            depth -= 1
            texts.append(f"\n{_INDENT * min(depth, _MAX_INDENTS)}")
        elif part.tag != "button":
            if part.tag in ("ul", "ol"):
                depth += 1
                ahead.append(None)
            elif part.tag == "li":
                texts.append(f"\n{_INDENT * min(depth, _MAX_INDENTS)}")
            ahead.extend(reversed(part.children))
    return "".join(texts)


@Question
def _is_json(start: StartTag) -> bool:
    return start.name == "div" and selectors.JSON_OF_REDOC in start.classes


@Question
def _is_method(start: StartTag) -> bool:
    return start.name == "span" and selectors.HTTP_METHOD in start.classes


def _name(node: Element, name: str) -> None:
    node.start = StartTag(name, node.start.attrs)
    node.tag, node.is_block = name, True


def _blocks_in_blocks(tree: Tree) -> dict[Element, list[Element]]:
    """The blocks of code in each that has any."""
    found: dict[Element, list[Element]] = {}
    outer: Element | None = None
    for node in tree.tagged("pre"):
        if outer is not None and outer.holds(node):
            found.setdefault(outer, []).append(node)
        else:
            outer = node
    return found


def _is_named_code(outer: Element, code: Element) -> bool:
    """Whether what is around a block of code has the name of a file beside it, as in Carbon's theme for Gatsby."""
    has_name = 0 < outer.chars - code.chars <= _MAX_NAME and not "".join(code.words().split()).isdigit()
    return has_name and all(not isinstance(child, str) or not child.strip() for child in outer.children)


@Question
def _is_code(start: StartTag) -> bool:
    if start.name == "textarea":
        return selectors.RUNNABLE in start.classes
    return (
        start.name == "div" and selectors.CODE_OF_WRITERSIDE in start.classes and selectors.ITS_LANGUAGE in start.attrs
    )


@Question
def _is_styled_as_code(start: StartTag) -> bool:
    """Whether it is laid out as <pre> is, as what is pasted from an editor is."""
    style = start.get("style") if start.name == "div" else ""
    return selectors.KEEPS_LINES.search(style) is not None and selectors.MONOSPACED.search(style) is not None


@Question
def _is_layout_list(start: StartTag) -> bool:
    return start.name == "ul" and not start.classes.isdisjoint(selectors.LAYOUT_LISTS | selectors.LAYOUT_ITEMS)


def _is_layout_item(item: Element) -> bool:
    first = next(item.elements(), None)
    return not selectors.LAYOUT_ITEMS.isdisjoint(item.classes) or (first is not None and first.tag == "section")


def _set_labels_apart(tree: Tree) -> None:
    """Put spaces around labels, whose words would be one with those beside them."""
    for node in tree.where(_is_label, ["class"]):
        around = node.parent
        if around is not None and (_holds_labels(around, node) or _is_title_of_home(around)):
            node.children = [" ", *node.children, " "]
    for around in tree.where(_holds_cards, ["class"]):
        if all(not isinstance(child, str) and child.tag == "a" for child in around.children):
            around.children = [part for link in around.children for part in (link, " ")]


@Question
def _holds_cards(start: StartTag) -> bool:
    """Whether an element that begins so may be around links that are boxes of their own."""
    return start.name == "div" and selectors.CARDS.search(start.get("class")) is not None


@Question
def _is_label(start: StartTag) -> bool:
    of_title = start.name == "span" and not start.classes.isdisjoint(selectors.LINES_OF_HOME)
    return of_title or not start.classes.isdisjoint(selectors.LABELS.values())


def _holds_labels(around: Element, label: Element) -> bool:
    return any(selectors.LABELS.get(name, "") in label.classes for name in around.classes)


def _is_title_of_home(node: Element) -> bool:
    return node.tag == "h1" and selectors.TITLE_OF_HOME in node.classes


def _parse_html(text: str, picks: Picks) -> Tree:
    """Parse a page as HTML, as a browser does that runs no scripts."""
    parser = _parsed(text)
    # What the parser writes has one spelling, in which these are found at once.
    written = (parser.root.html if parser.root is not None else None) or ""
    has_template, is_streamed = "<template" in written, _STREAMED.search(written) is not None
    # The content of a template is out of reach of the walk along the nodes.
    if picks == NO_PICKS and not has_template and not is_streamed:
        tree = read_serialised(visible(written))
        if tree is not None:
            return tree
    has_shadow = has_template and _SHADOW_ROOT.search(written) is not None
    if has_shadow:
        text = _TEMPLATE.sub(rf"<\1{SHADOW_TEMPLATE}", text)
    if is_streamed:
        text = text.replace(STREAM_END, f'<template id="{STREAM_END_ID}"></template>')
    order, picked = _from_nodes(_parsed(text) if has_shadow or is_streamed else parser, picks)
    if has_shadow:
        show_shadow_roots(order)
    if is_streamed:
        put_streamed_parts(order)
    return Tree(in_order(order[0]), picked)


def _parsed(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text, options=LexborDocumentOptions.WO_EVENTS.value, scripting=False)


def _from_nodes(parser: LexborHTMLParser, picks: Picks) -> tuple[list[Element], list[Element]]:
    """What was parsed, node by node in the page's order, and what `picks` keeps of it."""
    kept, dropped = _matches(parser, picks.keep), _matches(parser, picks.drop)
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


def _matches(parser: LexborHTMLParser, selectors: tuple[str, ...]) -> set[int]:
    return {node.mem_id for selector in selectors for node in parser.css(selector)}


def _without_document_type(text: str) -> str:
    """`text` without its first document type: where that one has no end, no other is looked for."""
    begin = _DOCUMENT_TYPE.search(text)
    end = _DOCUMENT_TYPE_END.match(text, begin.end()) if begin else None
    return f"{text[: begin.start()]}{text[end.end() :]}" if begin and end else text


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

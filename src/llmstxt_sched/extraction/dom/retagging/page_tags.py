"""Gives elements the tags that they mean, where they have others: headings, code, lists that lay out a page."""

from __future__ import annotations

import re
from itertools import count
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.retagging.code import name_code
from llmstxt_sched.extraction.dom.retagging.coqdoc import name_code_of_coqdoc
from llmstxt_sched.extraction.dom.retagging.laid_out_code import (
    name_tables_of_cppreference,
    name_tables_of_natural_docs,
    name_tables_of_scribble,
)
from llmstxt_sched.extraction.dom.retagging.latexml import name_as_latexml_means
from llmstxt_sched.extraction.dom.retagging.new_tag import name
from llmstxt_sched.extraction.dom.retagging.sandcastle import show_words_of_sandcastle
from llmstxt_sched.extraction.dom.retagging.scaladoc import name_as_scaladoc_means
from llmstxt_sched.extraction.dom.retagging.word import name_as_word_means
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_in, outermost, says_something

# Those of headings; what has none has the second (WAI-ARIA 1.2, section 5.4).
_HEADING, _LEVELS = "heading", tuple("123456")
# In characters; a longer one is an element whose end is missing.
_MAX_HEADING: Final = 300
# A badge has so many characters, and its holder so many parts.
_MAX_BADGE, _MAX_BESIDE = 30, 500
_CLOSING: Final = (")", "]", "}")
_CODE: Final = selectors.CODE_SPANS | selectors.CODE_BLOCKS
# Distill's attribute of an element that is no part of a line.
_BLOCK: Final = "block"
_HOLD_NO_HEADINGS: Final = frozenset(["pre", "table"])
# Of a page; each looks for its place among what stands beside it.
_MAX_TITLES: Final = 10
_KEEP_LINES: Final = tuple(
    "address b blockquote dd div em figcaption font i label li p q section small span strong td".split()  # noqa: SIM905
)
_LINE_BREAK: Final = StartTag("br", {})
_STRUCK_BLOCKS, _STRUCK_OUT = ("dd", "div", "li", "p", "td", "tr"), StartTag("del", {})
_BOXES: Final = ("div", "span")
# Elements around the number of a step, and that one.
_MAX_AROUND_NUMBER: Final = 4
# What shows a picture that may be a page of its own, by its type or its address.
_SHOW_PICTURES: Final = ("object", "embed")
_PICTURE, _INSTEAD = "image/", "picture"
_ADDRESS_OF_PICTURE: Final = re.compile(r"[^?#]+\.(?:svg|png|gif|jpe?g|webp|avif)(?:[?#]|$)", re.IGNORECASE)
# What is said in place of a picture, in so many characters at most, and describes none.
_NOT_SHOWN: Final = re.compile(r"\bbrowser\b.*(?:\bnot\b|n['\u2019]t\b|\bcannot\b|\bunable\b)", re.IGNORECASE)
_MAX_NOT_SHOWN: Final = 200
_STRUCK: Final = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
# Sentences: no line of theirs begins as code or an item of a list does.
_SENTENCES: Final = re.compile(r"\w\S* (?:.|\n(?![\s:(*-]))*")


def name_as_meant(tree: Tree) -> None:
    """Rename all such elements of a page, and set labels apart from the words beside them."""
    _name_headings(tree)
    name_code(tree)
    _rename_layout_lists(tree)
    name_tables_of_scribble(tree)
    name_tables_of_cppreference(tree)
    name_tables_of_natural_docs(tree)
    name_code_of_coqdoc(tree)
    _set_labels_apart(tree)
    _name_elements_of_distill(tree)
    _set_sentences_apart(tree)
    _set_includes_apart(tree)
    _name_options_by_their_path(tree)
    name_as_latexml_means(tree)
    name_as_scaladoc_means(tree)
    show_words_of_sandcastle(tree)
    name_as_word_means(tree)
    _name_struck(tree)
    _name_lists(tree)
    _name_pictures(tree)
    _end_kept_lines(tree)


def _name_struck(tree: Tree) -> None:
    """Name what only a style strikes out, as editors of posts write it, as text that no longer counts."""
    starts = {start for start in tree.having("style") if _STRUCK.search(start.get("style"))}
    for node in tree.tagged("font", "span") if starts else ():
        if node.start in starts and not node.is_block:
            name(node, "s")
            node.is_block = False
            tree.add_tagged(node)
    for node in tree.tagged(*_STRUCK_BLOCKS) if starts else ():
        if node.start in starts and node.chars:
            for part in node.elements() if node.tag == "tr" else (node,):
                _strike_block(tree, part)


def _name_lists(tree: Tree) -> None:
    """Name what only its role says to be a list, of items that are a line each, or steps with their numbers.

    Others are cards and posts.
    """
    starts = {start for start in tree.having("role") if start.get("role") == "list"}
    for node in tree.tagged(*_BOXES) if starts else ():
        items = [*node.elements()] if node.start in starts else []
        is_list = bool(items) and all(item.get("role") == "listitem" and item.tag in _BOXES for item in items)
        # With words between its items it is a sentence.
        is_list = is_list and not any(isinstance(child, str) and child.strip() for child in node.children)
        are_steps = is_list and len(items) > 1 and all(map(_begins_with, items, map(str, count(1))))
        # A heading stays one where no item is around it.
        are_steps = are_steps and not tree.has(node, selectors.HEADINGS)
        if are_steps or (is_list and not any(inner.is_block for item in items for inner in tree.within(item))):
            name(node, "ol" if are_steps else "ul")
            tree.add_tagged(node)
            for item in items:
                name(item, "li")
                tree.add_tagged(item)


def _name_pictures(tree: Tree) -> None:
    """Name what shows a picture as one, described by what it holds for readers that cannot show it.

    So Sphinx writes graphs, Asciidoctor pictures with links, and Doxygen diagrams.
    """
    for node in outermost(tree.tagged(*_SHOW_PICTURES)):
        source = node.get("data") or node.get("src")
        kind = node.get("type").lower()
        if not (kind.startswith(_PICTURE) or (not kind and _ADDRESS_OF_PICTURE.match(source))):
            continue
        inside = [*elements_in(node)]
        named = [inner.get("alt") for inner in inside if inner.tag == "img"]
        alt = node.get("aria-label") or node.get("title") or " ".join(named) or _instead(node)
        # Nobody sees it beside the picture.
        node.drop(_INSTEAD)
        node.chars = node.link_chars = 0
        for inner in inside:
            inner.dropped = _INSTEAD
        node.attrs = {**node.attrs, "src": source, "alt": alt}
        node.start = StartTag("img", node.attrs)
        node.tag, node.is_block, node.dropped, node.children = "img", False, "", []
        tree.add_tagged(node)


def _instead(node: Element) -> str:
    """The text in place of a picture; '' for one that says only that a browser cannot show it."""
    words = node.words()
    return "" if len(words) <= _MAX_NOT_SHOWN and _NOT_SHOWN.search(words) else words


def _begins_with(item: Element, number: str) -> bool:
    """Whether an item has its number before its text, in a box of its own, as each step of Mintlify's has."""
    node = item
    for _ in range(_MAX_AROUND_NUMBER):
        first = next(filter(says_something, node.children), "")
        if isinstance(first, str) or first.tag != "div":
            return False
        if first.chars == len(number) < item.chars:
            return first.words() == number
        node = first
    return False


def _strike_block(tree: Tree, node: Element) -> None:
    """Put what a block holds in an element that strikes it out, or make it one where it holds others."""
    if any(not isinstance(child, str) and child.is_block for child in node.children):
        if node.tag == "div":
            name(node, "del")
            tree.add_tagged(node)
        for inner in node.elements() if node.tag in ("li", "td") else ():
            if inner.tag == "p" and inner.chars:
                _strike_block(tree, inner)
        return
    inner = Element(_STRUCK_OUT, {}, node, node.at, node.chars, node.link_chars)
    inner.end = node.end
    inner.children, node.children = node.children, [inner]
    for child in inner.elements():
        child.parent = inner


def _end_kept_lines(tree: Tree) -> None:
    """End lines where a style keeps the line feeds of a text, as of a poem or an address."""
    starts = {start for start in tree.having("style") if selectors.KEEPS_LINES.search(start.get("style"))}
    keeping = [node for node in tree.tagged(*_KEEP_LINES) if node.start in starts] if starts else []
    for node in outermost(keeping):
        if node.ancestor(_CODE) is not None:
            continue
        for holder in [node, *[inner for inner in tree.within(node) if inner.tag not in _CODE]]:
            if any(isinstance(part, str) and "\n" in part and not part.isspace() for part in holder.children):
                holder.children = [piece for part in holder.children for piece in _lines_of(part, holder)]


def _lines_of(part: Element | str, holder: Element) -> list[Element | str]:
    """A text with an element for each line feed in it."""
    if isinstance(part, Element) or "\n" not in part:
        return [part]
    first, *others = part.split("\n")
    pieces: list[Element | str] = [first]
    for text in others:
        line_break = Element(_LINE_BREAK, {}, holder, at=holder.at)
        line_break.end = holder.at
        pieces += [line_break, text]
    return pieces


def _name_elements_of_distill(tree: Tree) -> None:
    """Name Distill's code as such, set its formulas apart that say so, and its notes in brackets."""
    for code in tree.tagged(selectors.CODE_ELEMENT):
        name(code, "pre" if _BLOCK in code.attrs else "code")
        code.is_block = _BLOCK in code.attrs
    for tex in tree.tagged(selectors.TEX_ELEMENT):
        tex.is_block = _BLOCK in tex.attrs
    for note in tree.tagged(selectors.NOTE_ELEMENT):
        note.children = [" (", *note.children, ")"]


def _set_sentences_apart(tree: Tree) -> None:
    """Take the first paragraph out of what Codox says of a function, which it sets as code for what follows."""
    for node in tree.tagged("pre"):
        text, around = node.only_text, node.parent
        if text is None or around is None or selectors.SAID_BY_CODOX not in node.classes:
            continue
        first, _, rest = text.partition("\n\n")
        if around.children == [node] and selectors.AROUND_SAID in around.classes and _SENTENCES.fullmatch(first):
            around.children = [first, node] if rest.strip() else [first]
            node.children = [rest]


def _set_includes_apart(tree: Tree) -> None:
    """Take the line that includes what a page is about out of its title, in m.css."""
    for heading in tree.tagged("h1")[:_MAX_TITLES]:
        said = [part for part in heading.children if not isinstance(part, str) or part.strip()]
        line = said[-1] if len(said) > 1 else ""
        around = heading.parent
        if isinstance(line, str) or around is None or selectors.INCLUDED not in line.classes:
            continue
        heading.children.remove(line)
        heading.chars -= line.chars
        heading.link_chars -= line.link_chars
        heading.end = line.at
        around.children.insert(around.children.index(heading) + 1, line)
        line.parent = around
        name(line, "pre")


def _name_options_by_their_path(tree: Tree) -> None:
    """Name an option of a module of Ansible's that is a part of another one by both, which only its indent tells."""
    for node in tree.tagged("strong"):
        title = node.parent
        cell = title.parent if title is not None and selectors.OPTION_OF_ANSIBLE in title.classes else None
        anchor = next(cell.elements(), None) if cell is not None else None
        if anchor is None or selectors.PLACE_OF_OPTION not in anchor.classes:
            continue
        path = anchor.get("id").partition("-")[2].split("/")
        if len(path) > 1 and path[-1] == node.words():
            node.children = [" / ".join(path)]


def _name_headings(tree: Tree) -> None:
    """Name what only its role, or its class, makes a heading as one, if it holds no more than a line."""
    for node in tree.where(_is_heading, ["role", "class"]):
        has_blocks = any(not isinstance(child, str) and child.is_block for child in node.children)
        is_inside = any(outer.tag in _HOLD_NO_HEADINGS for outer in node.ancestors())
        if not (has_blocks or is_inside) and node.chars <= _MAX_HEADING:
            level = node.get("aria-level") or ("1" if node.get("role") != _HEADING else "")
            node.tag = f"h{level}" if level in _LEVELS else "h2"
            tree.add_tagged(node)


@Question
def _is_heading(start: StartTag) -> bool:
    return start.name == "div" and (start.get("role") == _HEADING or selectors.TITLE_OF_RSPRESS in start.classes)


def _rename_layout_lists(tree: Tree) -> None:
    """Name lists that lay out a page, or parameters on a line, as what they are."""
    for node in tree.where(_is_layout_list, ["class"]):
        items = [item for item in node.elements() if item.tag == "li"]
        if selectors.PARAMETERS_OF_YUIDOC in node.classes:
            _write_on_line(node, items)
        elif all(map(_is_layout_item, items)):
            for part in (node, *items):
                name(part, "div")


def _write_on_line(node: Element, items: list[Element]) -> None:
    """Write the parameters of a function, which YUIDoc has in a list, on a line with commas between them."""
    parts = list[Element | str]()
    for item in items:
        parts += [", ", *item.elements()]
    # Texts beside the names are no parameters.
    says_more = any(isinstance(part, str) and part.strip() for item in items for part in item.children)
    if not says_more and not any(part.is_block for item in items for part in item.elements()):
        node.children = parts[1:]
        name(node, "span")
        node.is_block = False


@Question
def _is_layout_list(start: StartTag) -> bool:
    lists = selectors.LAYOUT_LISTS | selectors.LAYOUT_ITEMS | {selectors.PARAMETERS_OF_YUIDOC}
    return start.name == "ul" and not start.classes.isdisjoint(lists)


def _is_layout_item(item: Element) -> bool:
    first = next(item.elements(), None)
    return not selectors.LAYOUT_ITEMS.isdisjoint(item.classes) or (first is not None and first.tag == "section")


def _set_labels_apart(tree: Tree) -> None:
    """Put spaces around labels, whose words would be one with those beside them."""
    for node in tree.where(_is_label, ["class"]):
        around = node.parent
        is_unseen = any(map(selectors.UNSEEN_IN_LINE.fullmatch, node.classes))
        if around is not None and (is_unseen or _holds_labels(around, node) or _is_title_of_home(around)):
            node.children = [" ", *node.children, " "]
    for badge in tree.where(_is_badge, ["class"]):
        _set_badge_apart(badge)
    for around in tree.where(_holds_cards, ["class"]):
        if all(not isinstance(child, str) and child.tag == "a" for child in around.children):
            around.children = [part for link in around.children for part in (link, " ")]


@Question
def _is_badge(start: StartTag) -> bool:
    if start.name != "span":
        return False
    return any(map(selectors.BADGES.fullmatch, start.classes)) or selectors.OF_PARAMETER in start.classes


def _set_badge_apart(badge: Element) -> None:
    """Put a space between a badge and the word that it stands beside."""
    siblings = badge.parent.children if badge.parent is not None else []
    # Highlighters name tokens of code so.
    if not 1 < badge.chars <= _MAX_BADGE or len(siblings) > _MAX_BESIDE or badge.ancestor(_CODE) is not None:
        return
    at = siblings.index(badge)
    before, after = siblings[at - 1] if at else "", siblings[at + 1] if at + 1 < len(siblings) else ""
    words = badge.words()
    if isinstance(after, str) and after[:1].isalnum() and words[-1].isalnum():
        badge.children.append(" ")
    if isinstance(before, str) and (before[-1:].isalnum() or before[-1:] in _CLOSING) and words[0].isalnum():
        badge.children.insert(0, " ")


@Question
def _holds_cards(start: StartTag) -> bool:
    """Whether an element that begins so may be around links that are boxes of their own."""
    return start.name == "div" and selectors.CARDS.search(start.get("class")) is not None


@Question
def _is_label(start: StartTag) -> bool:
    of_title = start.name == "span" and not start.classes.isdisjoint(selectors.LINES_OF_HOME)
    is_unseen = start.name == "span" and any(map(selectors.UNSEEN_IN_LINE.fullmatch, start.classes))
    is_below = start.name == "span" and not start.classes.isdisjoint(selectors.SUBTITLES)
    return of_title or is_unseen or is_below or not start.classes.isdisjoint(selectors.LABELS.values())


def _holds_labels(around: Element, label: Element) -> bool:
    if around.tag in selectors.HEADINGS and not label.classes.isdisjoint(selectors.SUBTITLES):
        # What begins with a sign, as ": a guide", goes on the words before it.
        return _first_text(label)[:1].isalnum()
    return any(selectors.LABELS.get(name, "") in label.classes for name in around.classes)


def _first_text(node: Element) -> str:
    inner: Element | str = node
    while isinstance(inner, Element):
        inner = next(filter(says_something, inner.children), "")
    return inner.strip()


def _is_title_of_home(node: Element) -> bool:
    return node.tag == "h1" and selectors.TITLE_OF_HOME in node.classes

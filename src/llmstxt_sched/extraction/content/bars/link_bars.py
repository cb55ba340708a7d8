"""Drops the bars of links above the title and below the text of a page without landmarks, and its last line.

That line says which program made the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.main_element.page_title import only_h1
from llmstxt_sched.extraction.content.own_contents import ends_with_colon
from llmstxt_sched.extraction.content.tools.page_tools import MAX_TOOL_TEXT, labels_pages_around, names_pages_around
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something
from llmstxt_sched.extraction.lazy_pattern import LazyPattern
from llmstxt_sched.extraction.normalise import DATE_OF_UPDATE, is_date_of_entry, normalise_line

_LINK_BAR: Final = "navigation"
_COLOPHON_KIND: Final = "footer"
_TAGS: Final = frozenset(["div", "p", "center", "table"])
# Two links may be a sentence's.
_MIN_LINKS: Final = 3
# Above the title a bar may also say where the reader is.
_MIN_SHARE_ABOVE, _MIN_SHARE_BELOW = 0.5, 0.8
# A taller one is a list of links, which is content, but the menu of a page that has more to say below its title.
_MAX_ROWS, _MAX_ROWS_OF_MENU = 2, 40
# What says which program made the page.
_COLOPHON: Final = LazyPattern(
    r"(?:(?:this )?(?:page|document|file|site|website) (?:was |is )?|automatically )?"
    r"(?:generated|created|produced|built|made|powered|hosted) "
    r"(?:by|with|using|from|on) \S+(?: \S+){0,3}(?: using an? .{0,40}\btheme\b.{0,40})?|"
    r"(?:erstellt|gebaut|betrieben) mit \S+(?: \S+){0,3}|"
    r"(?:propuls\u00e9|g\u00e9n\u00e9r\u00e9|cr\u00e9\u00e9) (?:par|avec) \S+(?: \S+){0,3}|"
    r"(?:desarrollado|creado|generado|hecho|feito|criado) (?:con|com|por) \S+(?: \S+){0,3}",
    re.IGNORECASE,
)
_MAX_COLOPHON: Final = 80
# The same as the last line of what is marked as the main content, which may say by whom a thing was made.
_GENERATED: Final = LazyPattern(
    r"(?:this (?:document|file|manual|page) (?:was|is) |(?:api )?documentation )?"
    r"(?:(?:automatically )?generated (?:by \S{1,40}(?: \S{1,40}){0,3} )?"
    r"(?:on [\w:,. -]{6,40} )?(?:by|with|using)|translated from (?:la)?tex by) [^\s,]+(?: [^\s,]+){0,3}"
    r"(?:,? (?=\w{3} \d|\d)[\w:,. -]{6,40})?|"
    # That edition says more of itself on each page.
    r"[^.:]{0,60}\bHelpNDoc\b[^.:]{0,20}: .{3,80}",
    re.IGNORECASE,
)
# A sentence goes on with a verb.
_NO_VERB: Final = r"(?! (?:is|are|was|were|has|had|may|can|must|will|shall|should)\b)"
# Whose the page is and since when, as its last line.
_COPYRIGHT: Final = LazyPattern(
    r"(?:copyright )?(?:\u00a9|\(c\)|copyright) ?(?:copyright )?(?:19|20)\d\d\b"
    rf"{_NO_VERB}.{{0,120}}|"
    # Or whose it is comes first, or the year.
    r"[^:\u00a9]{1,60} \u00a9 ?(?:19|20)\d\d(?: ?[-\u2013] ?(?:19|20)?\d\d)?(?:[,.]? all rights reserved)?[.!]?|"
    r"(?:19|20)\d\d(?: ?[-\u2013] ?(?:19|20)?\d\d)? ?\u00a9"
    rf"{_NO_VERB} .{{1,100}}",
    re.IGNORECASE,
)
# Who made the page, and when, as LaTeX2HTML writes it below each.
_STAMP: Final = re.compile(r".{0,80}(?<!\d)(?:19|20)\d\d-\d\d-\d\d")
_MAX_GENERATED: Final = 150
# Lines of a colophon.
_MAX_OF_COLOPHON: Final = 3
# A row of a table or an item of a list may say of a file what generates it.
_SAY_OF_FILES: Final = selectors.PARTS - {"p"}
# Below a picture it says whose that is, and a heading begins something.
_SAY_OF_OTHERS: Final = selectors.HEADINGS | {"figure", "figcaption"}
_MAX_DEPTH: Final = 4
# Links and labels of a line that leads to the pages around one, its characters, and what such lines consist of.
_MIN_AROUND, _MAX_LINE, _MAX_IN_LINES = 2, 500, 60
_WORD: Final = re.compile(r"\w")
# A text, or more numbers than one.
_TEXT: Final = re.compile(r"[^\W\d_]|\d\D+\d")
# In characters, of a slogan.
_MAX_HEAD: Final = 100
# Parts of a page among which such lines are, what none of them holds, and the characters of a page that has a foot.
_MAX_BEYOND: Final = 12
_NO_LINES: Final = selectors.HEADINGS | selectors.CODE_BLOCKS | {"dl", "ol", "table", "ul"}
_MIN_TEXT: Final = 300


def drop_link_bars(tree: Tree, main: Element) -> None:
    """Drop the bars that `main` begins and ends with, but never most of it."""
    for beyond in [*_lines_beyond_bars(tree, main)]:
        beyond.drop(_LINK_BAR)
    for bar in [*_bars_above(tree, main), *_bars_below(tree, main)]:
        bar.drop(_LINK_BAR)
    for line in [*_lines_before_block(main.children), *_lines_before_block(reversed(main.children))]:
        if _is_line_around(tree, line):
            for part in line:
                part.drop(_LINK_BAR)


def drop_colophon(main: Element) -> None:
    """Drop the last lines of `main` where they say what generated the page, whose it is, and when it was updated.

    What is all that is below a heading is content, and so is what a text announces.
    """
    for _ in range(_MAX_OF_COLOPHON):
        if not _drop_last_of_colophon(main):
            return


def _drop_last_of_colophon(main: Element) -> bool:
    node = main
    for _ in range(_MAX_DEPTH):
        last, above = islice(chain(filter(says_something, reversed(node.children)), ("", "")), 2)
        if isinstance(last, str) or last.tag in _SAY_OF_FILES or last.tag in _SAY_OF_OTHERS:
            return False
        if isinstance(above, Element) and above.tag in selectors.HEADINGS:
            return False
        text = last.words() if last.chars <= _MAX_GENERATED else ""
        is_generated = _GENERATED.fullmatch(text) is not None and not ends_with_colon(above)
        is_stamp = last.tag == "address" and _STAMP.fullmatch(text) is not None
        if is_generated or is_stamp or (_COPYRIGHT.fullmatch(text) and _is_end(last, above)):
            last.drop(_COLOPHON_KIND)
            return True
        if text and normalise_line(text) == ("", DATE_OF_UPDATE) and not is_date_of_entry(text):
            last.drop(DATE_OF_UPDATE)
            return True
        node = last
    return False


def _is_end(last: Element, above: Element | str) -> bool:
    """Whether a last line is no quotation, and what stands above it neither announces it nor counts as far as (c).

    Where that says the same of another, both are part of a list of them.
    """
    text = above.words() if isinstance(above, Element) else ":"
    return (
        last.ancestor(["blockquote"]) is None
        and last.tag != "blockquote"
        and not text.endswith((":", "\uff1a"))
        and not text.startswith("(b)")
        and not _COPYRIGHT.fullmatch(text)
    )


def _lines_beyond_bars(tree: Tree, main: Element) -> Iterator[Element]:
    """The brief lines before the links to the pages around above the title, and after those below the text.

    They are the site's: its name, and who pays for it.
    """
    heading = only_h1(tree, main)
    if heading is None:
        return
    for parts in (main.children, main.children[::-1]):
        line: Element | None = None
        for part in islice(parts, _MAX_BEYOND):
            if isinstance(part, str):
                if part.strip():
                    break
            elif _was_bar(tree, part):
                is_above = part.end <= heading.at
                is_below = part.at > heading.end and main.chars - part.chars >= _MIN_TEXT
                if line is not None and (is_above if line.at < part.at else is_below):
                    yield line
                break
            elif part.chars and not part.dropped:
                if line is not None or part.chars > _MAX_HEAD or part.tag in _NO_LINES or tree.has(part, _NO_LINES):
                    break
                line = part


def _was_bar(tree: Tree, part: Element) -> bool:
    """Whether all that it said was dropped, and links to the pages around this one were among that."""
    if part.chars and not part.dropped and _WORD.search(part.words()):
        return False
    for inner in islice(tree.order[part.at : part.end], _MAX_IN_LINES):
        around = inner.parent
        is_left_out = bool(part.dropped or inner.dropped or (around is not None and around.dropped))
        name = inner.get("alt") if inner.tag == "img" else inner.only_text or ""
        if inner.tag in ("a", "img") and is_left_out and names_pages_around(name.strip()):
            return True
    return False


def _bars_above(tree: Tree, main: Element) -> Iterator[Element]:
    title = only_h1(tree, main)
    for block in main.elements():
        if block.chars and _is_head(tree, block):
            yield block
        elif title is not None and block.end <= title.at:
            if _is_bar(tree, block, _MIN_SHARE_ABOVE, _MAX_ROWS_OF_MENU if _is_small(block, main) else _MAX_ROWS):
                yield block
        elif _is_bar(tree, block, _MIN_SHARE_BELOW) and _is_small(block, main):
            yield block
        elif block.chars:
            return


def _bars_below(tree: Tree, main: Element) -> Iterator[Element]:
    parts = [*filter(says_something, main.children)]
    for at in range(len(parts) - 1, 0, -1):
        block, before = parts[at], parts[at - 1]
        # What follows a heading is its content, and so is what follows a text.
        if isinstance(block, str) or isinstance(before, str) or before.tag in selectors.HEADINGS:
            return
        is_bar = _is_bar(tree, block, _MIN_SHARE_BELOW) and _is_small(block, main)
        if is_bar or (block.chars <= _MAX_COLOPHON and _COLOPHON.fullmatch(block.words())):
            yield block
        elif block.chars > _MAX_COLOPHON or normalise_line(block.words())[0]:
            # But a date of the last change, which is left out.
            return


def _lines_before_block(parts: Iterable[Element | str]) -> Iterator[list[Element]]:
    """The elements of each line that stands in no block before the first block with a text, of a few lines."""
    line: list[Element] = []
    for part in islice(parts, _MAX_IN_LINES):
        if isinstance(part, str):
            if _WORD.search(part):
                return
        elif part.is_block or part.tag in ("br", "hr"):
            yield line
            line = []
            if part.chars and not part.dropped and part.tag != "address":
                return
        elif not part.dropped:
            line.append(part)


def _is_line_around(tree: Tree, line: list[Element]) -> bool:
    """Whether a line is nothing but links to the pages around this one by their names, as one of LaTeX2HTML's is."""
    if len(line) < _MIN_AROUND or sum(part.chars for part in line) > _MAX_LINE:
        return False
    links = [
        inner for part in line for inner in (part, *tree.within(part)) if inner.tag == "a" and "href" in inner.attrs
    ]
    texts = [link.words() for link in links]
    labels = [part.words() for part in line if not part.link_chars]
    is_away = all(link.get("href").strip()[:1] not in ("", "#") for link in links)
    return len(links) >= _MIN_AROUND and is_away and labels_pages_around([text for text in labels if text], texts)


def _is_head(tree: Tree, block: Element) -> bool:
    """Whether the block is the site's name and slogan above its menu, which is dropped."""
    inner = tree.order[block.at + 1 : block.end]
    return (
        block.chars <= _MAX_HEAD
        and any(part.dropped == _LINK_BAR and part.chars for part in inner if part.tag != "a")
        and not any(part.tag in selectors.HEADINGS for part in inner)
    )


def _says_more(node: Element) -> bool:
    """Whether more than signs, and the number of the page itself, stands between its links."""
    return node.chars > _MAX_LINE or not node.link_chars or _TEXT.search(node.text(without=["a"])) is not None


def _is_small(node: Element, main: Element) -> bool:
    return node.chars * 2 <= main.chars


def _is_bar(tree: Tree, node: Element, least: float, most_rows: int = _MAX_ROWS) -> bool:
    """Whether the block is a line of links to other pages, or a few, which are `least` of its text."""
    # texi2html's links stand in brackets, and its next page may be the next section of this one.
    names_pages = node.tag in _TAGS and node.chars <= MAX_TOOL_TEXT and names_pages_around(node.words())
    if node.tag not in _TAGS:
        return False
    if node.link_density < least and not names_pages and _says_more(node):
        return False
    inner = list(tree.within(node))
    links = [part.get("href").strip() for part in inner if part.tag == "a" and part.chars]
    rows = sum(part.tag in ("br", "li", "tr") for part in inner)
    is_away = names_pages or all(href and href[0] != "#" for href in links)
    has_heading = any(part.tag in selectors.HEADINGS for part in inner)
    return len(links) >= _MIN_LINKS and is_away and rows <= most_rows and not has_heading

"""Tells the tools of a page, such as "Edit this page", from links of the same words that are content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.tools import tool_words
from llmstxt_sched.extraction.content.tools.permalinks import MAX_HEADING, is_permalink
from llmstxt_sched.extraction.dom.tree import Element, elements_in, says_something
from llmstxt_sched.extraction.lazy_pattern import LazyPattern

# Longer texts, in characters, are more than a button's.
MAX_TOOL_TEXT: Final = 100
# A tool, such as a question about the page and its answers, has no more: others may nest around thousands.
MAX_TOOL_ELEMENTS: Final = 200
# Marks beside headings and signatures.
_MARK_TEXT: Final = LazyPattern(r"\[(?:source|src|edit|docs|[-\u2212\u2013+])\]|more\.{3}|[¶#§🔗]", re.IGNORECASE)
_TOOL_TEXT: Final = LazyPattern(
    r"(?:edit|improve|suggest (?:an? )?(?:edit|change)s?(?: to)?|show source|report|open an issue|"
    r"fork)\b.{0,25}\b(?:page|source|github|gitlab|bitbucket|issue|problem|doc(?:ument|s)?)|"
    r"view(?: source)?\b.{0,25}\b(?:page|source|github|gitlab|bitbucket)|"
    r"show source|view source|show on (?:github|gitlab|bitbucket)|suggest (?:an edit|edits)|"
    r"(?:(?:show|hide) code cell (?:source|output|content)s? ?){1,2}|"
    r"view in hierarchy|(?:back|return) to (?:the )?(?:main |table of )?(?:index|contents)(?: page)?\W?|"
    r"skip to (?:main )?content|back to top|return to top|top of page|permalink|direct link to .{0,80}|"
    r"was this (?:page|article|doc(?:ument)?|information) (?:helpful|useful)\?.{0,40}",
    re.IGNORECASE,
)
_COPY_TEXT: Final = LazyPattern(
    r"cop(?:y|ied!?)(?: (?:code|link|page|item path|to clipboard|as markdown))?", re.IGNORECASE
)
# A link to the source, as a listing or as lines in a repository.
_SOURCE_TEXT: Final = LazyPattern(r"source|src|edit|at line \d{1,6}", re.IGNORECASE)
_SOURCE_LINK: Final = re.compile(r"(?:^|/)(?:src|_modules)/|/(?:tree|blob|edit)/[^#]*#L\d+$|#lineNumber\d+$")
# Where an example is edited.  A script may make the address, and then the link has none.
_PLAYGROUND: Final = re.compile(
    r"https?://(?:\w+\.)*(?:codepen\.io|codesandbox\.io|jsbin\.com|jsfiddle\.net|plnkr\.co|stackblitz\.com)/"
)
_EDIT, _PLACES = "edit", frozenset(["href", "name", "id"])
# What leads from a footnote back to where it is referred to; where there are several, they are numbered.
_BACK_TEXT: Final = LazyPattern(r"[\u2191\u21a9\u2934]\ufe0f?(?: ?\d{1,3})?")
# A link to the top of the page, in one word.
_TOP_TEXT, _TOP_LINK = (
    re.compile(rf"\W*(?:top|back|return|{tool_words.TOPS})\W*", re.IGNORECASE),
    re.compile(r"#(?:_?top|page-?top|title)?", re.IGNORECASE),
)
# A link to the page before or after, which says so before it says which; and what says so.
_STEP_TEXT: Final = LazyPattern(r"\W*(?:previous|prev|next)(?![.\-_]).{1,90}", re.IGNORECASE)
_STEP: Final = LazyPattern(
    rf"\W*(?:(?:previous|prev|next)(?: (?:page|article|chapter|topic|section|post))?|{tool_words.STEPS})\W*",
    re.IGNORECASE,
)
# One that has a colon before the name.
_NAMED_STEP: Final = LazyPattern(
    rf"\W*(?:previous|prev|next|{tool_words.STEPS})(?: (?:page|article|chapter|topic|section|post))?: \w.{{0,90}}",
    re.IGNORECASE,
)
# What links to the pages around this one are called in a bar of them, which has one of the first words.
_OF_BAR: Final = (
    r"(?:go )?(?:to )?(?:previous|prev|next|up|back|first|last|top|home|start|(?:table of )?contents|toc|index)"
    r"(?: (?:page|article|chapter|topic|section|class|package|node))?|(?:older|newer)(?: (?:posts|entries|articles))?"
)
# A vowel sign that a word of Hindi ends with is no letter, and no edge of a word is after it.
_BAR_TEXT: Final = LazyPattern(rf"\W*+(?:(?:{_OF_BAR})(?!\w)\W*+){{1,6}}", re.IGNORECASE)
_ANY_BAR_TEXT: Final = LazyPattern(
    rf"\W*+(?:(?:{_OF_BAR}|{tool_words.STEPS}|{tool_words.STARTS})(?!\w)\W*+){{1,6}}", re.IGNORECASE
)
_AROUND_PAGE: Final = LazyPattern(
    # Between such words, the signs of texi2html's steps.
    rf"(?<!\w)(?:previous|prev|next|up|older|newer|{tool_words.STEPS}|<<|>>)(?!\w)",
    re.IGNORECASE,
)
_PATTERNS: Final = (_MARK_TEXT, _BACK_TEXT, _SOURCE_TEXT, _COPY_TEXT, _TOOL_TEXT, _BAR_TEXT, _STEP_TEXT)
# Those in other languages, with what stands for them, and a link to the top of a page or its content.
_PLACE_TEXT: Final = LazyPattern(tool_words.PLACES, re.IGNORECASE)
_ABROAD: Final = {
    _COPY_TEXT: tool_words.COPYING,
    _TOOL_TEXT: tool_words.EDITING,
    _PLACE_TEXT: tool_words.PLACES,
    _BAR_TEXT: rf"(?:(?:{tool_words.STEPS}|{tool_words.STARTS})(?!\w)\W*+){{1,6}}",
    # All that is left of a text that is short enough, or each of its ends would be tried.
    _STEP_TEXT: rf"{tool_words.STEPS}(?![.\-_]).{{1,{MAX_TOOL_TEXT}}}",
}
# For a text in small letters: a pattern of many words that ignores case takes twice as long to find that none fits.
_ANY_ABROAD: Final = LazyPattern(rf"\W*+(?:{'|'.join(f'({text})' for text in _ABROAD.values())})\W*")
# What Python makes of a Turkish capital.
_DOTTED_I: Final = "i\u0307"
_KINDS_ABROAD: Final = tuple(_ABROAD)
_FIRST_WORD: Final = re.compile(r"[\W_]*([a-z]+)", re.IGNORECASE)
# Where the file of a page is edited, on GitHub, GitLab, Gitea and Bitbucket, whatever the link is called; but as a file
# or an address it is what a text is about.
_EDIT_LINK: Final = re.compile(
    r"https?://[^/?#]+/[^?#]+/(?:-/edit|_?edit)/[^?#]*\.\w{1,8}(?:[?#]|$)|"
    r"(?=[^?#]*/src/)https?://[^?#]+\?(?:[^#]*&)?mode=edit\b"
)
# What a text says before the name of a button, in its last characters.
_ANNOUNCED: Final = re.compile(
    r"\b(?:press|click|tap|select|choose|hit|use)(?: on)?(?: the)?(?: (?:button|link))?:?\s*\Z", re.IGNORECASE
)
_MAX_ANNOUNCED: Final = 40
# What leads up in a page, and the blocks in which it may stand alone.
_UP, _LINES = re.compile(r"\W*(?:up|top)\W*", re.IGNORECASE), frozenset(["div", "p"])
# What an entry of an index is.
_ENTRIES: Final = frozenset(["td", "li", "dt"])
# A place in Doxygen's pages, and what leads to it in other languages than English.
_DETAILS: Final = re.compile(r"(?:[\w./-]+\.x?html?)?#details")
_MORE: Final = re.compile(r"\W{0,2}[^\W\d][^.\u2026\]]{0,30}(?:\.{3}|\u2026)\W{0,2}|\[[^\W\d]{1,10}\]")
# Where the page is printed.
_PRINT_LINK: Final = re.compile(r"javascript: ?(?:window\.|self\.)?print\(", re.IGNORECASE)
_OF_PRINT_LINK: Final = frozenset("jJ")
_ADDRESS: Final = re.compile(r"\S+\.\w{1,8}|\S+/\S+")
# So many elements above a link is the item of a list that it is all of.
_MAX_IN_ITEM: Final = 2
# Each of them in a group of its own.
_ANY_TEXT: Final = re.compile("|".join(f"({pattern.pattern})" for pattern in _PATTERNS), re.IGNORECASE)
_LABEL_OF_CONTENTS: Final = LazyPattern(
    rf"(?:{selectors.LABELS_OF_CONTENTS.pattern}|{tool_words.CONTENTS}) ?[:\uff1a\u00bb\u203a\u25b8\u25be\u25bc]?",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"\w")
# A number of readers, with signs such as a heart, and so many characters at most; and elements around it at which to
# look.
_COUNT, _MAX_COUNT, _MAX_AROUND_COUNT = re.compile(r"\W*\d[\d.,]* ?[km]?\W*", re.IGNORECASE), 20, 4
# After the date of an update a link is a tool.
_DATE_BEFORE: Final = re.compile(r"(?:\d{4}|\d[-/:]\d{1,4})\s*\Z")
# Elements around a link on its line, and links and what parts them in a bar, on each side of one.
_MAX_AROUND_STEP, _MAX_IN_BAR = 4, 20
# A block with more text than this, in characters, beside a link has it in a sentence.
_MIN_SENTENCE: Final = 20
# A block of more parts is no sentence, and to find each of thousands of buttons among them would take seconds.
_MAX_PARTS: Final = 1000


def is_page_tool(node: Element) -> bool:
    """Whether the element's text names a tool of the page; the same words may also be content."""
    if node.chars > MAX_TOOL_TEXT or node.end - node.at > MAX_TOOL_ELEMENTS:
        return False
    href = node.get("href")
    if href[:1] == "#" and (is_permalink(node) or (not node.chars and _is_picture_of_top(node))):
        return True
    pattern = _named_by(node.words())
    if pattern is None:
        is_around = node.tag == "a" and (_leads_to_top(node, href) or _is_step_below_name(node))
        return is_around or _leads_to_tool(node, href)
    if pattern is _PLACE_TEXT:
        is_word = _TOP_TEXT.fullmatch(node.words()) is not None
        return _leads_to_top(node, href) if is_word else href[:1] == "#" and not _is_said(node)
    if pattern is _SOURCE_TEXT:
        return _SOURCE_LINK.search(href) is not None or _edits_example(node, href)
    if pattern is _BACK_TEXT:
        return href.startswith("#") and not is_named(node) and not _is_in_cell(node)
    if pattern is _COPY_TEXT:
        # A section that can be opened is about it.
        is_button = node.tag != "summary" and (href in ("", "#") or href.startswith("javascript:"))
        return is_button and not is_named(node)
    if pattern is _STEP_TEXT or (pattern is _BAR_TEXT and not _is_of_bar(node)):
        return node.tag == "a" and (_is_step(node) or _leads_up(node, href) or _leads_to_top(node, href))
    if pattern is _MARK_TEXT:
        # The sign of a section is also the text of links to what a note is about, or part of a heading's.
        return not _is_entry(node, href) and (
            node.words() != "§" or "#" in href or not href or _is_last_of_heading(node)
        )
    return pattern is _BAR_TEXT or (pattern is _TOOL_TEXT and not _is_said(node))


def _is_entry(link: Element, href: str) -> bool:
    """Whether a sign is all of an item or a cell, and leads to a place in another page, as an operator in an index."""
    if link.chars != 1 or href[:1] == "#" or "#" not in href:
        return False
    block = next(filter(lambda outer: outer.is_block, link.ancestors()), None)
    if block is None or block.chars != 1 or block.tag not in _ENTRIES:
        return False
    # The row, the item or the link itself may be the place, by the whole address of its page.
    place = href.partition("#")[2]
    return all(place not in (outer.get("id"), outer.get("name")) for outer in (link, block, block.parent) if outer)


def _edits_example(link: Element, href: str) -> bool:
    """Whether a link that stands alone, or after a heading, opens the example of the page to be edited."""
    if link.tag != "a" or (link.parent is not None and _is_all_of_heading(link, link.parent)):
        return False
    # What is named is a place in the page, such as a heading called "Source".
    is_drawn = not href and _PLACES.isdisjoint(link.attrs) and link.words().lower() == _EDIT
    if not is_drawn and _PLAYGROUND.match(href) is None:
        return False
    return _is_last_of_heading(link) or not (_is_said(link) or _is_told_of(link) or _is_in_cell(link))


def _is_all_of_heading(link: Element, heading: Element) -> bool:
    return heading.tag in selectors.HEADINGS and heading.chars == link.chars


def _leads_to_top(link: Element, href: str) -> bool:
    is_top = _TOP_LINK.fullmatch(href) is not None and _TOP_TEXT.fullmatch(link.words()) is not None
    return is_top and not (_is_said(link) or _is_told_of(link) or _is_in_cell(link) or _is_among_places(link))


def _is_picture_of_top(link: Element) -> bool:
    """Whether a link to a place in the page is nothing but a picture that stands for its top, and all of its block."""
    block = next(filter(lambda outer: outer.is_block, link.ancestors()), None)
    if block is None or block.chars or block.tag not in _LINES:
        return False
    inside = [*islice(elements_in(link), 2)]
    name = inside[0].get("alt").strip() if len(inside) == 1 and inside[0].tag == "img" else ""
    return bool(name) and (_TOP_TEXT.fullmatch(name) is not None or _named_by(name) in (_PLACE_TEXT, _TOOL_TEXT))


def _is_among_places(link: Element) -> bool:
    """Whether other items of its list lead to other places in the page: then "top" is the name of one, as in CSS."""
    item = next(filter(lambda outer: outer.tag == "li", islice(link.ancestors(), _MAX_IN_ITEM)), None)
    if item is None or item.parent is None:
        return False
    items = islice(item.parent.elements(), _MAX_IN_BAR)
    others = [inner.get("href") for other in items if other is not item for inner in islice(elements_in(other), 2)]
    return any(href[:1] == "#" and _TOP_LINK.fullmatch(href) is None for href in others)


def _leads_to_tool(link: Element, href: str) -> bool:
    """Whether a link prints the page, or leads to where its file is edited, whatever it is called.

    So does Doxygen's to the full text about a class, after the first words of it.
    """
    # Few links end or begin so, and each of a page's is asked.
    if href.endswith("#details") and _DETAILS.fullmatch(href) is not None:
        return _MORE.fullmatch(link.words()) is not None and not _is_alone(link)
    if href[:1] in _OF_PRINT_LINK and _PRINT_LINK.match(href):
        # Links without a text may be thousands in one block, which each would look at.
        return link.chars > 0 and not (_is_said(link) or _is_told_of(link))
    edits = href.startswith("http") and _EDIT_LINK.match(href) is not None
    return edits and _is_alone(link) and not _ADDRESS.fullmatch(link.words())


def _leads_up(link: Element, href: str) -> bool:
    """Whether a link beside a heading or in a line of its own leads to a place above it in the page."""
    if href[:1] != "#" or _UP.fullmatch(link.words()) is None:
        return False
    block = next(filter(lambda outer: outer.is_block, link.ancestors()), None)
    if block is None or block.chars == link.chars or (block.tag in _LINES and _is_line(link, block)):
        return block is not None and block.tag in _LINES
    return _is_last_of_heading(link)


def _is_line(link: Element, block: Element) -> bool:
    """Whether a block has a link by itself before code, as each of Swagger Codegen's methods has."""
    said = [*islice(filter(says_something, block.children), 2)]
    code = said[1] if len(said) > 1 and said[0] is link else ""
    return not isinstance(code, str) and code.tag in selectors.CODE_BLOCKS


def _is_told_of(link: Element) -> bool:
    """Whether words stand beside the link in its paragraph or item, which say what it is for."""
    around = next(filter(lambda outer: outer.is_block, link.ancestors()), None)
    return around is not None and around.tag in ("p", "li", "dd") and any(map(_is_words, around.children))


def _is_alone(node: Element) -> bool:
    """Whether nothing else has a text in its block, which is no cell or heading."""
    block = next(filter(lambda outer: outer.is_block, node.ancestors()), None)
    return block is not None and block.chars == node.chars > 0 and block.tag not in selectors.NO_BARS - {"li"}


def is_count(node: Element) -> bool:
    """Whether the element is nothing but a number, and all of its block, which is no part of a table, list or code."""
    block = node if node.is_block else next(filter(lambda outer: outer.is_block, node.ancestors()), node)
    is_small = 0 < block.chars == node.chars <= _MAX_COUNT and node.end - node.at <= MAX_TOOL_ELEMENTS
    if not is_small or _COUNT.fullmatch(node.words()) is None:
        return False
    around = [node, *islice(node.ancestors(), _MAX_AROUND_COUNT)]
    return not any(outer.tag in selectors.HAVE_COUNTS for outer in around)


@lru_cache(maxsize=8192)
def names_pages_around(text: str) -> bool:
    """Whether a text is nothing but what links to the pages around one are called, such as "[ < ] [ Up ] [Top]"."""
    return len(text) <= MAX_TOOL_TEXT and _ANY_BAR_TEXT.fullmatch(text) is not None and bool(_AROUND_PAGE.search(text))


def labels_pages_around(labels: Sequence[str], links: Sequence[str]) -> bool:
    """Whether links are called as those to the pages around one are, or stand each after a label that is."""
    named = [text for text in links if _ANY_BAR_TEXT.fullmatch(text[:MAX_TOOL_TEXT])]
    texts = [*labels, *named]
    are_of_bar = all(len(text) <= MAX_TOOL_TEXT and _ANY_BAR_TEXT.fullmatch(text) for text in texts)
    return are_of_bar and len(links) - len(named) <= len(labels) and any(map(_AROUND_PAGE.search, texts))


def is_label_of_contents(node: Element) -> bool:
    """Whether the element is nothing but the name of a table of contents."""
    return 0 < node.chars <= MAX_TOOL_TEXT and _labels_contents(node.words())


@lru_cache(maxsize=8192)
def _labels_contents(text: str) -> bool:
    return _LABEL_OF_CONTENTS.fullmatch(text) is not None


@lru_cache(maxsize=8192)
def _named_by(text: str) -> LazyPattern | None:
    """The first pattern that the text of a link or button fits, which is often the same on all pages of a site."""
    found = _ANY_TEXT.fullmatch(text)
    if found and found.lastindex:
        return _PATTERNS[found.lastindex - 1]
    if text.isascii():
        found = _FIRST_WORD.match(text)
        first = found[1].lower() if found else ""
        if first not in tool_words.BEGINNINGS and not first.startswith(tool_words.STEP_BEGINNINGS):
            return None
    found = _ANY_ABROAD.fullmatch(text.lower().replace(_DOTTED_I, "i"))
    return _KINDS_ABROAD[found.lastindex - 1] if found and found.lastindex else None


def _is_of_bar(link: Element) -> bool:
    """Whether it is a link to a page around this one, and all that is beside it on its line are such links."""
    href = link.get("href").strip()
    if link.tag != "a" or not href or href[0] == "#" or _names_its_place(link, href):
        return False
    node, is_bar = link, False
    for outer in islice(link.ancestors(), _MAX_AROUND_STEP):
        if node.is_block or outer.tag in selectors.NO_BARS:
            break
        parts = outer.children
        if len(parts) > _MAX_PARTS:
            return False
        at = parts.index(node)
        before = islice(takewhile(_is_on_line, reversed(parts[:at])), _MAX_IN_BAR)
        line = [*before, node, *islice(takewhile(_is_on_line, parts[at + 1 :]), _MAX_IN_BAR)]
        text = " ".join(part if isinstance(part, str) else part.words() for part in line if not _is_button(part))
        if len(text) > MAX_TOOL_TEXT or _ANY_BAR_TEXT.fullmatch(text) is None:
            return False
        is_bar = is_bar or _AROUND_PAGE.search(text) is not None
        if len(line) < len(parts) or outer.is_block:
            return is_bar
        node = outer
    return False


def _names_its_place(link: Element, href: str) -> bool:
    """Whether the place that the link leads to is called as it is: an index of functions has one called "next"."""
    words = link.words()
    # Texinfo's to the top of a manual leads to a place called so.
    return "#" in href and href.endswith(words) and _STEP.fullmatch(words) is not None


def _is_button(part: Element | str) -> bool:
    """Whether it is a button that is left out, and no part of a bar of links."""
    return isinstance(part, Element) and part.tag == "button" and part.dropped != ""


def _is_on_line(part: Element | str) -> bool:
    """Whether no line ends at it."""
    return isinstance(part, str) or not (part.is_block or part.tag in ("br", "hr"))


def _is_step(link: Element) -> bool:
    """Whether a part of the link says that it leads to the next page, or back, and no text is beside the link."""
    if link.parent is None or link.parent.link_chars < link.parent.chars:
        return False
    if _NAMED_STEP.fullmatch(link.words()):
        return not any(outer.tag in selectors.NO_BARS for outer in islice(link.ancestors(), _MAX_AROUND_STEP))
    first: Element | str = link
    while isinstance(first, Element):
        first = next(filter(says_something, first.children), "")
        if isinstance(first, Element) and first.chars < link.chars and _STEP.fullmatch(first.words()):
            return first.tag not in selectors.HEADINGS and _is_apart(first)
    return False


def _is_step_below_name(link: Element) -> bool:
    """Whether the link says in a line below the name of a page that it is the next, and only links are beside it.

    That is so in Fumadocs; in one word it may be what a card is about.
    """
    last = next(filter(says_something, reversed(link.children)), "")
    if isinstance(last, str) or not last.is_block or last.chars == link.chars or last.tag in selectors.HEADINGS:
        return False
    words = last.words() if last.chars <= MAX_TOOL_TEXT else ""
    is_all = link.parent is not None and link.parent.link_chars == link.parent.chars
    return is_all and " " in words and _STEP.fullmatch(words) is not None


def _is_apart(label: Element) -> bool:
    """Whether the label is one: without a mark or a place of its own it is a word like others, as in "Next steps"."""
    if label.is_block or not label.words().replace(" ", "").isalpha():
        return True
    siblings = label.parent.children if label.parent is not None else []
    after = next(islice(siblings, siblings.index(label) + 1, None), None)
    # Text that is glued to it is meant to stand in a place of its own.
    return label.tag not in selectors.CODE_SPANS and (not isinstance(after, str) or after[:1].isalnum())


def is_named(node: Element) -> bool:
    """Whether the button or link is what a heading or a sentence is about: a tool stands at an end of its block."""
    inner = node
    for block in node.ancestors():
        if block.is_block:
            break
        inner = block
    else:
        return False
    if block.tag in selectors.HEADINGS or block.tag == "pre":
        return block.tag != "pre" and block.chars == node.chars
    if len(block.children) > _MAX_PARTS:
        return False
    at = block.children.index(inner)
    before, after = block.children[at - 1 : at], block.children[at + 1 : at + 2]
    return any(map(_is_words, before)) and any(isinstance(text, str) and not text.isspace() for text in after)


def _is_last_of_heading(node: Element) -> bool:
    around = islice(node.ancestors(), 3)
    headings = [outer for outer in around if outer.tag in selectors.HEADINGS and outer.chars <= MAX_HEADING]
    return any(heading.words().endswith(node.words()) for heading in headings)


def _is_in_cell(node: Element) -> bool:
    """Whether it stands in a cell or a term, where an arrow may be a key that the rest explains."""
    return any(outer.tag in ("td", "th", "dt") for outer in islice(node.ancestors(), 3))


def _is_words(node: Element | str) -> bool:
    return isinstance(node, str) and _WORD.search(node) is not None


def _is_said(node: Element) -> bool:
    """Whether the element is part of a sentence, or of code."""
    block = next(filter(lambda outer: outer.is_block or outer.tag == "code", node.ancestors()), None)
    if block is None or block.tag in ("pre", "code"):
        return block is not None
    if block.tag == "dt" and block.chars == node.chars:
        # It is what the text after it explains.
        return True
    is_long = block.chars - node.chars > _MIN_SENTENCE
    return block.tag in selectors.PARAGRAPHS and (is_long or _is_end_of_sentence(block, node))


def _is_end_of_sentence(block: Element, node: Element) -> bool:
    """Whether the only link of a short block goes on a sentence that ends after it."""
    if [part for part in block.children if isinstance(part, Element) and part.tag == node.tag] != [node]:
        return False
    at = block.children.index(node)
    beside = [part if isinstance(part, str) else "" for part in block.children[max(0, at - 1) : at + 2]]
    before, after = beside[0].rstrip()[-1:], beside[-1].strip()[:1]
    if at > 0 and not after and _ANNOUNCED.search(beside[0][-_MAX_ANNOUNCED:]):
        return True
    is_sentence = (before.isalnum() and _DATE_BEFORE.search(beside[0]) is None) or before == ","
    return at > 0 and is_sentence and after != "" and after in ".!?"

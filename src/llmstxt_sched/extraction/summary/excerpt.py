"""Finds the sentences that a page's main content begins with."""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import islice, takewhile
from typing import Final, NamedTuple

from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.tools import tool_words
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.markdown.inline.inline_writer import InlineWriter
from llmstxt_sched.extraction.markdown.lists.definitions import is_signature
from llmstxt_sched.extraction.normalise import normalise_line
from llmstxt_sched.extraction.summary.imprint import is_byline, is_imprint, names_people, says_terms
from llmstxt_sched.extraction.summary.outline import holds_members
from llmstxt_sched.extraction.summary.sentences import MAX_WIDTH, MIN_WIDTH, first_sentence, holds_end
from llmstxt_sched.extraction.summary.width import width

# A sentence shorter than MIN_WIDTH, down to this one in columns, is taken where there is no longer one.
_MIN_SHORT_WIDTH: Final = 12
# The least for Chinese, which says more in as many columns than Japanese and Korean.
_MIN_WIDTH_OF_CHINESE: Final = 28
# Japanese and Korean are told from Chinese by signs of their own.
_HAN, _KANA_OR_HANGUL = re.compile("[\u3400-\u9fff]"), re.compile("[\u3041-\u30fa\uac00-\ud7a3]")
# Scripts that put no spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, kana and Han.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# A qualified name, file or address: a text of nothing but such names says nothing about them.
_NAME, _NAME_INSIDE = re.compile(r"\w+(?:[._:/$]+\w+)+", re.ASCII), re.compile(r"[._:/$]\w", re.ASCII)
# Nothing but a call of a function, in ASCII since a sentence in Han or kana may end in brackets as well.
_CALL: Final = re.compile(r"[\w.:]+\([^()]*\)", re.ASCII)
# Thai and Lao write no stops.
_NO_STOPS: Final = re.compile("[\u0e00-\u0eff]")
# A word long enough to be a name, in scripts with capitals, and how many of them make a line of names.
_LONG_WORD, _MIN_NAMES = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]{4,}"), 4
# What a motto begins with, and what a quotation ends with.
_QUOTATION_MARKS: Final = '"\u201c\u201e\u00ab'
_CLOSING_MARK: Final = re.compile(r'["\u201c\u201d\u00bb]')
# What is said beside the text, whatever it stands in.
_ASIDE_START: Final = re.compile(
    # Most texts have no colon so early, and are then not compared with the words.
    rf"(?=[^:!\uff1a\uff01]{{1,40}}[:!\uff1a\uff01]){tool_words.NOTES}\s?[:!\uff1a\uff01]",
    re.IGNORECASE,
)
# What whoever is quoted is named after, at the beginning of a line.
_WHO_SAID: Final = ("\u2014", "\u2015", "--")
# The first is the lead; another serves as the note where many pages begin alike.
_MAX_EXCERPTS: Final = 3
# So many elements are looked at, or a page without prose would take longer than one with it.
_MAX_ELEMENTS: Final = 300
# A table cell with so many characters, or with a heading in it, lays out the page.
_LAYOUT_CHARS: Final = 400
_RAISED_LINK: Final = frozenset(["a", "sup"])
# In characters: "[12]".
_MAX_MARK: Final = 5
_GOES_ON: Final = "\u2013\u2014,;"
# What holds a text, and in which it is a paragraph, as it was in old pages without an element of its own.
_HOLDERS: Final = selectors.PROSE | {"blockquote"}
_PARAGRAPHS: Final = selectors.PROSE - {"div"} | {"body"}
_LOOKED_AT: Final = _HOLDERS | selectors.HEADINGS | selectors.CODE_BLOCKS
_CELLS: Final = frozenset(["td", "th"])
_PAGE_TITLES: Final = frozenset(["h1"])
_DETAILS: Final = "details"
_NO_PROSE: Final = frozenset(["dt", "caption", "figcaption", "pre", "label"])
# The positions of elements among their siblings, by the element that holds them.
_Places = dict[Element, dict[Element, int]]
# The most parts of a text after a heading that are looked at, since nothing may end it.
_MAX_RUN: Final = 60


class _Place(IntEnum):
    """Where a text stands, and so how likely it says what the page is about: the smaller, the likelier.

    A whole sentence in a list counts as a paragraph, since release notes consist of nothing else.  One in a definition
    is about a part of the page.  A line without a stop counts as a paragraph where no sentence stands beside it.
    """

    PARAGRAPH = 0
    LINE = 1
    ITEM = 2
    SHORT_PARAGRAPH = 3
    DEFINITION = 4
    SHORT_ITEM = 5
    PHRASE = 6
    ASIDE = 7
    BEFORE_TITLE = 8


class _Found(NamedTuple):
    """A text of prose: where it stands, whether in a list, and the number of headings before it."""

    place: _Place
    in_list: bool
    part: int
    text: str


class Excerpts(NamedTuple):
    """What a page's first texts of prose begin with, the likeliest first; `of_parts` are about parts of it alone."""

    leads: list[str]
    of_parts: list[str]


def read_excerpts(tree: Tree, main: Element, title: Element | None, inline: InlineWriter) -> Excerpts:
    """What the first three texts of prose in `main` begin with: one sentence or more each, 40 to 200 columns wide.

    A narrower text, or one in a list or in a note beside the text, comes after others.  None is from a table's cell, a
    signature or code.  `title` is the page's title: what stands before it is hardly about the page.  Texts below
    another heading than that of the first, or at another kind of place, are about parts of the page.
    """
    title = title or tree.first(main, ["h1"]) or main
    begin = title.at if main.holds(title) else main.at
    found = _beside_sentences(_texts(tree, main, begin, inline))
    if not found:
        holder = title.parent if main.holds(title) and title.parent is not None else main
        found = _found_in(tree, _run_after(holder, begin), holder, 0, inline)
    found = _with_first_sentence(found)
    found.sort(key=lambda each: each.place)
    leads, of_parts = dict[str, None](), dict[str, None]()
    for each in found[: 2 * _MAX_EXCERPTS]:
        is_near = each[:3] == found[0][:3]
        text = visible(first_sentence(each.text))
        if text not in leads and text not in of_parts:
            (leads if is_near else of_parts)[text] = None
        if len(leads) + len(of_parts) == _MAX_EXCERPTS:
            break
    return Excerpts(list(leads), list(of_parts))


def _found_in(tree: Tree, run: list[Element | str], holder: Element, part: int, inline: InlineWriter) -> list[_Found]:
    """The text of `run`, which stands directly in `holder`, if it is prose."""
    text = normalise_line(inline.text(run))[0] if _is_prose(run) and not _has_no_prose(tree, holder, inline) else ""
    place = _place(text, [holder])
    return [] if place is None else [_Found(place, False, part, text)]


def _texts(tree: Tree, main: Element, begin: int, inline: InlineWriter) -> list[_Found]:
    """The first texts of prose in `main`, up to the third paragraph; the page's title begins at `begin`."""
    found: list[_Found] = []
    places: _Places = {}
    paragraphs = part = code_end = 0
    for node in islice(filter(lambda node: node.tag in _LOOKED_AT, tree.within(main)), _MAX_ELEMENTS):
        if node.tag in selectors.HEADINGS:
            part += 1
            if begin <= node.at and node is not main:
                holder, run = run_behind(node, main, places)
                behind = _found_in(tree, run, holder, part, inline)
                found += behind
                paragraphs += sum(each.place is _Place.PARAGRAPH for each in behind)
        if node.tag in selectors.CODE_BLOCKS:
            code_end = node.end
        # From cheap to expensive; most elements hold nothing but blocks.
        run = _first_run(node) if node.tag in _HOLDERS and node.link_density < 0.5 else []
        if not run or _is_all_code(run) or _has_no_prose(tree, node, inline) or _is_code(tree, node):
            continue
        text, _ = normalise_line(inline.text(run))
        around = [node, *takewhile(lambda outer: outer is not main, node.ancestors())] if text else []
        if any(_has_no_prose(tree, outer, inline) for outer in around[1:]):
            continue
        place = _place(text, around)
        # The sentence before code goes on after it.
        if place is None or (node.at == code_end and (text[0].islower() or text[0] in _GOES_ON)):
            continue
        place = _Place.BEFORE_TITLE if node.end <= begin else place
        found.append(_Found(place, any(outer.tag == "li" for outer in around), part, text))
        paragraphs += place is _Place.PARAGRAPH
        if paragraphs == _MAX_EXCERPTS:
            break
    return found


def _beside_sentences(found: list[_Found]) -> list[_Found]:
    """`found`, where lines count as paragraphs if no sentence stands below the same heading."""
    parts = {each.part for each in found if each.place is _Place.PARAGRAPH and not each.in_list}
    return [
        _Found(_Place.PARAGRAPH, each.in_list, each.part, each.text)
        if each.place is _Place.LINE and each.part not in parts
        else each
        for each in found
    ]


def _with_first_sentence(found: list[_Found]) -> list[_Found]:
    """`found`, where a short sentence at the beginning counts as a paragraph if only what announces a list would."""
    others = [each for each in found if each.place < _Place.SHORT_PARAGRAPH]
    first = next(filter(lambda each: each.place is _Place.SHORT_PARAGRAPH, found), None)
    # A text after the second heading is about a part of the page.
    if first is None or first.part > 1 or not others or others[0].part <= first.part:
        return found
    if not all(each.text.endswith((":", "\uff1a")) for each in others):
        return found
    return [each._replace(place=_Place.PARAGRAPH) if each is first else each for each in found]


def _first_run(node: Element) -> list[Element | str]:
    """What the element holds before the first block in it, without marks of footnotes."""
    run: list[Element | str] = []
    for child in node.children:
        if isinstance(child, str) or not child.is_block:
            if isinstance(child, str) or not (_is_footnote_mark(child) or selectors.LISTED_SIGNATURE in child.classes):
                run.append(child)
            continue
        break
    return run


def _is_footnote_mark(node: Element) -> bool:
    """Whether an element is a raised link, of a few characters, to a place of its own page; brackets may be around."""
    if not 0 < node.link_chars <= node.chars <= _MAX_MARK or node.tag not in _RAISED_LINK:
        return False
    if node.link_chars < node.chars and node.text(without=["a"]).strip("[() ]"):
        return False
    inner = [node, *node.elements()]
    is_raised = any(each.tag == "sup" or not selectors.FOOTNOTE_MARKS.isdisjoint(each.classes) for each in inner)
    return is_raised and any(each.tag == "a" and each.get("href").startswith("#") for each in inner)


def run_behind(heading: Element, main: Element, places: _Places) -> tuple[Element, list[Element | str]]:
    """The first text after a heading that has no element of its own, with nothing but links between, and its holder.

    An element around the heading alone, such as a place to link to or one that centres it, counts as the heading.
    """
    inner, holder = heading, heading.parent or main
    while holder is not main and holder.chars == heading.chars and holder.parent is not None:
        inner, holder = holder, holder.parent
    if holder not in places:
        places[holder] = {child: at for at, child in enumerate(holder.children) if isinstance(child, Element)}
    begin = places[holder].get(inner, len(holder.children)) + 1
    run: list[Element | str] = []
    for child in holder.children[begin : begin + _MAX_RUN]:
        if isinstance(child, str) or not child.is_block:
            if run or not isinstance(child, str) or not child.isspace():
                run.append(child)
        elif run or child.chars > child.link_chars:
            break
    return holder, run


def _run_after(holder: Element, begin: int) -> list[Element | str]:
    """The first text without an element of its own after the title, which is at `begin`, up to the next block."""
    run: list[Element | str] = []
    is_behind = begin <= holder.at
    for child in holder.children:
        if isinstance(child, str) or not child.is_block:
            if is_behind and (run or not isinstance(child, str) or not child.isspace()):
                run.append(child)
        elif run:
            break
        else:
            is_behind = is_behind or child.at <= begin < child.end
    return run


def _is_prose(run: list[Element | str]) -> bool:
    """Whether more than half of what stands in a line is neither a link nor code."""
    inner = [node for node in run if not isinstance(node, str) and not node.dropped]
    others = sum(node.chars if node.tag in selectors.CODE_SPANS else node.link_chars for node in inner)
    return others * 2 < sum(node.chars for node in inner) + sum(
        len(text.strip()) for text in run if isinstance(text, str)
    )


def _is_all_code(run: list[Element | str]) -> bool:
    """Whether a line is nothing but code, as the declaration is that an item begins with."""
    parts = [part for part in run if not isinstance(part, str) or part.strip()]
    return all(not isinstance(part, str) and (part.tag in selectors.CODE_SPANS or not part.chars) for part in parts)


def _is_code(tree: Tree, node: Element) -> bool:
    """Whether half of the element or more is code; one without text counts as well."""
    if node.end == node.at + 1:
        return not node.chars
    first = islice(tree.within(node), _MAX_ELEMENTS)
    return sum(inner.chars for inner in first if inner.tag in selectors.CODE_SPANS) * 2 >= node.chars


def _has_no_prose(tree: Tree, node: Element, inline: InlineWriter) -> bool:
    if node.tag in _CELLS:
        return node.chars < _LAYOUT_CHARS and not tree.has(node, selectors.HEADINGS_OF_CELLS)
    if selectors.IMPRINT_OF_ASCIIDOCTOR in node.classes and any("author" in part.classes for part in node.elements()):
        return True
    if node.tag in _NO_PROSE or not selectors.SIGNATURES_AND_TABLES.isdisjoint(node.classes):
        return True
    # By whom a manual of Asciidoctor is, and of which version.
    if _DETAILS in node.classes and node.parent is not None and node.parent.get("id") == "header":
        return True
    # What a card says is about the page that it leads to, and what a member says about no more than that.
    is_link = node.tag == "a" and bool(node.get("href")) and not inline.is_page(node.get("href"))
    # One with half of the page is no card.
    is_card = is_link and node.chars * 2 < tree.body.chars and not tree.has(node, _PAGE_TITLES)
    if is_card or holds_members(node):
        return True
    # A line of a listing of Doxygen's, in which comments look like prose.
    is_line = selectors.FRAGMENT_LINE in node.classes
    return is_line and node.parent is not None and selectors.FRAGMENT in node.parent.classes


def _place(text: str, around: list[Element]) -> _Place | None:
    """The place of a text in the elements `around`; None if it is no prose."""
    head = text[:MAX_WIDTH]
    if " " not in head and len(_UNSPACED.findall(head)) * 2 < len(head):
        return None
    if (sum(map(len, _NAME.findall(head))) if _NAME_INSIDE.search(head) else 0) * 2 >= len(head):
        return None
    columns, least, has_end = width(head), _least_width(head), holds_end(head)
    if columns < _MIN_SHORT_WIDTH or (columns < least and not has_end) or is_imprint(head):
        return None
    if _CALL.fullmatch(text):
        return None
    is_beside = _ASIDE_START.match(head) or says_terms(head) or (is_byline(head) and not has_end)
    is_beside = is_beside or names_people(head) or (head.startswith(_WHO_SAID) and not has_end)
    if is_beside or _is_motto(head, around) or any(_is_aside(outer.start) for outer in around):
        return _Place.ASIDE
    is_item, defines = any(outer.tag == "li" for outer in around), any(_defines(outer) for outer in around)
    if columns < least:
        return _Place.SHORT_ITEM if is_item or defines else _Place.SHORT_PARAGRAPH
    if defines:
        return _Place.DEFINITION
    # A slogan, a label or a motto, more likely than a paragraph.
    if around[0].tag not in _PARAGRAPHS and (columns < 2 * least or not (has_end or _UNSPACED.search(head))):
        return _Place.PHRASE
    # Short, it says no more than that a list comes next.
    goes_on = text.endswith((":", "\uff1a", ","))
    announces = columns < 2 * least and goes_on
    # The continuation of the sentence that announces the list is no sentence by itself.
    is_piece = is_item and head[0].islower()
    if is_piece or (not has_end and (is_item or announces or _is_of_names(head))):
        return _Place.ITEM
    is_whole = has_end or goes_on or len(text) > len(head) or _NO_STOPS.search(head)
    return _Place.PARAGRAPH if is_whole else _Place.LINE


def _least_width(text: str) -> int:
    """The columns of a text that says something by itself."""
    if text.isascii() or _KANA_OR_HANGUL.search(text) or len(_HAN.findall(text)) * 3 < len(text):
        return MIN_WIDTH
    return _MIN_WIDTH_OF_CHINESE


def _is_motto(text: str, around: list[Element]) -> bool:
    """Whether somebody else said it: a quotation in quotation marks, which are not around its first words alone."""
    if text[0] not in _QUOTATION_MARKS or not any(outer.tag == "blockquote" for outer in around):
        return False
    closing = _CLOSING_MARK.search(text, 1)
    return closing is None or closing.start() * 2 > len(text)


def _is_of_names(line: str) -> bool:
    """Whether most longer words of a line begin with a capital: authors, where they are, the source of a picture."""
    # Most lines have no capital but the first.
    if line[1:].islower():
        return False
    words = _LONG_WORD.findall(line)
    return len(words) >= _MIN_NAMES and sum(not word[0].islower() for word in words) * 4 >= len(words) * 3


def _defines(node: Element) -> bool:
    """Whether the element says what a parameter, a value or a word means; what documents a declaration does not."""
    if node.tag != "dd" or node.parent is None:
        return False
    term = next(node.parent.elements(), node)
    return term.tag != "dt" or not is_signature(term)


@Question
def _is_aside(start: StartTag) -> bool:
    return start.name == "aside" or selectors.ASIDE_NAMES.search(start.get("class").lower()) is not None

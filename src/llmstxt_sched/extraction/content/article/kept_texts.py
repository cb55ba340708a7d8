"""Texts that an article keeps though trafilatura does not find them in it: its title, its inner parts, quotations."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, pairwise, takewhile
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.article.parts import WHOLE, Part
from llmstxt_sched.extraction.content.main_element.page_title import begins
from llmstxt_sched.extraction.content.visibility.hidden import is_openable
from llmstxt_sched.extraction.dom.tree import Element, elements_among

# A paragraph is the article's if it has so many characters beside its links, which are so many times those in them, and
# so many paragraphs beside it are the article's.
_MIN_PROSE, _TIMES_LINKED, _MIN_KEPT = 200, 2, 3
# Between two parts of an article these belong to it; trafilatura leaves them out.
_WITHIN: Final = frozenset(["blockquote", "dl", "figcaption", "li", "math"])
# What names the section that it is in or before, its words, and the elements that may be around its texts.
_NAMING: Final = selectors.HEADINGS - {"h1"} | {"summary"}
_WORDS, _MAX_AROUND = re.compile(r"[^\W_]+"), 8
# How long the label of a note or of code is, in characters.
_MAX_LABEL: Final = 40
_ENDS: Final = (".", "!", "?", ":", "\u2026", "\u3002")
# What may stand after the end of a sentence.
_CLOSING: Final = ")]\"'\u2019\u201d"
# In the names of boxes that stand amid articles and are none of their notes.
_OF_SITE: Final = re.compile(
    r"author(?!i(?:[stz]|ng))|asset|embed|news|subscri|sign-?up|promo|related|share|post-|meta", re.IGNORECASE
)
# A formula between blocks, with the white space around it.
_MAX_AROUND_FORMULA: Final = 5
# What may be around code and nothing else.
_BOXES: Final = frozenset(["div", "figure", "code-block"])


def keep_title(parts: list[Part], said: str) -> None:
    """Keep the last level-1 heading before the first part that is kept, or another that the page's <title> begins with.

    Help centres have the site's name as the only one of level 1.
    """
    before = [*takewhile(lambda part: not part.is_kept, parts)]
    headings = [part for part in reversed(before) if part.tag in selectors.HEADINGS]
    named = filter(lambda part: part.tag == "h1" or begins(said, part.holder), headings)
    title = next(named, None)
    if title is not None:
        title.is_kept = True


def keep_paragraphs(parts: list[Part]) -> None:
    """Keep long paragraphs that are in what several kept ones are in, or its like: some articles are cut by half."""
    kept = Counter([_place_of(part) for part in parts if part.is_kept and part.tag == "p"])
    for part in parts:
        if part.tag == "p" and kept[_place_of(part)] >= _MIN_KEPT:
            prose = part.holder.chars - part.holder.link_chars
            part.is_kept = part.is_kept or prose >= max(_MIN_PROSE, part.holder.link_chars * _TIMES_LINKED)


def _place_of(part: Part) -> tuple[Element | str | None, frozenset[str], frozenset[str]]:
    """What tells where a paragraph stands: between advertisements an article goes on in a box of the same class."""
    around = part.around
    classes = around.classes if around is not None else frozenset[str]()
    return around.tag if around is not None and classes else around, classes, part.holder.classes


def keep_quotations(parts: list[Part], main: Element) -> None:
    """Keep what stands after a part of a quotation that is kept: who said it is often a link alone, as teasers are."""
    said: Element | None = None
    for part in parts:
        if said is None or not part.is_in(said):
            said = _quotation(part, main) if part.is_kept else None
        part.is_kept = part.is_kept or said is not None


def _quotation(part: Part, main: Element) -> Element | None:
    """The quotation that the part stands in, unless it is most of the page, as of one that is indented by it."""
    around = filter(lambda outer: outer.tag == "blockquote", (part.holder, *part.holder.ancestors()))
    quotation = next(around, None)
    return quotation if quotation is not None and quotation.chars * 2 <= main.chars else None


def keep_between(parts: list[Part]) -> None:
    """Keep headings before a part that is kept, beside it or after another, and code and tables between two."""
    for before, part in pairwise(parts):
        # What a post ends with.
        is_ending = part.tag in selectors.CODE_BLOCKS and before.is_kept and _stands_beside(part.holder, before)
        part.is_kept = part.is_kept or is_ending
    after = _kept_before(parts)
    first = min((at for at, part in enumerate(parts) if part.is_kept), default=len(parts))
    # From the last, since a heading may stand before another.
    for at in range(len(parts) - 1, first, -1):
        part, around = parts[at], after[at]
        following = parts[at + 1] if at + 1 < len(parts) else None
        is_heading = part.tag in selectors.HEADINGS
        if following is not None and following.is_kept:
            # Links that are headings, one below the other, are teasers.
            is_teaser = following.tag in selectors.HEADINGS and part.holder.link_chars * 2 > part.holder.chars
            is_beside = is_heading and not is_teaser and (around is not None or part.around is following.around)
            part.is_kept = part.is_kept or is_beside or (part.tag in WHOLE and parts[at - 1].is_kept)
        elif is_heading and around is not None and around is part.around and _is_last(part.holder, around):
            # A section that is still to be written.
            part.is_kept = True


def _stands_beside(node: Element, before: Part) -> bool:
    """Whether a node stands where the part before it does, by itself or in boxes of its own, which may have a label."""
    for outer in islice(node.ancestors(), _MAX_AROUND):
        if outer is before.around:
            return True
        if outer.tag not in _BOXES or outer.chars > node.chars + _MAX_LABEL:
            break
    return False


def _kept_before(parts: list[Part]) -> list[Element | None]:
    """For each part, what is around the part before it, and before other headings, if that is kept; else None."""
    after: list[Element | None] = [None]
    for part in parts:
        is_heading = part.tag in selectors.HEADINGS and after[-1] is not None
        after.append(after[-1] if is_heading else part.around if part.is_kept else None)
    return after


def _is_last(node: Element, around: Element) -> bool:
    return next(elements_among(reversed(around.children)), None) is node


def keep_labels(parts: list[Part]) -> None:
    """Keep the label that a box of a note begins with, before a part of it that is kept."""
    for part, following in pairwise(parts):
        label = _label(part) if following.is_kept else None
        if label is not None and label.chars <= _MAX_LABEL and not label.link_chars:
            box = part.around
            is_of_note = box is not None and selectors.NOTE_BOXES.search(box.get("class")) is not None
            if box is not None and is_of_note and following.is_in(box) and next(box.elements(), None) is label:
                part.is_kept = True


def _label(part: Part) -> Element | None:
    """The block, or the only element of what stands before all blocks of a box."""
    if not part.end:
        return part.holder
    nodes = [node for node in part.nodes if not isinstance(node, str) or not node.isspace()] if not part.start else []
    only = nodes[0] if len(nodes) == 1 else None
    return only if isinstance(only, Element) else None


def keep_within(parts: list[Part], main: Element) -> None:
    """Keep code and tables between two parts that are kept, and what is no list of links: a paragraph or formula beside
    both, a box beside them, a sentence in such boxes as theirs, and what is in a list, a quotation, a caption, a note
    or a tab.
    """
    kept = [at for at, part in enumerate(parts) if part.is_kept]
    known = {around.classes for at in kept if (around := parts[at].around) is not None}
    for first, last in pairwise(kept):
        holder = parts[first].around if parts[first].around is parts[last].around else None
        for part in parts[first + 1 : last]:
            is_text = part.holder.link_chars * 2 <= part.holder.chars
            is_beside = holder is not None and part.around is holder and _is_paragraph(part)
            is_its = is_beside or _is_within(part.holder, main) or _is_box_between(part, parts[first], parts[last])
            is_its = is_its or _is_sentence_among(part, parts[first], parts[last], known)
            part.is_kept = part.tag in WHOLE or (is_text and is_its)


def _is_paragraph(part: Part) -> bool:
    """Whether it is a paragraph, or nothing but a formula: MathML's stands between blocks."""
    if not part.end:
        return part.tag == "p" or _is_formula(part.holder)
    if part.end - part.start > _MAX_AROUND_FORMULA:
        return False
    return all(_is_formula(node) if isinstance(node, Element) else node.isspace() for node in part.nodes)


def _is_formula(node: Element) -> bool:
    return node.tag in selectors.FORMULA_TAGS or not selectors.FORMULA_NAMES.isdisjoint(node.classes)


def _is_box_between(part: Part, first: Part, last: Part) -> bool:
    """Whether it is in a box of a note, or is one without a name, that stands in what holds both other parts."""
    for box in islice((part.holder, *part.holder.ancestors()), _MAX_AROUND):
        outer = box.parent
        if outer is None or box.holds(first.holder) or box.holds(last.holder):
            return False
        if first.is_in(outer) and last.is_in(outer):
            return _is_box_of_text(box, is_whole=box is part.holder)
    return False


def _is_box_of_text(box: Element, *, is_whole: bool) -> bool:
    names = f"{box.get('class')} {box.get('id')}"
    if selectors.NOTE_BOXES.search(names) is not None:
        return _OF_SITE.search(names) is None
    # An advertisement is no sentence.
    return is_whole and box.tag == "div" and names.isspace() and box.words().endswith(_ENDS)


def _is_sentence_among(part: Part, first: Part, last: Part, known: set[frozenset[str]]) -> bool:
    """Whether it is a paragraph that only boxes of `known` classes, or of none, keep apart from one of the others.

    So stand the paragraphs of a specification, in sections with a box for each.
    """
    if part.tag != "p" or part.holder.classes or not part.holder.words().rstrip(_CLOSING).endswith(_ENDS):
        return False
    for box in islice(part.holder.ancestors(), _MAX_AROUND):
        if box.holds(first.holder) or box.holds(last.holder):
            return True
        is_plain = not box.classes or box.classes in known
        if box.tag not in selectors.DIVISIONS or not is_plain or _OF_SITE.search(box.get("id")):
            return False
    return False


def _is_within(node: Element, main: Element) -> bool:
    around = takewhile(main.holds, (node, *node.ancestors()))
    return any(outer.tag in _WITHIN or outer.label or _is_aside(outer) or _is_opened(outer) for outer in around)


def _is_opened(node: Element) -> bool:
    """Whether the page's reader opens it: what is hidden for another reason is left out already."""
    return "hidden" in node.attrs or is_openable(node)


def _is_aside(node: Element) -> bool:
    """Whether it is a note beside the text, by its class or for want of one."""
    return node.tag == "aside" and (not node.get("class") or selectors.NOTE_NAMES.search(node.get("class")) is not None)


def keep_sections(parts: list[Part]) -> None:
    """Keep what is in an element that is called like the heading that it has, between two parts that are kept.

    A generator made its id of the heading's words, such as "comments" or "share"; those of a blog stand at the end.
    """
    kept = [at for at, part in enumerate(parts) if part.is_kept]
    heading: Part | None = None
    taken: list[int] = []
    for at in range(kept[0], kept[-1]) if kept else ():
        part = parts[at]
        if part.tag in _NAMING:
            heading = part
        if not part.is_kept and heading is not None and part.holder.link_chars * 2 <= part.holder.chars:
            part.is_kept = _is_called_like(part.holder, heading)
            taken += [at] if part is heading and part.is_kept else []
    for at in reversed(taken):
        # It would be all that is left of the comments below it, which are dropped.
        parts[at].is_kept = parts[at + 1].is_kept


def _is_called_like(node: Element, heading: Part) -> bool:
    """Whether an element around the node that has the heading, or stands after it, has an id of its words."""
    words = f"{_slug(heading.text)}-"
    for outer in islice((node, *node.ancestors()), _MAX_AROUND):
        is_its = heading.around is outer or (heading.around is outer.parent and not heading.is_in(outer))
        name = _slug(outer.get("id"))
        if is_its and name and words != "-" and (f"{name}-".startswith(words) or words.startswith(f"{name}-")):
            return True
    return False


def _slug(text: str) -> str:
    return "-".join(_WORDS.findall(text.lower()))

"""Finds the title of a page, which may stand outside its main content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.by_name.name_verdicts import BY_NAME
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, shown

# What has a larger share of its text in links is no part of the content.
MAX_LINKS_BESIDE: Final = 0.5
# What stands between the parts of a page's <title>, and how many headings are compared with them.
_BETWEEN_PARTS: Final = re.compile(
    r"\s+[|\-\u2013\u2014\u00b7\u2022\u00bb\u00ab>~/]+\s+|[:,]\s+|\s*[|\uff5c\u00bb\u00ab]\s*"
)
_MAX_COMPARED: Final = 20
# What may be before the last part.
_LAST_SIGN: Final = re.compile(r"(?:\s[|\-\u2013\u2014\u00b7\u2022\u00bb>~/]+|:)\s+\Z")
# What stands before the name of a chapter.
_NUMBER: Final = re.compile(r"^(?:\d{1,3}\.?)+\s+")
# What a title may be that is no heading, and what may be around it; its characters, and the elements in which a text
# has begun.
_LINES, _AROUND_TEXT = frozenset(["div", "p"]), frozenset(["article", "header", "main", "section"])
_MAX_TITLE, _MAX_BEFORE_TEXT = 200, 50
# Signs between the parts of a qualified name.
_DRAWN_SIGNS: Final = re.compile(r"[.:#/]+")


def title_of(tree: Tree, main: Element, said: str) -> Element | None:
    """The heading that is the title of the page whose main content is `main`; None if none can be told.

    `said` is what the page's <title> says.
    """
    named = _generator_title(tree) or named_as_page(tree, said)
    named = named or _first_line(tree, main, said)
    named = named or only_h1(tree, main) or _first_of_several(tree, main, said) or _only_h1_beside(tree, main, said)
    return named or _first_below_site(tree, main, said)


def parts_of_title(said: str) -> list[str]:
    """What a page's <title> is put together from: the page's own title, the site's name."""
    return _BETWEEN_PARTS.split(said)


def show_signs(heading: Element, said: str) -> None:
    """Give a title the signs between its names that a stylesheet draws, where the page's <title> says them.

    gi-docgen's have an empty element for each: "AdwBinnew" is Adw.Bin.new.
    """
    words = heading.words()
    if words and words != said and words == _DRAWN_SIGNS.sub("", said):
        heading.children = [said]


def heading_above(tree: Tree, main: Element, said: str) -> Element | None:
    """The heading before the main content that is the page's only one of its level, where all in it are lower.

    Javadoc's pages before version 13 have no level-1 heading, but this one.  Others are those of the site's own parts,
    unless they are what the page's <title> begins with, which is `said`.
    """
    found = sorted(shown(tree.tagged(*selectors.HEADINGS), tree.body), key=lambda node: node.tag)
    if len(found) < 2 or found[0].tag in ("h1", found[1].tag) or found[0].at > main.at:
        return None
    heading = found[0]
    if not (_is_title_of_javadoc(heading) or begins(said, heading)):
        return None
    return None if is_of_menu(heading, main) else heading


def only_h1(tree: Tree, node: Element) -> Element | None:
    """The level-1 heading in `node`; None if it has none or several."""
    found = [*shown(tree.tagged("h1"), node)]
    return found[0] if len(found) == 1 else None


def named_as_page(tree: Tree, said: str) -> Element | None:
    """The first level-1 heading, where it says what the page's <title> says, whatever others there are.

    RDoc puts the kind before it, as in "module Gates", FORD small after it, and the site's name after what it says.
    """
    first = tree.first(tree.body, ["h1"])
    words = first.words() if first is not None and said else ""
    if first is None or not words:
        return None
    if words == said or (words.endswith(f" {said}") and words.count(" ") == 1):
        return first
    return first if tree.has(first, ["small"]) and first.words(["small"]) == parts_of_title(said)[0] else None


def _only_h1_beside(tree: Tree, main: Element, said: str) -> Element | None:
    """The page's only level-1 heading, unless it names the site: a link of which <title> says nothing, or in a menu."""
    heading = only_h1(tree, tree.body)
    if heading is None or _is_in_menu(heading):
        return None
    is_named = heading.link_density <= MAX_LINKS_BESIDE or not said or heading.words().casefold() in said.casefold()
    return _below_site(tree, main, heading, said) or (heading if is_named else None)


def _first_below_site(tree: Tree, main: Element, said: str) -> Element | None:
    """The first heading of the main content, where the level-1 one was the site's name and <title> has both."""
    own, *others = parts_of_title(said)
    if not others or all(heading.dropped != BY_NAME for heading in tree.tagged("h1")):
        return None
    first = next(shown(tree.tagged(*selectors.HEADINGS), main), None)
    return first if first is not None and first.words() == own else None


def _below_site(tree: Tree, main: Element, heading: Element, said: str) -> Element | None:
    """The page's own heading, where the level-1 one beside the main content is the site's name and that is below it.

    Help centres have them so; the page's <title> begins with the page's own, and may have the site's after it.  In
    Tomcat's manual it begins with the site's, and ends with that of the page, with which the main content begins.
    """
    parts = parts_of_title(said)
    begins_with_site = begins(said, heading)
    if not (begins_with_site or heading.words() in parts[1:] or heading.ancestor(["header"]) is not None):
        return None
    below = [node for node in tree.tagged(*selectors.HEADINGS) if heading.at < node.at < main.end]
    first = next(shown(below, main if begins_with_site else tree.body), None)
    is_named = first is not None and (_ends(said, first) if begins_with_site else begins(said, first))
    if first is not None and is_named and not is_of_menu(first, main):
        return first
    return _named_second(below, heading, main, parts) if begins_with_site else None


def _named_second(below: list[Element], heading: Element, main: Element, parts: list[str]) -> Element | None:
    """The heading in the main content that the page's <title> says after that of the book or site, in its header."""
    if not _is_in_head_of_page(heading) or main.holds(heading) or len(parts) < 2 or parts[0] != heading.words():
        return None
    # The name of the book may stand there once more.
    others = filter(lambda node: node.words() != parts[0], islice(shown(below, main), _MAX_COMPARED))
    first = next(others, None)
    return first if first is not None and _is_called(first, parts[1]) and not first.link_chars else None


def _is_called(heading: Element, name: str) -> bool:
    words = heading.words()
    return name in (words, _NUMBER.sub("", words))


def _is_in_menu(heading: Element) -> bool:
    """Whether it stands in the menu of LuaDoc or LDoc, which has the site's name."""
    return any(around.get("id") == selectors.LDOC_NAVIGATION for around in heading.ancestors())


def _first_of_several(tree: Tree, main: Element, said: str) -> Element | None:
    """The first level-1 heading, where the page's <title> begins with it, and it is not the site's name.

    The site's may stand before it, as a link or in the head of the page.
    """
    headings = islice(shown(tree.tagged("h1"), tree.body), _MAX_COMPARED)
    first = next(filter(lambda heading: not (heading.link_chars or _is_in_head_of_page(heading)), headings), None)
    if first is None or not begins(said, first):
        return None
    if _is_in_menu(first):
        return None
    return None if is_name_of_site(tree, first, main, said, ["h1"]) else first


def _is_in_head_of_page(heading: Element) -> bool:
    """Whether it stands in a header other than an article's."""
    header = heading.ancestor(["header"])
    return header is not None and header.ancestor(["article", "main"]) is None


def is_name_of_site(tree: Tree, first: Element, main: Element, said: str, tags: Iterable[str]) -> bool:
    """Whether the page's own name stands in its <title> too, and in the main content, beside what that begins with."""
    parts = frozenset(parts_of_title(said)[1:])
    others = islice(shown(tree.tagged(*tags), main), _MAX_COMPARED)
    return any(node is not first and node.words() in parts for node in others)


def is_of_menu(heading: Element, main: Element) -> bool:
    """Whether it is a link, as the site's name is, or stands among links beside the main content."""
    beside = [around for around in (heading, *heading.ancestors()) if not around.holds(main)]
    return any(around.link_density > MAX_LINKS_BESIDE for around in beside)


def _first_line(tree: Tree, main: Element, said: str) -> Element | None:
    """What a page begins with before any level-1 heading, where its <title> begins with the same, as such a heading."""
    name = parts_of_title(said)[0]
    for node in islice(tree.within(main), _MAX_BEFORE_TEXT):
        if not node.chars or not node.is_block or node.tag in _AROUND_TEXT:
            continue
        if node.tag not in _LINES:
            return None
        if any(inner.is_block for inner in node.elements()):
            continue
        heading = next(shown(tree.tagged("h1"), tree.body), None)
        is_title = node.chars <= _MAX_TITLE and not node.link_chars and node.words() == name
        if not is_title or (heading is not None and (heading.at < node.at or heading.words() == name)):
            return None
        node.start, node.tag = StartTag("h1", node.attrs), "h1"
        return node
    return None


def _generator_title(tree: Tree) -> Element | None:
    """A generator's title, which is a level-1 heading in all but its tag, and gets that too.

    A level-1 heading after it is that of a section, and one before it the site's name.
    """
    for node in shown(tree.where(may_be_title, ["class"]), tree.body):
        is_title = selectors.PHPDOCUMENTOR_TITLE in node.classes or _is_in_head(node)
        if is_title and not tree.has(node, ["h1"]):
            node.start, node.tag = StartTag("h1", node.attrs), "h1"
            return node
    return None


def _is_in_head(node: Element) -> bool:
    """Whether what a generator's title stands in is around it."""
    holders = [selectors.GENERATOR_TITLES[name] for name in node.classes if name in selectors.GENERATOR_TITLES]
    around = node.parent
    return around is not None and any(
        holder[1:] in around.classes if holder[0] == "." else holder[1:] == around.get("id") for holder in holders
    )


def _is_title_of_javadoc(heading: Element) -> bool:
    around = heading.parent
    return (
        selectors.JAVADOC_TITLE in heading.classes and around is not None and selectors.JAVADOC_HEAD in around.classes
    )


def begins(said: str, heading: Element) -> bool:
    """Whether the page's <title> is the heading's words, or has them before a hyphen or the like."""
    words = heading.words()
    rest = said.removeprefix(words)
    return bool(words) and said.startswith(words) and not rest[:2].strip().isalnum()


def _ends(said: str, heading: Element) -> bool:
    """Whether the page's <title> has the heading's words after a hyphen or the like, as its last."""
    words = heading.words()
    return bool(words) and said.endswith(words) and _LAST_SIGN.search(said.removesuffix(words)) is not None


@Question
def may_be_title(start: StartTag) -> bool:
    """Whether an element that begins so may be a generator's title."""
    return not start.classes.isdisjoint([*selectors.GENERATOR_TITLES, selectors.PHPDOCUMENTOR_TITLE])

"""Gives parts of Scaladoc's pages of Scala 2 the tags that they mean, and drops what its script shows on demand.

A declaration is two elements beside each other.  The members that every type has are shown on demand, and the first
sentence of a member's description stands for the whole until that is unfolded.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import Final

from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_among, elements_in

# The classes of the two parts of a declaration, and the first sentence of what is said of it before all of that.
_BEGIN, _REST = "modifier_kind", "symbol"
_FIRST, _ALL = "shortcomment", "fullcomment"
# The ids of what holds the title of a page, and of what its script makes other lists of its members of.
_HEAD: Final = "definition"
_PARTS: Final = frozenset([_HEAD, "inheritedMembers", "groupedMembers"])
# What says something of a group of members, beside its heading.
_SAID: Final = frozenset(["p", "dl"])
# The classes that define the members that every type has, what says so, and the class of what lists members.
_OF_EVERY_TYPE: Final = frozenset(["Any", "AnyRef", "AnyRef \u2192 Any"])
_DEFINED_IN, _MEMBERS = "Definition Classes", "members"
# The class of a diagram with its name.
_DIAGRAM: Final = "diagram-container"
_KIND: Final = "boilerplate"
# The headings that a declaration may be in, and the parts of a head or a member.
_HEADINGS: Final = frozenset(["h3", "h4"])
_MAX_PARTS: Final = 100


def name_as_scaladoc_means(tree: Tree) -> None:
    """Make code of its declarations, and drop what its pages show of a member twice or not until it is asked for."""
    lists = dict[Element, None]()
    nodes = tree.where(_is_of_scaladoc, ["class", "id"])
    # Each of its pages declares what it is about; others have a "definition" or a diagram as well.
    if not any(node.tag == "span" for node in nodes):
        return
    for node in nodes:
        if node.tag == "span":
            item = _member(node)
            if item is not None and _is_of_every_type(item):
                item.drop(_KIND)
                lists.update(dict.fromkeys(outer for outer in islice(item.ancestors(), 2) if _MEMBERS in outer.classes))
        elif node.get("id") == _HEAD:
            _drop_beside_title(tree, node)
        elif not tree.has(node, _SAID):
            node.drop(_KIND)
    for members in lists:
        if not tree.has(members, ["li"]):
            members.drop(_KIND)


@Question
def _is_of_scaladoc(start: StartTag) -> bool:
    if start.name == "span":
        return _BEGIN in start.classes
    return start.name == "div" and (start.get("id") in _PARTS or _DIAGRAM in start.classes)


def _drop_beside_title(tree: Tree, head: Element) -> None:
    """Drop the sign, the package and the links beside a page's title."""
    parts = list(islice(head.elements(), _MAX_PARTS))
    if any(part.tag == "h1" for part in parts) and not tree.has(head, ["dl", "pre", "table"]):
        for part in parts:
            if part.tag != "h1":
                part.drop(_KIND)


def _member(begin: Element) -> Element | None:
    """The member that a declaration is one of, with the declaration made code; None if the element begins none."""
    around = begin.parent
    if around is None or len(around.children) > _MAX_PARTS:
        return None
    at = around.children.index(begin)
    rest = next(elements_among(around.children[at + 1 :]), begin)
    if _REST not in rest.classes:
        return None
    begin.start = StartTag("code", begin.start.attrs)
    begin.tag = "code"
    begin.children = [*begin.children, " ", rest]
    begin.chars += rest.chars
    begin.link_chars += rest.link_chars
    begin.end, rest.parent = rest.end, begin
    around.children = [part for part in around.children if part is not rest]
    if around.tag in _HEADINGS:
        around.start, around.tag = StartTag("div", around.start.attrs), "div"
    parts = list(islice(around.elements(), _MAX_PARTS))
    first = next(filter(lambda part: _FIRST in part.classes, parts), begin)
    if first is not begin and any(_ALL in part.classes and first.words() in part.words() for part in parts):
        first.drop(_KIND)
    return next(filter(lambda outer: outer.tag == "li", islice(begin.ancestors(), 2)), None)


def _is_of_every_type(item: Element) -> bool:
    """Whether a member is one that every type has, and no type in between defines anew."""
    terms = [part for part in islice(elements_in(item), _MAX_PARTS) if part.tag in ("dt", "dd")]
    return any(
        term.tag == "dt" and term.words() == _DEFINED_IN and where.words() in _OF_EVERY_TYPE
        for term, where in pairwise(terms)
    )

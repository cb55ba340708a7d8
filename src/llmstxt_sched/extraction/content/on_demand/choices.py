"""Labels each block that a page shows for one option of a list with that option, and finds what it shows without."""

from __future__ import annotations

from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.on_demand.panels import MAX_TABS, PANEL_TAGS, following, pair
from llmstxt_sched.extraction.content.visibility.hidden import is_hidden
from llmstxt_sched.extraction.dom.tree import Element, Tree

# Options of a list, characters of one, and elements around it beside which its blocks are.
_MAX_OPTIONS, _MAX_NAME, _MAX_AROUND = 20, 60, 3
# What an element's name begins with that a script shows where it has chosen no other, and elements that may be so.
_DEFAULT, _ALTERNATIVES = "default", ("span", "div")
# The classes of what is around all alternatives.  Elsewhere they may be dialogs, of which none is shown.
_SWITCHES: Final = frozenset(["switch", "switchinline"])


def label_choices(tree: Tree) -> None:
    """Set `label` of all blocks after a list of options, each of which has code or is hidden until it is chosen."""
    for choice in tree.tagged("select")[:MAX_TABS]:
        inside = tree.order[choice.at + 1 : min(choice.end, choice.at + 2 * _MAX_OPTIONS)]
        options = [node for node in inside if node.tag == "option" and 0 < node.chars <= _MAX_NAME]
        if 1 < len(options) <= _MAX_OPTIONS:
            for option, panel in zip(options, _panels(tree, choice, options), strict=False):
                pair(option, panel)


def default_choices(tree: Tree) -> set[Element]:
    """What is shown of several alternatives that are all hidden until a script has chosen one.

    The help of LibreOffice names so what is for other systems than those that have words of their own.
    """
    starts = {start for start in tree.having("hidden") if start.get("id").startswith(_DEFAULT)}
    nodes = tree.tagged(*_ALTERNATIVES) if starts else []
    return {node for node in nodes if node.start in starts and _is_among_hidden(node)}


def _is_among_hidden(node: Element) -> bool:
    """Whether others are beside it, all of them hidden as it is, and no text."""
    around = node.parent
    parts = around.children if around is not None and not _SWITCHES.isdisjoint(around.classes) else []
    others = [part for part in parts if not isinstance(part, str)] if len(parts) <= _MAX_OPTIONS else []
    is_text = any(isinstance(part, str) and part.strip() for part in parts)
    return len(others) > 1 and not is_text and all("hidden" in other.attrs for other in others)


def _panels(tree: Tree, choice: Element, options: list[Element]) -> list[Element]:
    """The blocks of the options, which have their values for a name, or are as many and hidden but for one."""
    for outer in (choice, *islice(choice.ancestors(), _MAX_AROUND)):
        behind = list(islice(following(tree, outer), _MAX_OPTIONS))
        for shown in (behind, [*islice(behind[0].elements(), _MAX_OPTIONS)] if behind else []):
            blocks = [node for node in shown if node.tag in PANEL_TAGS and not node.label]
            panels = [node for option in options for node in blocks if _is_called(node, option)]
            hidden = sum(map(is_hidden, blocks))
            if len(set(panels)) == len(panels) == len(options) and (
                hidden or all(_has_code(tree, panel) for panel in panels)
            ):
                return panels
            if outer is choice and len(blocks) == len(shown) == len(options) == hidden + 1:
                return blocks
    return []


def _is_called(block: Element, option: Element) -> bool:
    """Whether the option's value is the block's id, one of its classes, or what an attribute of a site's own says."""
    value = option.get("value") or option.words()
    own = [said for name, said in block.attrs.items() if name == "id" or name.startswith("data-")]
    return value in own or value.lower() in block.classes


def _has_code(tree: Tree, block: Element) -> bool:
    return block.tag in selectors.CODE_BLOCKS or tree.has(block, selectors.CODE_BLOCKS)

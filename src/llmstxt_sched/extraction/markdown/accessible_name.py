"""What a screen reader says for a picture that stands in the place of words."""

from __future__ import annotations

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.by_name.name_verdicts import BY_NAME
from llmstxt_sched.extraction.content.visibility.hidden import is_hidden
from llmstxt_sched.extraction.dom.tree import Element


def accessible_name(holder: Element) -> str:
    """The name of a cell or link that has only an icon (Accessible Name and Description 1.2, section 4.3)."""
    ahead = [holder]
    while ahead:
        node = ahead.pop()
        if node is not holder and node.tag == "img" and "style" in node.attrs and is_hidden(node):
            # One that a script shows, as what folds the rows of Sphinx' index of modules.
            continue
        is_unseen = not selectors.UNSEEN_LABELS.isdisjoint(node.classes)
        if node.dropped == BY_NAME and not is_unseen:
            # What is called a tool beside the text, such as what copies a signature.
            continue
        name = node.get("aria-label") or node.get("alt") or (node.get("title") if node.tag != "a" else "")
        if not name and (node.tag == "title" or is_unseen):
            name = "".join(child for child in node.children if isinstance(child, str))
        if name.strip():
            return name
        ahead += [child for child in reversed(node.children) if isinstance(child, Element)]
    return ""

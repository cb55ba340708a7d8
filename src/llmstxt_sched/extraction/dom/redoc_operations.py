"""Shows what a static page of Redoc says about an operation in buttons and lists: methods, paths, answers, samples."""

from __future__ import annotations

from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.retagging.new_tag import name
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree

# What a sample of JSON is written as; a deeper line is not indented further, or the text would outgrow its page.
_JSON: Final = StartTag("pre", {"class": "language-json"})
_INDENT, _MAX_INDENTS = "  ", 20
# Parts of a button that says what is answered.
_MAX_IN_BUTTON: Final = 10


def show_operations(tree: Tree) -> None:
    """Name the buttons in which Redoc says what is asked for and what is answered as code and text."""
    for method in tree.where(_is_method, ["class"]):
        button = method.parent
        if button is not None and button.tag == "button":
            name(button, "pre")
            method.children = [method.words().upper(), " "]
    for button in tree.tagged("button"):
        if any(isinstance(part, str) and part.strip() for part in islice(button.children, _MAX_IN_BUTTON)):
            # It counts something.
            continue
        first = next(button.elements(), None)
        if first is not None and first.tag == "svg":
            first = next(islice(button.elements(), 1, None), None)
        if first is not None and first.tag == "strong" and selectors.STATUS.fullmatch(first.words()):
            name(button, "div")
    end = 0
    for sample in tree.where(_is_json, ["class"]):
        if sample.at < end:
            # The text of the one around it has its own.
            continue
        end = sample.end
        sample.children = [_json_of(sample)]
        sample.start, sample.attrs = _JSON, _JSON.attrs
        name(sample, "pre")


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

"""Writes the elements of a line, each by its tag or by what its attributes say it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from llmstxt_sched.documents.text import visible
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.icons.icon_names import stands_for_word
from llmstxt_sched.extraction.dom.tree import Element
from llmstxt_sched.extraction.dom.white_space import BREAK, without_breaks
from llmstxt_sched.extraction.markdown.accessible_name import accessible_name
from llmstxt_sched.extraction.markdown.code import code_of, code_span, code_text, is_code_block
from llmstxt_sched.extraction.markdown.escape import escape_brackets, escape_text, has_pairs
from llmstxt_sched.extraction.markdown.inline.exponents import MAX_SCRIPT, SCRIPTS, fraction, script_mark, with_mark
from llmstxt_sched.extraction.markdown.inline.inline_elements import (
    is_icon_unseen,
    is_lightbox,
    is_margin_note,
    is_self_link,
    is_sign,
    note_in,
    only_link,
)
from llmstxt_sched.extraction.markdown.inline.inline_text import MAX_JOINED, UNPAIRED, Written, escaped, split_space
from llmstxt_sched.extraction.markdown.inline.surroundings import Around
from llmstxt_sched.extraction.markdown.lists.checkboxes import BY_TYPE, box_of, shows_state
from llmstxt_sched.extraction.markdown.lists.definitions import groups, strong
from llmstxt_sched.extraction.markdown.lists.item_numbers import (
    first_number,
    kind_of_labels,
    label_of,
    number_of,
    step_of,
)
from llmstxt_sched.extraction.markdown.math import between_dollars, formula
from llmstxt_sched.extraction.markdown.targets import LinkTargets
from llmstxt_sched.extraction.normalise import decode_email, without_ages

# Stands for the heading among the tags that text is written within.
HEADING: Final = "heading"
# What may be an icon, where it has no text.
_ICONS: Final = frozenset(["button", "i", "svg"])
# An exponent or an index, which is too short for emphasis.
_SCRIPT: Final = "script"
_IN_LINK: Final = frozenset(["a"])
_MARKS: Final = {
    "em": "*",
    "i": "*",
    "cite": "*",
    "dfn": "*",
    "strong": "**",
    "b": "**",
    "del": "~~",
    "s": "~~",
    "strike": "~~",
}
# Elements with a writer whose first character is that of their text.
_NO_MARKUP: Final = frozenset([*_MARKS, "label"])
# Elements around a note in the margin among which another may be.
_MAX_AROUND_NOTE: Final = 20


class InlineRun(Written):
    """Writes elements `within` those of these tags."""

    __slots__ = ("_around", "_edges", "_labels", "_targets")

    def __init__(self, targets: LinkTargets, around: Around, within: frozenset[str], *, is_plain: bool = False) -> None:
        super().__init__(within, is_plain=is_plain)
        self._targets = targets
        self._around = around
        # The characters before and after it, where no more than marks of emphasis is between.
        self._edges = ("", "")
        self._labels: dict[Element, str] = {}

    def add(self, nodes: Iterable[Element | str]) -> None:
        """Write `nodes`."""
        ahead = [*nodes][::-1]
        while ahead:
            node = ahead.pop()
            if isinstance(node, str):
                self._add_text(without_breaks(node) if "\n" in node else node)
                continue
            if not node.chars and node.tag in _ICONS:
                self._named_icon(node, ahead[-1] if ahead else "")
            if node.dropped:
                continue
            write = _WRITERS.get(node.tag)
            if write or node.start.is_marked:
                self._following = _first_character(ahead[-1]) if ahead else self._edges[1]
            self._is_last = not ahead
            if node.tag == "sup" and self._fraction(node, ahead):
                continue
            if (write and write(self, node)) or (node.start.is_marked and self._special(node)):
                continue
            if node.is_block:
                self._add_text(" ")
                ahead.append(" ")
            elif node.tag == "q":
                self._add_text("\u201c")
                ahead.append("\u201d")
            ahead += node.children[::-1]

    def _inner(self, node: Element, around: tuple[str, ...], edges: tuple[str, str] = ("", "")) -> str:
        within = self._within.union(around)
        only = None if self._is_plain else node.only_text
        if only is not None:
            return escaped(without_breaks(only) if "\n" in only else only, within)
        inner = InlineRun(self._targets, self._around, within, is_plain=self._is_plain)
        inner._edges = edges
        inner.add(node.children)
        return inner.written()

    def _named_icon(self, icon: Element, after: Element | str) -> None:
        """Write what an icon, or a button with nothing else, is called where a sentence has it for a word."""
        if isinstance(after, Element) or is_icon_unseen(icon):
            return
        # Others of that role are written by their names in any place.
        if (icon.tag == "svg") != (icon.get("role") == "img"):
            return
        # Without text before it, it may be a tool, such as a button that copies a command.
        if icon.tag != "svg" and not self._text:
            return
        name = " ".join(visible(accessible_name(icon)).split())
        if stands_for_word(name, "".join(self._text[-1:] or self._parts[-1:]), after):
            self._add_text(f" {name}{' ' if after[0].isalnum() else ''}")

    def _special(self, node: Element) -> bool:
        """Write an element that its attributes, not its tag, say is more than the text in it."""
        if "data-cfemail" in node.attrs:
            self._add_text(visible(decode_email(node.get("data-cfemail"))))
            return True
        if is_code_block(node):
            return self.code_block(node)
        box = box_of(node)
        if box:
            self._markup("" if self._is_plain else box)
            return True
        if node.get("role") == "img" and not node.chars:
            self._add_text(accessible_name(node))
            return True
        if is_margin_note(node):
            return self._margin_note(node)
        mark = script_mark(node)
        return self._script(node, mark) if mark else self.formula_element(node)

    def _margin_note(self, note: Element) -> bool:
        """Write in brackets what stands in the margin, if a sentence is around it; False if it stands alone."""
        before = self._before()
        # Notes in each other may be hundreds: the outermost is set apart.
        is_within = any(map(is_margin_note, islice(note.ancestors(), _MAX_AROUND_NOTE)))
        if before in ("", BREAK) or not note.chars or is_within:
            return False
        self._add_text("(" if before.isspace() else " (")
        self.add(note.children)
        self._add_text(") " if self._following.isalnum() else ")")
        return True

    def formula_element(self, node: Element) -> bool:
        """Write a formula; False if the element is none."""
        written = formula(node)
        if written:
            self._markup(written.strip("$") if self._is_plain else written)
        elif not node.chars and (node.tag == selectors.DRAWN_BY_MATHJAX or node.get("role") == "math"):
            # What is drawn has no text, but a name in words.
            self._add_text(accessible_name(node))
            return True
        return bool(written) or node.tag == "script"

    def line_break(self, _: Element) -> bool:
        """Break the line."""
        self._markup(BREAK)
        return True

    def code_element(self, node: Element) -> bool:
        """Write a span of code, or the link that all of it is."""
        only = node.only_text
        if only is not None and selectors.FORMULA_IN_CODE in node.classes and not self._is_plain:
            self._markup(between_dollars(only, is_apart=False))
            return True
        if only is not None:
            self._write_code(only)
            return True
        if is_code_block(node):
            return self.code_block(node)
        link = only_link(node)
        if link is not None:
            return self.link(link, as_code=True)
        self._write_code(code_text(node))
        return True

    def code_block(self, node: Element) -> bool:
        """Write a block of code that stands in a line, as a span for each of its lines."""
        code = code_of(node)
        if "\n" not in code or self._is_plain:
            around = " " if node.is_block else ""
            self._add_text(around)
            self._write_code(code)
            self._add_text(around)
            return True
        for line in filter(str.strip, code.split("\n")):
            self._add_text(" ")
            self._write_code(line.strip())
            self._add_text(" ")
        return True

    def emphasis(self, node: Element) -> bool:
        """Write emphasis, without marks if Markdown could not tell them from the text around them."""
        mark = _MARKS[node.tag]
        if mark in self._within or _SCRIPT in self._within or self._is_plain:
            return False
        if node.start.is_marked and not node.chars and self._special(node):
            return True
        said = node.words()
        has_own = mark[0] in (said[:1], said[-1:])
        before = self._before() or self._edges[0]
        inner = self._inner(node, () if has_own else (mark,), (before, self._following))
        space, text, after = split_space(inner)
        if not text:
            self._add_text(space or after)
            return True
        # CommonMark 6.2: next to a letter, emphasis must begin and end with one.
        opens = space or text[0].isalnum() or not before.isalnum()
        closes = after or text[-1].isalnum() or not self._following.isalnum()
        # One that follows would be taken for a part of the mark.
        closes = closes and self._following != mark[0]
        if has_own or not opens or not closes or (before == "*" and mark != self._mark_before()):
            self._unmarked(space, text, after, is_text=node.only_text is not None)
        elif not space and mark == self._mark_before() and len(self._parts[-1]) <= MAX_JOINED:
            self._parts[-1] = self._parts[-1].removesuffix(mark) + text + mark + after
            self._mark = "" if after else mark
        else:
            self._markup(f"{space}{mark}{text}{mark}{after}", mark="" if after else mark)
            self._marked[len(self._parts) - 1] = mark
        return True

    def script(self, node: Element) -> bool:
        """Write an exponent or an index."""
        return self._script(node, SCRIPTS[node.tag])

    def _script(self, node: Element, mark: str) -> bool:
        note = note_in(node) if node.chars > MAX_SCRIPT else None
        if note is not None:
            return self._margin_note(note)
        before = self._before() or self._edges[0]
        space, text, after = split_space(self._inner(node, (_SCRIPT,) if node.chars <= MAX_SCRIPT else ()))
        if not text:
            self._add_text(space)
            return True
        marked = with_mark(mark, text, before, after or self._following)
        if marked:
            self._markup(f"{marked}{after}")
        else:
            self._unmarked(space, text, after, is_text=node.only_text is not None)
        return True

    def _fraction(self, above: Element, ahead: list[Element | str]) -> bool:
        """Write a fraction whose parts stand above and below its sign: 5^1/_2 would be another number."""
        written = fraction(above, ahead[-1], ahead[-2]) if len(ahead) > 1 else ""
        # After a letter, a raised number is an exponent.
        if not written or self._before().isalpha():
            return False
        self._add_text(f"{' ' if self._before().isdigit() else ''}{written}")
        del ahead[-2:]
        return True

    def link(self, node: Element, *, as_code: bool = False) -> bool:
        """Write a link; False if it leads nowhere, or to the page itself from a heading."""
        target = "" if "a" in self._within or self._is_plain else self._targets.link(node.get("href"))
        if self._targets.is_page(target) and (HEADING in self._within or is_lightbox(node) or is_self_link(node)):
            target = ""
        if not target:
            return self._plain_address(node) if not as_code else self._code_span_of_text(node)
        space, label, after = ("", code_span(code_text(node)), "") if as_code else split_space(self._label(node))
        label = " ".join(label.replace(BREAK, " ").split()) or self._icon_name(node, target)
        if label:
            self._escape_picture(space)
            # A picture that leads to itself is shown at its full size there.
            is_itself = label[:2] == "![" and label.endswith(f"]({target})") and not node.chars
            self._markup(f"{space}{label}{after}" if is_itself else f"{space}[{label}]({target}){after}")
        else:
            self._add_text(space)
        return True

    def _label(self, node: Element) -> str:
        """What a link holds, with its brackets escaped unless they are in pairs (CommonMark 6.3)."""
        only = node.only_text
        if only is not None and (address := self._targets.shown_by(node, only)):
            return escaped(address, _IN_LINK)
        has_all = has_pairs(node.text() if only is None else only)
        label = self._inner(node, ("a",) if has_all else ("a", UNPAIRED))
        # A style writes those of older docutils, without which the mark would be a number in the sentence.
        is_mark = selectors.BRACKETED in node.classes and not selectors.FOOTNOTE_MARKS.isdisjoint(node.classes)
        return f"[{label}]" if is_mark and label.isalnum() else label

    def _plain_address(self, node: Element) -> bool:
        """Write the address that a link shows where only its text is wanted; False if it shows another text."""
        only = node.only_text if self._is_plain else None
        address = self._targets.shown_by(node, only) if only is not None else ""
        self._add_text(address)
        return bool(address)

    def _icon_name(self, link: Element, target: str) -> str:
        """The name of an icon that is a link in a sentence; '' for a mark beside a text, or one of a row of icons."""
        if self._targets.is_page(target) or not self._around.is_beside_words(link):
            return ""
        name = " ".join((accessible_name(link) or link.get("title")).split())
        return escape_brackets(escape_text(name))

    def _code_span_of_text(self, node: Element) -> bool:
        self._write_code(code_text(node))
        return True

    def image(self, node: Element) -> bool:
        """Write a picture by its description; one without is left out unless it has a caption."""
        if self.formula_element(node) or self._is_plain:
            return True
        alt = " ".join(node.get("alt").split())
        alt = "" if alt == selectors.NO_DESCRIPTION else alt
        has_caption = self._around.has_caption(node)
        source = self._targets.picture(node) if alt or has_caption else ""
        shows_sign = not selectors.EMOJI.isdisjoint(node.classes) or (is_sign(alt) and not has_caption)
        if source and not shows_sign:
            label = escape_brackets(escape_text(alt))
            self._markup(f"![{label}]({source})")
        else:
            self._add_text(alt)
        return True

    def checkbox(self, node: Element) -> bool:
        """Write the state of a checkbox or radio button, or the words on a button."""
        kind = node.get("type").lower()
        if kind == "checkbox" and not selectors.TOGGLES.isdisjoint(node.classes):
            return True
        if not self._is_plain and kind in BY_TYPE and shows_state(node, kind, self._around):
            before = self._before()
            if before and not before.isspace() and before != BREAK:
                self._add_text(" ")
            self._markup(BY_TYPE[kind]["checked" in node.attrs])
        elif kind == "radio":
            self._add_text(" ")
        elif kind in ("submit", "button", "reset") and self._around.has_words(node):
            self._add_text(node.get("value"))
        return True

    def form_label(self, node: Element) -> bool:
        """Set a label apart from the word before it."""
        # What it names stands before or after it, or between two labels.
        if self._before().isalnum() and _first_character(node).isalnum():
            self._add_text(" ")
        return False

    def numbered_list(self, node: Element) -> bool:
        """Number the items of a list, which are written after one another."""
        number = None if self._is_plain else first_number(node)
        kind = "" if number is None else kind_of_labels(node)
        for item in node.elements():
            if number is not None and item.tag == "li" and not item.dropped:
                number = number_of(item, number)
                self._labels[item] = label_of(number, kind)
                number += step_of(node)
        return False

    def definitions(self, node: Element) -> bool:
        """Note what stands after each term of a description list."""
        if not self._is_plain:
            for terms, said in groups(node):
                end = ": " if any(each.chars for each in said) else ""
                for term in terms:
                    self._labels[term] = end if term is terms[-1] else ", "
        return False

    def term(self, node: Element) -> bool:
        """Write a term of a description list as where it has lines of its own."""
        text = " ".join(self._inner(node, ("**",)).replace(BREAK, " ").split()) if node in self._labels else ""
        if text:
            self._add_text(" ")
            self._markup(text if "**" in self._within else strong(text))
            self._add_text(" " if text[-1] == ":" else self._labels[node])
        return bool(text)

    def numbered_item(self, node: Element) -> bool:
        """Write the number before an item."""
        if node in self._labels:
            self._add_text(f" {self._labels[node]}. ")
        return False

    def ruby_text(self, node: Element) -> bool:
        """Write in brackets how a word is read."""
        text = node.text()
        if text.strip():
            self._add_text(text if self._around.has_brackets(node) else f"({text.strip()})")
        return True

    def time(self, node: Element) -> bool:
        """Write a time without what it says of its age."""
        self._add_text(without_ages(node.text()))
        return True


def _first_character(node: Element | str) -> str:
    """The first character of what is written of a node, unless that is other markup than emphasis; else ''."""
    while isinstance(node, Element):
        if node.tag in SCRIPTS and node.chars and not node.dropped:
            return SCRIPTS[node.tag]
        is_markup = node.tag in _WRITERS and node.tag not in _NO_MARKUP and (node.tag != "a" or "href" in node.attrs)
        node = "" if is_markup or node.dropped or not node.children else node.children[0]
    # An asterisk alone, such as the one after the name of a field, is not read with the marks before it.
    return "" if node[:1] == "*" and not node[1:2].strip() else node[:1]


_Writer = Callable[[InlineRun, Element], bool]
# Each writes an element and returns True, or False if the element is no more than what it holds.
_WRITERS: dict[str, _Writer] = {
    "a": InlineRun.link,
    "amp-img": InlineRun.image,
    "br": InlineRun.line_break,
    "dl": InlineRun.definitions,
    "dt": InlineRun.term,
    "img": InlineRun.image,
    "input": InlineRun.checkbox,
    "label": InlineRun.form_label,
    "li": InlineRun.numbered_item,
    "ol": InlineRun.numbered_list,
    "rt": InlineRun.ruby_text,
    "time": InlineRun.time,
    **dict.fromkeys(selectors.CODE_SPANS, InlineRun.code_element),
    **dict.fromkeys(selectors.CODE_BLOCKS, InlineRun.code_block),
    **dict.fromkeys(selectors.FORMULA_TAGS, InlineRun.formula_element),
    **dict.fromkeys(_MARKS, InlineRun.emphasis),
    **dict.fromkeys(SCRIPTS, InlineRun.script),
}

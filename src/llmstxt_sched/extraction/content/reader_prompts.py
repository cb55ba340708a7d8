"""Tells what a page asks its reader: for an opinion of it, consent to cookies, or how the site is to look."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.tools import tool_words
from llmstxt_sched.extraction.content.tools.page_tools import MAX_TOOL_ELEMENTS, MAX_TOOL_TEXT, is_named
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, elements_in
from llmstxt_sched.extraction.lazy_pattern import LazyPattern

_NAMED: Final = (
    r" (?:page|article|doc(?:ument(?:ation)?)?|section|topic|content|information|guide|tutorial|post|answer)"
)
_PAGE: Final = rf"(?:{_NAMED})?"
# What a page asks its reader about itself, with the answers that may be beside it.
_OPINION: Final = LazyPattern(
    rf"\W*(?:feedback\W*)?(?:(?:was|is) (?:it|this{_PAGE}) (?:helpful|useful)(?: (?:to|for) you)?|"
    rf"did this{_PAGE} help(?: you)?|"
    rf"(?:did|do) you find (?:it|this{_PAGE}) (?:helpful|useful)|how (?:helpful|useful) was this{_PAGE}|"
    rf"(?:how would you )?rate this{_PAGE}|(?:how (?:is|was)|(?:did|do) you like) this{_NAMED}|"
    rf"{tool_words.OPINIONS}|"
    rf"did this{_PAGE} (?:answer|solve) your (?:question|problem|issue))\W*(?:(?:yes|no|not really|somewhat|"
    rf"{tool_words.ANSWERS}|"
    r"thank(?:s| you) for your feedback|glad to hear it|\d+ out of \d+ found this helpful)\W*){0,6}",
    re.IGNORECASE,
)
_NAMES_OF_OPINION: Final = re.compile(r"vot(?:e|ing)|helpful|useful|feedback|rating|opinion|reaction", re.IGNORECASE)
# What such a question stands in.  A term, an item or a piece of a text may be what the page is about.
_MAY_ASK: Final = frozenset(["aside", "div", "fieldset", "footer", "form", "label", "p", "section", "span"])
_NO_WORD: Final = re.compile(r"[\W_]+")
_CONSENT: Final = LazyPattern(rf"\W*+{tool_words.CONSENT}\W*", re.IGNORECASE)
_OF_COOKIES: Final = LazyPattern(rf".{{0,100}}?{tool_words.COOKIES}", re.IGNORECASE)
# Words that a text in English has, and those of a site that speaks of itself.
_IN_ENGLISH: Final = re.compile(r"\b(?:the|and|are|is|of|a)\b", re.IGNORECASE)
_OF_SITE: Final = re.compile(
    r"\b(?:we|our|us|you|your|this (?:web ?)?(?:site|page)|by (?:continuing|using|clicking)|privacy|consent|settings|"
    r"preferences|learn more)\b",
    re.IGNORECASE,
)
# A text that asks for consent has no code, and no more characters and elements.
_NOT_IN_CONSENT: Final = selectors.CODE_BLOCKS | selectors.CODE_SPANS
_MAX_CONSENT, _MAX_ELEMENTS_OF_CONSENT = 500, 40
# What radio buttons are called that say how the site looks or how its reader rates it, and all that stands beside them.
_NAMES_OF_CHOICES: Final = re.compile(
    r"(?:[\w-]{0,40}[-_])?(?:theme|colou?r-?(?:scheme|mode)|appearance|rating|stars)(?:[-_][\w-]{0,40})?", re.IGNORECASE
)
_CHOICE: Final = LazyPattern(
    r"(?:(?:(?:choose |select )?(?:a )?(?:theme|appearance|colou?r (?:scheme|mode)))?\W*"
    r"(?:(?:light|dark|auto(?:matic)?|system(?: default)?|day|night|high contrast)(?: (?:theme|mode))?\W*){2,8}|"
    rf"(?:(?:rate|rating of) this{_PAGE})?\W*(?:(?:\d|one|two|three|four|five) stars?\W*){{2,8}})",
    re.IGNORECASE,
)


def asks_for_opinion(node: Element) -> bool:
    """Whether the element is nothing but the question how its reader likes the page."""
    # Fields without a text may be thousands.
    is_small = 0 < node.chars <= MAX_TOOL_TEXT and node.end - node.at <= MAX_TOOL_ELEMENTS
    return is_small and _OPINION.fullmatch(node.words()) is not None


@Question
def may_ask_for_opinion(start: StartTag) -> bool:
    """Whether an element that begins so is called like what asks for an opinion, and may be a box or a line of it."""
    if start.name not in _MAY_ASK:
        return False
    return _NAMES_OF_OPINION.search(f"{start.get('class')} {start.get('id')}") is not None


def is_called_by_its_words(node: Element) -> bool:
    """Whether all that calls it a question for an opinion is its id, which a generator makes of its own words."""
    if _NAMES_OF_OPINION.search(node.get("class")):
        return False
    return _NO_WORD.sub("-", node.words().lower()).strip("-") in _NO_WORD.sub("-", node.get("id").lower())


def consents(button: Element) -> bool:
    """Whether a button agrees to cookies, or refuses them, and no sentence is about it."""
    is_short = 0 < button.chars <= MAX_TOOL_TEXT and button.end - button.at <= _MAX_ELEMENTS_OF_CONSENT
    return is_short and _CONSENT.fullmatch(button.words()) is not None and not is_named(button)


def asks_for_consent(node: Element) -> bool:
    """Whether the element is nothing but what a site says of its cookies."""
    is_small = 0 < node.chars <= _MAX_CONSENT and node.end - node.at <= _MAX_ELEMENTS_OF_CONSENT
    if not is_small or node.tag not in selectors.CONTAINERS | selectors.FURNITURE:
        return False
    has_page = any(inner.tag in selectors.MARKS_OF_PAGES or inner.tag in _NOT_IN_CONSENT for inner in elements_in(node))
    return not has_page and _OF_COOKIES.match(node.words()) is not None and not _is_about_cookies(node)


def _is_about_cookies(node: Element) -> bool:
    """Whether a text in English speaks of cookies, and neither for the site nor to its reader."""
    return _IN_ENGLISH.search(node.words()) is not None and _OF_SITE.search(node.words()) is None


def is_button_of_site(button: Element) -> bool:
    """Whether it is a radio button that is called like a choice of the site's look, or a rating."""
    is_radio = button.get("type").lower() == "radio"
    return is_radio and _NAMES_OF_CHOICES.fullmatch(button.get("name")) is not None


def offers_choice(node: Element) -> bool:
    """Whether the element is nothing but how the site may look, or be rated."""
    is_small = 0 < node.chars <= MAX_TOOL_TEXT and node.end - node.at <= MAX_TOOL_ELEMENTS
    return is_small and _CHOICE.fullmatch(node.words()) is not None

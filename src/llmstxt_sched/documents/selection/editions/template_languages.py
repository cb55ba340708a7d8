"""Finds the languages of pages that all declare the same one, which is that of their template.

A page is in another one where its folder is named by that and its words are in it and not in the declared one as well,
as those of a lesson may be; or, for English, where those of the page beside it are in the declared one and its own not.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.editions.language_words import is_in, text_of
from llmstxt_sched.documents.selection.editions.unsaid_languages import Mark, address_of, marks_of_folders
from llmstxt_sched.documents.selection.paths import segments_below_language
from llmstxt_sched.domain.language_tags import normalised

# So many pages show that a folder is a language's.
_LEAST_PAGES = 2
_ENGLISH = "en"
# A text in another language has hardly three of these, though it may have names and quotations in English.
_ENGLISH_WORDS = frozenset(["the", "and", "with", "this", "that", "from", "are", "how", "which"])
_LEAST_WORDS = 3


def with_own_languages(pages: Sequence[Page]) -> Sequence[Page]:
    """The pages with their own languages, where all that declare one declare the same and it is not that of all."""
    declared = {normalised(page.language).partition("-")[0] for page in pages} - {""}
    if len(declared) != 1:
        return pages
    template = declared.pop()
    beside = {address_of(page.url, segments_below_language(page.url)): page for page in pages}
    named: dict[tuple[Mark, str], dict[str, Page]] = {}
    for page in pages:
        for mark, language, path in marks_of_folders(page.url):
            address = address_of(page.url, path)
            if language == template:
                beside.setdefault(address, page)
            else:
                named.setdefault((mark, language), {})[address] = page
    own: dict[str, str] = {}
    for (_, language), inner in named.items():
        sure = sum(_is_in(page, language, beside.get(address), template) for address, page in inner.items())
        if sure >= _LEAST_PAGES and sure * 2 >= len(inner):
            own |= {page.url: language for page in inner.values()}
    return [structs.replace(page, language=own[page.url]) if page.url in own else page for page in pages]


def _is_in(page: Page, language: str, original: Page | None, template: str) -> bool:
    if _is_worded(page, template):
        return False
    if language == _ENGLISH and original is not None:
        return _is_worded(original, template)
    return is_in(text_of(page), language)


def _is_worded(page: Page, template: str) -> bool:
    """Whether the words of a page are in the language of the template."""
    if template == _ENGLISH:
        return len(_ENGLISH_WORDS.intersection(text_of(page).casefold().split())) >= _LEAST_WORDS
    return is_in(text_of(page), template)

"""Finds translations on sites that say nothing of languages: by their addresses, and by the words that they hold.

A name in an address alone is nothing, for `/cs/start` may be C#'s: the page has to be surely in that language, and the
page of the same address without the name not, or the one with the name of the start page's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.editions.language_choice import behind_choice
from llmstxt_sched.documents.selection.editions.language_words import is_in, text_of
from llmstxt_sched.documents.selection.paths import MAX_DEPTH, segments_below_language
from llmstxt_sched.domain.language_tags import has_form_of_tag, is_common, normalised

# What folders and files are called by the country instead of the language.
BY_COUNTRY = {
    "jp": "ja",
    "cn": "zh",
    "tw": "zh",
    "kr": "ko",
    "ua": "uk",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "br": "pt",
}
# "guide.de.html", "guide_fr", "index.html.es".
_NAMED = re.compile(
    r"(?P<name>.+?)(?P<separator>[._-])(?P<tag>[a-z]{2}(?:[-_][a-z]{2,4})?)(?P<ending>\.[a-z]{3,5})?", re.IGNORECASE
)
# So many pages show that a folder or an ending is a language's.
_LEAST_PAGES = 2

# What tells a translation's address from its original's: the folder, or the ending of the file's name.
Mark = tuple[str, ...]


def unsaid_translations(pages: Sequence[Page], start_url: str) -> set[str]:
    """The URLs of the pages that are surely translations of others, and of those in one folder with them.

    A folder most of whose pages have no original is a site of its own: only translations in it are left out.
    """
    by_address = {address_of(page.url, segments_below_language(page.url)): page for page in pages}
    for page in _named_by(_language_of_start(pages, start_url), pages):
        for _, _, path in _marks_of_file(page.url):
            by_address.setdefault(address_of(page.url, path), page)
    sure: dict[Mark, int] = {}
    members: dict[Mark, set[str]] = {}
    paired: dict[Mark, set[str]] = {}
    for page in pages:
        for mark, language, path in _marks(page.url):
            original = by_address.get(address_of(page.url, path))
            members.setdefault(mark, set()).add(page.url)
            if original is not None:
                paired.setdefault(mark, set()).add(page.url)
                sure[mark] = sure.get(mark, 0) + _is_translation(page, original, language)
    found = {mark for mark, count in sure.items() if count >= _LEAST_PAGES and count * 2 >= len(paired[mark])}
    found = {mark for mark in found if start_url not in members[mark]}
    is_whole = {mark for mark in found if len(mark) > 1 and len(paired[mark]) * 2 >= len(members[mark])}
    return set().union(*(members[mark] if mark in is_whole else paired[mark] for mark in found))


def marks_of_folders(url: str) -> Iterator[tuple[Mark, str, list[str]]]:
    """The folders in an address that may name a language, which it would be, and the path without it."""
    parts = segments_below_language(url)
    for at, name in enumerate(parts[:-1][:MAX_DEPTH]):
        if language := _language(name):
            yield ("/", *parts[: at + 1]), language, parts[:at] + parts[at + 1 :]


def _marks(url: str) -> Iterator[tuple[Mark, str, list[str]]]:
    yield from marks_of_folders(url)
    yield from _marks_of_file(url)


def _marks_of_file(url: str) -> Iterator[tuple[Mark, str, list[str]]]:
    parts = segments_below_language(url)
    named = _NAMED.fullmatch(parts[-1])
    if named and (language := _language(named["tag"])):
        mark = f"{named['separator']}{named['tag']}".casefold()
        yield (mark,), language, [*parts[:-1], named["name"] + (named["ending"] or "")]


def _language_of_start(pages: Sequence[Page], start_url: str) -> str:
    """The language of the files to start with, where all of a site's files are named by one ("a.en.html")."""
    tags = {page.url: _language_of_file(page.url) for page in pages}
    home = next((page for page in pages if page.url == start_url), None)
    if home is None or tags[start_url]:
        return _language_of_file(start_url)
    said = normalised(home.language).partition("-")[0]
    return said if said and said in tags.values() else behind_choice(home, tags)


def _named_by(language: str, pages: Sequence[Page]) -> list[Page]:
    """The pages whose files are named by a language."""
    return [page for page in pages if language and _language_of_file(page.url) == language]


def _language_of_file(url: str) -> str:
    return next(iter([language for _, language, _ in _marks_of_file(url)]), "")


def _language(name: str) -> str:
    """The language that a name is the tag of, as its code; '' if of none."""
    if not has_form_of_tag(name):
        return ""
    code = normalised(name).partition("-")[0]
    return code if is_common(code) else BY_COUNTRY.get(code, "")


def address_of(url: str, path: Sequence[str]) -> str:
    """The host of `url` with another path on it."""
    return f"{urlsplit(url).netloc}/{'/'.join(path)}"


def _is_translation(page: Page, original: Page, language: str) -> bool:
    """Whether a page is in a language and its original is not: by what both declare, or if none does by their words."""
    said = [normalised(each.language).partition("-")[0] for each in (page, original)]
    if any(said):
        return all(said) and said[0] == language != said[1]
    return is_in(text_of(page), language) and not is_in(text_of(original), language)

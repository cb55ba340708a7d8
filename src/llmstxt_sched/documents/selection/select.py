"""Builds a site's index from its pages: names, titles, notes and sections.  The same pages lead to the same index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from msgspec.structs import replace

from llmstxt_sched.documents.model import OWN_DETAILS, Contents, Entry, Index, Page, Section
from llmstxt_sched.documents.selection.duplicate_titles import tell_apart
from llmstxt_sched.documents.selection.editions.languages import other_languages
from llmstxt_sched.documents.selection.editions.versions import other_versions
from llmstxt_sched.documents.selection.generated_pages import lists_files
from llmstxt_sched.documents.selection.notes import page_notes, summary
from llmstxt_sched.documents.selection.optional import optional_pages
from llmstxt_sched.documents.selection.places import KnownSite, listed_pages
from llmstxt_sched.documents.selection.print_views import views_for_printing
from llmstxt_sched.documents.selection.quotes import without_quotes
from llmstxt_sched.documents.selection.sections import group
from llmstxt_sched.documents.selection.site_names import site_name
from llmstxt_sched.documents.selection.titles import Affix, page_titles
from llmstxt_sched.documents.text import safe_url
from llmstxt_sched.domain.project import CrawlOptions

_INDEX_FILE = re.compile(r"(?:index|default)\.\w{2,5}$", re.IGNORECASE)
# So many folders are looked through for a site's pages; those that hold most of them are among the first.
_MAX_FOLDERS = 100
# A folder with such a share of the pages is what the site is about.
_MIN_SHARE = 0.75


def select(pages: Sequence[Page], start_url: str, contents: Sequence[Contents] = ()) -> Index:
    """Build the index of `pages`, which are in crawl order, for the site that begins at `start_url`.

    `contents` are the tables of contents that the site keeps in files of their own.
    """
    home = _home(pages, start_url)
    if home is not None and lists_files(pages[home]):
        # It gives the site no name and says nothing of it.
        home = next((at for at in _behind(pages, home) if not lists_files(pages[at])), None)
    affix = Affix([page.extract.title for page in pages], "" if home is None else pages[home].extract.title)
    titles = page_titles(pages, affix, home)
    listed = listed_pages(pages, titles, KnownSite(home, contents=contents))
    secondary = optional_pages(pages, titles, start_url, listed)
    told = without_quotes(pages, titles, secondary)
    notes = page_notes(told, titles)
    host = urlsplit(start_url).netloc
    name = site_name(pages, affix, home, titles) or host
    about = ""
    if home is not None:
        said = told[home].extract
        notes[home] = notes[home] or summary(said, titles[home])
        behind = [summary(told[at].extract, titles[at]) for at in _behind(pages, home)]
        about = next(filter(None, [summary(replace(said, outline=""), titles[home]), *behind, notes[home]]), "")
    site = KnownSite(home, frozenset([name, affix.name]), affix.name, contents)
    groups = group(pages, titles, start_url, secondary, site)
    titles = tell_apart(pages, titles, notes, groups)
    return Index(
        name=name,
        # Without one, validators refuse the file and the reference parser does not find where the text begins.
        summary=about or f"The pages of {host}.",
        details=(OWN_DETAILS.format(host=host),),
        sections=tuple(
            Section(name, tuple(Entry(safe_url(pages[at].url), titles[at], notes[at]) for at in positions))
            for name, positions in groups
        ),
    )


def wanted_pages(pages: Sequence[Page], start_url: str, options: CrawlOptions) -> list[Page]:
    """`pages` without languages and versions that the project does not want, and without views for printing."""
    start = next((pages[at].url for at in [_home(pages, start_url)] if at is not None), start_url)
    out = other_languages(pages, start, options.languages)
    left = [page for page in pages if page.url not in out]
    out = other_versions(left, start, options.versions) | views_for_printing(left, start)
    return [page for page in left if page.url not in out]


def _behind(pages: Sequence[Page], door: int) -> list[int]:
    """The index pages of the folders that hold nearly all of a site ("/en/latest/"), the largest first."""
    indexes = {_INDEX_FILE.sub("", page.url): at for at, page in enumerate(pages) if at != door}
    folders = [url for url in indexes if url.endswith("/") and url.startswith(pages[door].url.rpartition("/")[0])]
    held = {url: sum(page.url.startswith(url) for page in pages) for url in folders[:_MAX_FOLDERS]}
    most = sorted(held, key=lambda url: -held[url])
    return [indexes[url] for url in most if held[url] > _MIN_SHARE * len(pages)]


def _home(pages: Sequence[Page], start_url: str) -> int | None:
    wanted = _INDEX_FILE.sub("", start_url)
    for at, page in enumerate(pages):
        if page.url == start_url or _INDEX_FILE.sub("", page.url) == wanted:
            return at
    # A start page of frames is none itself, and first comes the list of pages in one of them.
    told = (at for at, page in enumerate(pages) if page.extract.lead or not page.extract.contents)
    return next(told, 0) if pages else None

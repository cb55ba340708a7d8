"""Compares the texts of a new version with those that are published, by as much of them as it takes.

By their hashes; where these tell of no loss, by what changed pages begin with beside their own addresses; where that is
one text for most of them, by some of these as a whole: below a notice that is on every page stands what was there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from llmstxt_sched.documents.model import Extract, Page
from llmstxt_sched.services.documents.writing.own_words import own_text, own_words
from llmstxt_sched.store.documents import pages
from llmstxt_sched.store.documents.versions import PageHash
from llmstxt_sched.store.postgres.database import Database

# So many pages are compared as a whole, up to so many characters: some megabytes.
_PAGES, _CHARACTERS = 200, 50_000

# Of the texts, or of keys of them, at the addresses before and after.
Judge = Callable[[Mapping[str, str], Mapping[str, str]], bool]


async def would_be_lost(
    database: Database,
    project_id: UUID,
    published: Sequence[PageHash],
    extracts: Mapping[str, Extract],
    listed: Sequence[Page],
    judge: Judge,
) -> bool:
    """Whether `judge` finds most of what is published lost in the pages `listed`.

    `extracts` are those of the published pages, by their addresses.
    """
    old, new = ({page.url: page.content_sha256 for page in each} for each in (published, listed))
    if judge(old, new):
        return True
    said = {page.url: page.extract for page in listed}
    changed = sorted(url for url in old.keys() & new.keys() & extracts.keys() if old[url] != new[url])
    stay = {url: old[url] for url in old.keys() & new.keys()}
    before, after = ({url: own_words(url, each[url]) for url in changed} for each in (extracts, said))
    if not judge(stay | before, {url: new[url] for url in stay} | after):
        return False
    some = changed[:: len(changed) // _PAGES + 1]
    hashes = [each[url] for url in some for each in (old, new)]
    async with database.connection() as connection:
        texts = await pages.beginnings(connection, project_id, hashes, _CHARACTERS)
    # The heading is not in the text.
    return judge(
        {url: before[url] + own_text(url, texts.get(old[url], "")) for url in some},
        {url: after[url] + own_text(url, texts.get(new[url], "")) for url in some},
    )

"""Compares the texts of a new version with those that are published, by as much of them as it takes.

By their hashes; where these tell of no loss, by what changed pages and new ones begin with beside their own addresses;
where that is one text for most of them, by some pages as a whole: below a notice that is on every page stands what was
there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.crawler.identity.likeness import containment
from llmstxt_sched.crawler.identity.likeness import words_of as words_in
from llmstxt_sched.documents.model import Extract, Page
from llmstxt_sched.services.documents.writing.login_walls import is_login_wall
from llmstxt_sched.services.documents.writing.own_words import own_text, own_words, with_walls_as_one, words_of
from llmstxt_sched.store.documents import pages
from llmstxt_sched.store.documents.versions import PageHash
from llmstxt_sched.store.postgres.database import Database

# So many pages are compared as a whole, up to so many characters: some megabytes.
_PAGES, _CHARACTERS = 200, 50_000
# So large a part of a page's words stays below a banner that is new.
_MOSTLY = 0.5
# Stands for the texts that are as they were, in a first look at the others.
_STAYS = "="

# Judges the texts, or keys of them, by address before and after; they are those of one address in so many.
Judge = Callable[[Mapping[str, str], Mapping[str, str], int], bool]


class _Texts(Struct, frozen=True):
    """The hashes of the texts before and after, and the extracts of their pages, by their addresses.

    `same` are the addresses whose texts are as they were.
    """

    old: dict[str, str]
    new: dict[str, str]
    said_before: Mapping[str, Extract]
    said: Mapping[str, Extract]
    same: Set[str]


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
    if judge(old, new, 1):
        return True
    if is_login_wall(old, extracts.values(), listed) and not await _are_still_said(database, project_id, old, new):
        return True
    same = {url for url in old.keys() & new.keys() if old[url] == new[url] or url not in extracts}
    if same >= old.keys():
        return False
    texts = _Texts(old, new, extracts, {page.url: page.extract for page in listed}, same)
    # New pages are judged as well, since the wall may stand where the old ones redirect to.
    moved = old.keys() ^ new.keys()
    # When a page has moved from /7 to /apple, "apple" counts at neither, or it would seem to have lost the word.  Nor
    # does "setup" count at the login at /x?k=9f3 to which /setup redirects, and which names it.
    addresses = dict.fromkeys(moved, words_of(moved))
    # A login may name each page by its title instead, which its address need not tell.
    titles = {url: addresses.get(url, set()) | words_of((said.title, said.h1)) for url, said in extracts.items()}
    for names in (addresses, {**addresses, **titles}):
        if await _are_lost(database, project_id, texts, names, judge):
            return True
    return False


async def _are_still_said(database: Database, project_id: UUID, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether most of the published texts stand below what their pages say now."""
    stay = sorted(old.keys() & new.keys())[:_PAGES]
    async with database.connection() as connection:
        hashes = [each[url] for url in stay for each in (old, new)]
        markdown = await pages.beginnings(connection, project_id, hashes, _CHARACTERS)
    texts = ([words_in(markdown.get(each[url], "")) for each in (old, new)] for url in stay)
    return 2 * sum(containment(before, now) > _MOSTLY for before, now in texts) > len(old)


async def _are_lost(
    database: Database, project_id: UUID, texts: _Texts, names: Mapping[str, Set[str]], judge: Judge
) -> bool:
    """Whether `judge` finds most of the texts lost that the pages say beside their addresses and `names`."""
    old, new, same = texts.old, texts.new, texts.same
    lost, added = old.keys() - new.keys(), new.keys() - old.keys()
    stays = dict.fromkeys(same & new.keys(), _STAYS)
    changed = new.keys() - same
    began, after = (
        {url: own_words(url, said[url], names.get(url, ())) for url in urls}
        for urls, said in ((changed & old.keys(), texts.said_before), (changed, texts.said))
    )
    after = with_walls_as_one(began, after)
    # Pages of a reference may begin with their own names alone: that they all do so again tells nothing.
    if not judge(old | stays, after | stays, 1):
        return False
    groups = (same, (old.keys() & new.keys()) - same, lost, added)
    step = len(old | new) // _PAGES + 1
    some = {url for group in groups for url in sorted(group)[::step]}
    # All of them: a wall may have come before a part of the pages with an earlier run.
    hashes = [each[url] for url in some for each in (old, new) if url in each]
    async with database.connection() as connection:
        markdown = await pages.beginnings(connection, project_id, hashes, _CHARACTERS)

    def whole(hashes: Mapping[str, str], extracts: Mapping[str, Extract]) -> dict[str, str]:
        told = {}
        for url in some & hashes.keys():
            beside = names.get(url, ())
            # The heading is not in the text.
            told[url] = own_words(url, extracts[url], beside) + own_text(url, markdown.get(hashes[url], ""), beside)
        return told

    some -= old.keys() - texts.said_before.keys()
    before, now = whole(old, texts.said_before), whole(new, texts.said)
    now = with_walls_as_one(before, now)
    silent = {url for url, text in before.items() if not text}
    # Where pages have moved, those that say nothing may be the ones that said nothing before.
    if silent & lost:
        silent |= added
    return judge(_each_apart(before, silent), _each_apart(now, silent), step)


def _each_apart(told: Mapping[str, str], silent: Set[str]) -> dict[str, str]:
    """The texts, with one of its own for each of the `silent` pages that says nothing beside its name.

    As one text, they would be nothing that a wall before all of them takes away.
    """
    return {url: text or (url if url in silent else "") for url, text in told.items()}

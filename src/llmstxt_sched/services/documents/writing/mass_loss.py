"""Decides whether most of what is published would vanish with a new version, which then waits for a decision.  Pure.

Only the net number of entries counts, and that of different texts: a login wall may answer at each address with the
same form.  A text is known by its hash, or by what it says beside its own address.  What the operator's own options
took away since the published version was made is no loss; what robots.txt takes away is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec import Struct

from llmstxt_sched.crawler.model import Outcome
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.address_globs import AddressChoice
from llmstxt_sched.domain.project import CrawlOptions, MadeBy

_SELECTORS = ("keep", "drop")
# Pages of which other selectors may have left nothing, or nothing of their own.
_WITHOUT_CONTENT = frozenset({Outcome.EMPTY, Outcome.DUPLICATE})


class Sight(Struct, frozen=True):
    """What is known of the published addresses after the run.

    `outcomes` are those of the addresses that the run visited, `depths` those of known pages; `pages` are all that may
    be listed, whatever their language and version; `unread` those for which the run had no time, and
    of which only a text read with other selectors is stored.  `folder` is the one that the crawl was restricted to.
    """

    outcomes: Mapping[str, str]
    depths: Mapping[str, int]
    pages: Set[str]
    unread: Set[str]
    folder: str = "/"


def is_mass_loss(
    published: Mapping[str, str],
    listed: Mapping[str, str],
    sight: Sight,
    options: CrawlOptions,
    before: CrawlOptions | None,
    step: int = 1,
) -> bool:
    """Whether fewer than half as many entries would stand as are published, or different texts.

    Where most addresses are new, the texts at those that stay are compared as well.

    `published` and `listed` are keys of the texts by their addresses in the documents before and after; `options`
    are those of the run, with its limits, and `before` those by which the published version was made, None if they are
    not known.  Of the addresses, one in `step` is given.
    """
    lost = [url for url in published if url not in listed]
    taken = {url for url, is_taken in zip(lost, _by_options(lost, sight, options, before), strict=True) if is_taken}
    most = len(published) if options.max_pages is None else -(-options.max_pages // step)
    expected = published.keys() - taken
    stay = published.keys() & listed.keys()
    are_alike = any(
        # As if all addresses for which there is no room had had a text of their own.
        2 * len({listed[url] for url in now}) < len({published[url] for url in then}) - max(0, len(then) - most)
        for now, then in ((listed, expected), (stay, stay))
    )
    is_few = 2 * len(listed) < min(len(expected), most)
    return is_few or (are_alike and not _differ(options, before, *_SELECTORS))


def _by_options(
    lost: Iterable[str], sight: Sight, options: CrawlOptions, before: CrawlOptions | None
) -> Iterator[bool]:
    """For each lost address whether the options took it away."""
    choice = AddressChoice(options.include, options.exclude)
    has_other_selectors = _differ(options, before, *_SELECTORS)
    has_other_variants = _differ(options, before, "languages", "versions")
    has_other_scope = _differ(options, before, "scope") or _has_moved(options, before)
    for url in lost:
        address = urls.parse(url)
        yield (
            not choice.wants(address)
            or (has_other_scope and not f"{address.path}/".startswith(sight.folder))
            or (options.max_depth is not None and sight.depths.get(url, 0) > options.max_depth)
            or (has_other_selectors and (sight.outcomes.get(url) in _WITHOUT_CONTENT or url in sight.unread))
            # A crawl that knows translations by their links does not visit those that are not wanted.
            or (has_other_variants and (url in sight.pages or url not in sight.outcomes))
        )


def _differ(options: CrawlOptions, before: CrawlOptions | None, *names: str) -> bool:
    return before is not None and any(getattr(options, name) != getattr(before, name) for name in names)


def _has_moved(options: CrawlOptions, before: CrawlOptions | None) -> bool:
    """Whether the project names another start page; who moves it to a folder wants no more than that."""
    named = {each.url for each in (options, before) if isinstance(each, MadeBy)} - {""}
    return len(named) > 1

from __future__ import annotations

import pytest
from msgspec.structs import replace

from llmstxt_sched.domain.project import CrawlOptions, MadeBy
from llmstxt_sched.services.documents.writing.mass_loss import Sight, is_mass_loss

PAGES = [f"https://example.com/{kind}/{n}" for kind in ("docs", "blog") for n in range(10)]
TEXTS = {url: f"text of {url}" for url in PAGES}
NOTHING_SEEN = Sight({}, {}, frozenset(), frozenset())
USUAL = CrawlOptions(max_pages=500, max_depth=10)


def held(
    left: int, options: CrawlOptions = USUAL, sight: Sight = NOTHING_SEEN, before: CrawlOptions | None = USUAL
) -> bool:
    return is_mass_loss(TEXTS, {url: TEXTS[url] for url in PAGES[:left]}, sight, options, before)


def test_fewer_than_half_as_many_entries_are_a_loss_and_half_are_none() -> None:
    assert [left for left in range(21) if held(left)] == list(range(10))
    half = {url: TEXTS[url] for url in PAGES[:10]}
    assert is_mass_loss({**TEXTS, "https://example.com/": "home"}, half, NOTHING_SEEN, USUAL, USUAL)


def test_only_the_number_counts_not_which_they_are() -> None:
    others = {f"https://example.com/new/{n}": f"new {n}" for n in range(10)}
    assert not is_mass_loss(TEXTS, others, NOTHING_SEEN, USUAL, USUAL)


def test_the_same_text_at_most_addresses_is_a_loss_unless_it_was_there_before() -> None:
    walled = [{url: TEXTS[url] if n < open_ else "Sign in" for n, url in enumerate(PAGES)} for open_ in range(20)]
    assert [is_mass_loss(TEXTS, texts, NOTHING_SEEN, USUAL, USUAL) for texts in walled] == [True] * 9 + [False] * 11
    assert not is_mass_loss(walled[3], walled[3], NOTHING_SEEN, USUAL, USUAL)
    assert not is_mass_loss(TEXTS, walled[3], NOTHING_SEEN, replace(USUAL, keep=(".a",)), USUAL)
    few = {url: walled[3][url] for url in PAGES[9:13]}
    assert not is_mass_loss(walled[3], few, NOTHING_SEEN, replace(USUAL, max_pages=4), USUAL)
    assert is_mass_loss(walled[3], {PAGES[0]: TEXTS[PAGES[0]]}, NOTHING_SEEN, USUAL, USUAL)


def test_a_login_wall_at_new_addresses_is_a_loss() -> None:
    walled = {url.replace("example.com/", "example.com/v2/"): "Sign in" for url in PAGES}
    assert is_mass_loss(TEXTS, walled, NOTHING_SEEN, USUAL, USUAL)
    two_stay = {**walled, **{url: TEXTS[url] for url in PAGES[:2]}}
    assert is_mass_loss(TEXTS, two_stay, NOTHING_SEEN, USUAL, USUAL)
    beside_new = dict.fromkeys(PAGES, "Sign in") | {f"{url}/new": f"new at {url}" for url in PAGES}
    assert is_mass_loss(TEXTS, beside_new, NOTHING_SEEN, USUAL, USUAL)
    without_blog = {url: TEXTS[url] for url in PAGES[:10]}
    assert not is_mass_loss(TEXTS, without_blog, NOTHING_SEEN, replace(USUAL, exclude=("/blog/*",)), USUAL)
    assert not is_mass_loss(TEXTS, without_blog, NOTHING_SEEN, replace(USUAL, max_pages=10), USUAL)


@pytest.mark.parametrize("options", [{"exclude": ("/blog/*",)}, {"include": ("/docs/*",)}])
def test_what_globs_take_away_is_no_loss(options: dict[str, tuple[str, ...]]) -> None:
    ordered = replace(USUAL, **options)
    assert not held(5, ordered)
    assert held(4, ordered)


def test_what_a_lower_limit_has_no_room_for_is_no_loss() -> None:
    assert not held(3, replace(USUAL, max_pages=6))
    assert held(2, replace(USUAL, max_pages=6))
    deep = Sight({}, dict.fromkeys(PAGES[10:], 4), frozenset(), frozenset())
    assert not held(5, replace(USUAL, max_depth=3), deep)
    assert held(5, replace(USUAL, max_depth=4), deep)
    assert held(5, USUAL, deep)


def test_what_other_selectors_leave_without_content_is_no_loss_unless_they_are_the_same() -> None:
    emptied, alike = (
        replace(NOTHING_SEEN, outcomes=dict.fromkeys(PAGES[10:], each)) for each in ("empty", "duplicate")
    )
    unread = Sight({}, {}, frozenset(), frozenset(PAGES[10:]))
    for sight in (emptied, alike, unread):
        assert not held(5, replace(USUAL, keep=(".a",)), sight)
        assert not held(5, USUAL, sight, before=replace(USUAL, drop=(".a",)))
        assert held(5, USUAL, sight)
        assert held(5, replace(USUAL, keep=(".a",)), sight, before=None)
    for outcome in ("gone", "robots", "http_error", "timeout"):
        lost = Sight(dict.fromkeys(PAGES[10:], outcome), {}, frozenset(), frozenset())
        assert held(5, replace(USUAL, keep=(".a",)), lost)


def test_what_lies_beside_the_folder_that_a_project_moves_to_is_no_loss() -> None:
    below = replace(NOTHING_SEEN, folder="/docs/")
    whole, part = (MadeBy(max_pages=500, url=f"https://example.com/{path}") for path in ("", "docs/"))
    assert not held(5, part, below, before=whole)
    assert held(4, part, below, before=whole)
    assert held(5, part, below, before=part)
    assert held(5, part, below, before=MadeBy(max_pages=500))


def test_what_another_scope_leaves_out_is_no_loss() -> None:
    below = replace(NOTHING_SEEN, folder="/docs/")
    assert not held(5, replace(USUAL, scope="folder"), below)
    assert held(4, replace(USUAL, scope="folder"), below)
    assert held(5, USUAL, below)
    # The folder's own page belongs to it, also without the slash.
    docs = {f"https://example.com/docs{rest}": rest for rest in ("", "/a", "/b")}
    left = {"https://example.com/docs/a": "/a"}
    assert is_mass_loss(docs, left, below, replace(USUAL, scope="folder"), USUAL)


def test_what_is_there_in_a_language_or_version_that_is_not_wanted_any_more_is_no_loss() -> None:
    there = Sight({}, {}, frozenset(PAGES), frozenset())
    assert not held(1, USUAL, there, before=replace(USUAL, languages="all"))
    assert not held(1, USUAL, there, before=replace(USUAL, versions="all"))
    visited = replace(there, outcomes=dict.fromkeys(PAGES, "ok"))
    assert not held(1, USUAL, visited, before=replace(USUAL, languages="all"))
    assert not held(1, USUAL, before=replace(USUAL, languages="all"))
    gone = replace(NOTHING_SEEN, outcomes=dict.fromkeys(PAGES, "gone"))
    assert held(1, USUAL, gone, before=replace(USUAL, languages="all"))
    assert held(1, USUAL, there)

from __future__ import annotations

import pytest
from msgspec.structs import replace

from llmstxt_sched.crawler.model import PAGES, Outcome
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.services.documents.writing.page_standing import decide_standings
from llmstxt_sched.store.documents.pages import KnownPage, StagedPage

URL = "https://example.com/a"
OLD, NEW = Extract(title="Old"), Extract(title="New")


def known(url: str = URL, position: int = 0, absences: int = 0, *, is_listed: bool = True) -> KnownPage:
    return KnownPage(url, position, "kept.md", is_listed, absences, "old", OLD, was_read_lately=True)


def seen(
    outcome: Outcome, status: int | None = 200, url: str = URL, position: int = 0, extract: Extract | None = None
) -> StagedPage:
    return StagedPage(url, position, outcome.value, status, "new" if extract else None, extract)


@pytest.mark.parametrize("outcome", [Outcome.OK, Outcome.NOT_MODIFIED])
def test_a_page_that_is_there_is_listed_and_keeps_its_path(outcome: Outcome) -> None:
    (placed,) = decide_standings([known(absences=1)], [seen(outcome, extract=NEW)], seen_all=True).placed
    assert (placed.path, placed.absences, placed.page and placed.page.extract) == ("kept.md", 0, NEW)


def test_a_new_page_gets_a_path_of_its_own() -> None:
    (placed,) = decide_standings([], [seen(Outcome.OK, extract=NEW)], seen_all=True).placed
    assert placed.page
    assert (placed.path, placed.page.path, placed.page.content_sha256) == ("a.md", "a.md", "new")


# What tells that an address is no page, at once or at the second time; whatever else may come says nothing of it.
TELLING = {
    Outcome.DUPLICATE,
    Outcome.EMPTY,
    Outcome.REDIRECTED,
    Outcome.NOINDEX,
    Outcome.ROBOTS,
    Outcome.GONE,
    Outcome.HTTP_ERROR,
    Outcome.BLOCKED_ADDRESS,
    Outcome.BAD_REDIRECT,
    Outcome.TOO_MANY_REDIRECTS,
    Outcome.REDIRECT_LOOP,
    Outcome.OFFSITE,
    Outcome.UNSUPPORTED_TYPE,
}


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - PAGES - TELLING))
def test_an_answer_that_says_nothing_carries_a_page_over_however_often(outcome: Outcome) -> None:
    for absences in (0, 1):
        (placed,) = decide_standings([known(absences=absences)], [seen(outcome, None)], seen_all=True).placed
        assert (placed.absences, placed.page and placed.page.extract) == (absences, OLD)


HUB = "https://example.com/hub"


@pytest.mark.parametrize(
    ("outcome", "status"), [(Outcome.HTTP_ERROR, 503), (Outcome.TIMEOUT, None), (Outcome.EMPTY, 200)]
)
@pytest.mark.parametrize("is_listed", [True, False])
def test_while_a_page_that_led_somewhere_cannot_be_read_nothing_is_absent(
    outcome: Outcome, status: int | None, *, is_listed: bool
) -> None:
    staged = [seen(outcome, status, HUB), seen(Outcome.NOT_MODIFIED, 304, extract=OLD)]
    hub = known(HUB, is_listed=is_listed)
    standings = decide_standings([hub, known(absences=1)], staged, seen_all=True, unlinked={URL}, decided={URL})
    # An empty answer of a page that was no page before is what it was.
    is_gap = is_listed or outcome is not Outcome.EMPTY
    assert (standings.gone == ()) == is_gap
    assert (URL in {page.url for page in standings.pages}) == is_gap


@pytest.mark.parametrize(("status", "order"), [(503, ["hub", "a", "b"]), (404, ["b", "a"])])
def test_while_a_page_that_led_somewhere_cannot_be_read_the_others_keep_their_places(
    status: int, order: list[str]
) -> None:
    outcome = Outcome.HTTP_ERROR if status == 503 else Outcome.GONE
    other = "https://example.com/b"
    staged = [
        seen(outcome, status, HUB, 1),
        seen(Outcome.NOT_MODIFIED, 304, other, 2, OLD),
        seen(Outcome.NOT_MODIFIED, 304, URL, 3, OLD),
    ]
    before = [known(HUB, 1), known(URL, 2), known(other, 3)]
    standings = decide_standings(before, staged, seen_all=True)
    assert [page.url.rpartition("/")[2] for page in standings.pages] == order
    cut_short = decide_standings(before[1:], staged[1:], seen_all=False, in_order=False)
    assert [page.url for page in cut_short.pages] == [URL, other]
    # A site that grows may have been ordered anew.
    grown = decide_standings(before, [*staged, seen(Outcome.OK, 200, "https://example.com/c", 4, NEW)], seen_all=True)
    assert [page.url.rpartition("/")[2] for page in grown.pages if page.url != HUB] == ["b", "a", "c"]


def test_what_a_run_without_time_for_all_finds_comes_after_what_is_known() -> None:
    # It asked for what is new before the other known pages.
    new, other = "https://example.com/new", "https://example.com/z"
    before = [known(HUB, 0), known(URL, 1), known(other, 2)]
    staged = [seen(Outcome.OK, 200, HUB, 0, NEW), seen(Outcome.OK, 200, new, 1, NEW)]
    standings = decide_standings(before, staged, seen_all=False, in_order=False, had_time=False)
    assert [page.url for page in standings.pages] == [HUB, URL, other, new]


def test_a_run_that_begins_at_another_page_has_an_order_of_its_own() -> None:
    staged = [seen(Outcome.OK, 200, HUB, 0, NEW), seen(Outcome.OK, 200, URL, 1, NEW)]
    before = [known(URL, 0), known(HUB, 1)]
    standings = decide_standings(before, staged, seen_all=False, in_order=False, start_url=HUB)
    assert [page.url for page in standings.pages] == [HUB, URL]


def test_a_page_that_is_refused_again_keeps_no_other() -> None:
    staged = [seen(Outcome.EMPTY, 200, HUB), seen(Outcome.NOT_MODIFIED, 304, extract=OLD)]
    standings = decide_standings([known(HUB, absences=1), known(absences=1)], staged, seen_all=True, unlinked={URL})
    assert (standings.pages, standings.gone) == ((), (URL,))


def test_a_page_that_fails_for_long_keeps_no_other() -> None:
    staged = [seen(Outcome.TIMEOUT, None, HUB), seen(Outcome.NOT_MODIFIED, 304, extract=OLD)]
    hub = replace(known(HUB), was_read_lately=False)
    assert decide_standings([hub, known(absences=1)], staged, seen_all=True, unlinked={URL}).gone == (URL,)


def test_a_page_that_was_never_read_or_that_nothing_leads_to_keeps_no_other() -> None:
    staged = [seen(Outcome.TIMEOUT, None, HUB), seen(Outcome.NOT_MODIFIED, 304, extract=OLD)]
    assert decide_standings([known(absences=1)], staged, seen_all=True, unlinked={URL}).gone == (URL,)
    alone = decide_standings([known(HUB), known(absences=1)], staged, seen_all=True, unlinked={URL, HUB})
    assert alone.gone == (URL,)


@pytest.mark.parametrize("status", [408, 425, 500, 502, 503, 599])
def test_an_error_of_the_server_carries_a_page_over(status: int) -> None:
    (placed,) = decide_standings([known()], [seen(Outcome.HTTP_ERROR, status)], seen_all=True).placed
    assert (placed.absences, placed.page and placed.page.extract) == (0, OLD)


@pytest.mark.parametrize(
    ("outcome", "status"), [(Outcome.HTTP_ERROR, 403), (Outcome.EMPTY, 200), (Outcome.UNSUPPORTED_TYPE, 200)]
)
def test_a_page_that_is_not_shown_goes_at_the_second_time(outcome: Outcome, status: int) -> None:
    """It may be behind a login, or its server sent nothing, or something else, by mistake."""
    refused = [seen(outcome, status)]
    (once,) = decide_standings([known()], refused, seen_all=True).placed
    assert (once.absences, once.page is not None) == (1, True)
    (twice,) = decide_standings([known(absences=once.absences)], refused, seen_all=True).placed
    assert (twice.absences, twice.page) == (2, None)


@pytest.mark.parametrize("outcome", sorted(TELLING - {Outcome.HTTP_ERROR, Outcome.EMPTY, Outcome.UNSUPPORTED_TYPE}))
def test_an_explicit_answer_takes_a_page_out_at_once(outcome: Outcome) -> None:
    standings = decide_standings([known()], [seen(outcome, 404)], seen_all=True)
    assert [placed.page for placed in standings.placed] == [None]
    assert standings.pages == ()


def test_a_table_of_contents_that_is_no_page_is_kept_for_the_sections() -> None:
    listed = Extract(contents=((URL, "Guides"),))
    for outcome in (Outcome.NOINDEX, Outcome.TIMEOUT):
        standings = decide_standings([], [seen(outcome, extract=listed)], seen_all=True)
        assert (standings.pages, standings.contents) == ((), (listed.contents,))
    assert decide_standings([], [seen(Outcome.GONE, extract=listed)], seen_all=True).contents == ()


@pytest.mark.parametrize("outcome", [Outcome.TIMEOUT, Outcome.HTTP_ERROR])
def test_what_was_never_listed_is_not_listed_by_a_failure(outcome: Outcome) -> None:
    for before in ([], [known(is_listed=False)]):
        standings = decide_standings(before, [seen(outcome, 403)], seen_all=True)
        assert standings.pages == ()


def test_a_page_goes_once_two_whole_runs_did_not_meet_it() -> None:
    once = decide_standings([known()], [], seen_all=True)
    assert ([placed.absences for placed in once.placed], once.gone) == ([1], ())
    assert len(once.pages) == 1
    twice = decide_standings([known(absences=1)], [], seen_all=True)
    assert (twice.placed, twice.gone) == ((), (URL,))


def test_a_run_that_a_limit_cut_short_counts_no_absence() -> None:
    standings = decide_standings([known(absences=1)], [], seen_all=False)
    assert [placed.absences for placed in standings.placed] == [1]
    assert standings.gone == ()


@pytest.mark.parametrize("outcome", [Outcome.OK, Outcome.NOT_MODIFIED, Outcome.TIMEOUT])
def test_a_page_that_is_there_goes_once_nothing_led_to_it_in_two_whole_runs(outcome: Outcome) -> None:
    still = [seen(outcome, extract=NEW, position=9)]
    (once,) = decide_standings([known(position=3)], still, seen_all=True, unlinked={URL}).placed
    assert (once.position, once.absences, once.page is not None) == (3, 1, True)
    twice = decide_standings([known(absences=once.absences)], still, seen_all=True, unlinked={URL})
    assert (twice.placed, twice.gone) == ((), (URL,))
    (limited,) = decide_standings([known(absences=1)], still, seen_all=False, unlinked={URL}).placed
    assert (limited.absences, limited.page is not None) == (1, True)


def test_what_is_shut_out_or_has_no_room_is_gone_whether_a_limit_was_met_or_not() -> None:
    for seen_all in (True, False):
        standings = decide_standings([known()], [], seen_all=seen_all, decided={URL})
        assert (standings.placed, standings.gone) == ((), (URL,))


def test_what_was_read_with_other_selectors_is_not_carried_over() -> None:
    assert decide_standings([known()], [], seen_all=False, outdated={URL}).pages == ()
    assert decide_standings([known()], [seen(Outcome.TIMEOUT)], seen_all=False, outdated={URL}).pages == ()


def test_what_is_not_listed_and_not_met_is_forgotten() -> None:
    assert decide_standings([known(is_listed=False)], [], seen_all=False).gone == (URL,)


def test_pages_stand_in_the_order_of_the_crawl_with_those_carried_over_in_between() -> None:
    urls = [f"https://example.com/{name}" for name in "abc"]
    standings = decide_standings(
        [known(urls[1], 1)],
        [seen(Outcome.OK, url=urls[2], position=2, extract=NEW), seen(Outcome.OK, url=urls[0], extract=NEW)],
        seen_all=False,
    )
    assert [page.url for page in standings.pages] == urls

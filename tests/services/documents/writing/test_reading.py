from __future__ import annotations

from tests.support.contents import text_of
from tests.support.engine import Engine
from tests.support.versions import GUIDE, HOME, START, first_run, visit

from llmstxt_sched.crawler.model import Outcome, Report
from llmstxt_sched.domain.project import CrawlOptions
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.extraction.dom.picks import NO_PICKS, Picks
from llmstxt_sched.extraction.model import EXTRACTOR_VERSION
from llmstxt_sched.services.documents.writing.draft import draft
from llmstxt_sched.services.documents.writing.reading import picks_of, reader_version, versions_with
from llmstxt_sched.services.documents.writing.stored_pages import StoredPages


def test_every_choice_of_selectors_is_a_reader_of_its_own() -> None:
    choices = [NO_PICKS, Picks((".a",)), Picks((), (".a",)), Picks((".a", ".b")), Picks((".a .b",))]
    versions = [reader_version(picks) for picks in choices]
    assert len(set(versions)) == len(choices)
    assert versions[0] == EXTRACTOR_VERSION
    assert all(2**30 <= version < 2**31 for version in versions[1:])
    assert picks_of(CrawlOptions(keep=(".a",))) == Picks((".a",))


def test_a_reader_of_before_is_told_from_one_with_other_selectors() -> None:
    some, other = Picks((".a",)), Picks((".b",))
    for picks in (NO_PICKS, some):
        assert {reader_version(picks), reader_version(picks, EXTRACTOR_VERSION - 1)} <= versions_with(picks)
    assert versions_with(some).isdisjoint(versions_with(other) | versions_with(NO_PICKS))


async def test_what_was_read_under_other_selectors_is_not_recalled(engine: Engine) -> None:
    run = await first_run(engine)
    url, picks = START + "guide", Picks((".a",))
    assert await StoredPages(engine.database, run.project_id).recall(url)
    assert await StoredPages(engine.database, run.project_id, picks).recall(url) is None
    claimed = await engine.claim(await engine.trigger(run.project_id))
    await engine.staging.stage(claimed, [HOME, visit("guide", "Guide", "How to.", 1, Outcome.OK)])
    options = CrawlOptions(keep=(".a",))
    drafted = await draft(engine.database, run.project_id, claimed.run.id, Report(START, Progress()), options)
    await engine.leases.complete(claimed, drafted, Progress(), "done")
    assert await StoredPages(engine.database, run.project_id).recall(url) is None
    stored = StoredPages(engine.database, run.project_id, picks)
    known = await stored.recall(url)
    assert known
    assert await stored.text(known.content.sha256) == text_of(GUIDE.content)

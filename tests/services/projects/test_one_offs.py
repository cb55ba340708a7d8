from __future__ import annotations

from uuid import UUID

from tests.support.engine import FINAL, Engine
from tests.support.versions import GUIDE, HOME, publish

from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.projects.one_offs import OneOffs


async def written(engine: Engine, one_offs: OneOffs) -> UUID:
    """One with its documents."""
    made = (await one_offs.start("https://example.com/", 10, Once(), with_full=True, is_kept=True)).project.id
    await publish(engine, await engine.claim(await engine.active(made)), HOME, GUIDE)
    return made


async def test_a_document_stands_though_a_later_run_fails(engine: Engine) -> None:
    one_offs = OneOffs(engine.database, engine.projects, Documents(engine.database))
    made = await written(engine, one_offs)
    before = await one_offs.state(made)
    await engine.leases.fail(await engine.claim(await engine.trigger(made)), FINAL)
    assert before.full
    assert await one_offs.state(made) == before


async def test_a_long_file_that_is_too_long_is_told_with_its_address(engine: Engine) -> None:
    documents = Documents(engine.database)
    one_offs = OneOffs(engine.database, engine.projects, documents, most_full_bytes=10)
    made = await written(engine, one_offs)
    state = await one_offs.state(made)
    assert state.error == f"its llms-full.txt is too long for this call: get /api/projects/{made}/llms-full.txt"


async def test_the_project_its_mark_and_its_run_are_made_at_once(engine: Engine) -> None:
    one_offs = OneOffs(engine.database, engine.projects, Documents(engine.database))
    made = (await one_offs.start("https://example.com/", 10, Once(), with_full=False, is_kept=False)).project.id
    rows = await engine.sql(
        "SELECT xmin::text FROM projects UNION ALL SELECT xmin::text FROM one_offs "
        "UNION ALL SELECT xmin::text FROM runs"
    )
    assert (len(rows), len({row["xmin"] for row in rows})) == (3, 1)
    assert await engine.queued_ids() == [str((await engine.active(made)).id)]

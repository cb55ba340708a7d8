from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from tests.support.engine import DAILY, Engine
from tests.support.versions import HOME, publish, visit

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.projects.exports import ARCHIVES_AT_ONCE, Exports
from llmstxt_sched.services.projects.one_offs import OneOffs
from llmstxt_sched.store.projects import ProjectFilter

ALL = ProjectFilter()
LONG = "%C3%A9" * 60


async def test_an_archive_can_be_unpacked_whatever_the_pages_are_called(engine: Engine, tmp_path: Path) -> None:
    names = ("a", "a.md/b", "llms.txt/c", LONG)
    pages = [visit(name, f"Page {number}", "Text.", number) for number, name in enumerate(names, 1)]
    run = await engine.active(await engine.create())
    await publish(engine, await engine.claim(run), HOME, *pages)
    archive = b"".join([piece async for piece in Exports(engine.database).documents(ALL)])
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        # Python 3.11.4 is the first with filters.
        opened.extractall(tmp_path, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))  # type: ignore[arg-type]
        members = opened.getnames()
    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert (files, len(files)) == (set(members), 2 + 1 + len(names))


async def test_only_so_many_archives_are_read_at_once(engine: Engine) -> None:
    exports = Exports(engine.database)
    run = await engine.active(await engine.create())
    await publish(engine, await engine.claim(run), HOME)
    read = [exports.documents(ALL) for _ in range(ARCHIVES_AT_ONCE)]
    for archive in read:
        await anext(archive)
    with pytest.raises(Unavailable):
        await anext(exports.documents(ALL))
    assert [piece async for piece in read[0]]
    assert await anext(exports.documents(ALL))


async def test_projects_that_are_soon_deleted_do_not_move(engine: Engine) -> None:
    one_offs = OneOffs(engine.database, engine.projects, Documents(engine.database))
    _, kept, used = [
        (await one_offs.start("https://example.com/", 10, Once(), with_full=False, is_kept=each == 1)).project.id
        for each in range(3)
    ]
    await engine.edit(used, cron_expression=DAILY)
    usual = await engine.create()
    assert {project.id async for project in Exports(engine.database).projects(ALL)} == {kept, used, usual}

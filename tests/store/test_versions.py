from __future__ import annotations

from uuid import UUID, uuid4

from tests.support.rows import ended, new_project, new_run

from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.store import changes, pages, runs, versions
from llmstxt_sched.store.changes import RunChange
from llmstxt_sched.store.runs import Ending
from llmstxt_sched.store.statements import Connection
from llmstxt_sched.store.versions import NewVersion, VersionPage

FILES = {"llms.txt": b"# Example\n", "docs/llms.txt": "# Dócs\n".encode()}


def new_version(count: int = 3) -> NewVersion:
    listed = [VersionPage(f"https://example.com/{n}", f"{n}.md", f"Page {n}", f"hash {n}") for n in range(count)]
    return NewVersion(uuid4(), "sha", "Example", "Summary", FILES, listed)


async def ended_with(connection: Connection, project: UUID, version: NewVersion | None, current: UUID | None) -> UUID:
    """A run that left a version in force."""
    run, token = await new_run(connection, project), uuid4()
    await runs.claim(connection, run.id, token, uuid4(), 60)
    if version:
        await versions.insert(connection, project, run.id, version)
    ending = Ending(status=RunStatus.COMPLETE_WITH_DIFFS, version_id=version.id if version else current)
    assert await ended(connection, run, token, ending)
    return run.id


async def test_the_newest_version_is_in_force_and_each_run_knows_its_own(connection: Connection) -> None:
    project = await new_project(connection)
    assert await versions.current(connection, project) is None
    made = [new_version(), new_version()]
    left_by = [await ended_with(connection, project, version, None) for version in made]
    left_by.append(await ended_with(connection, project, None, made[1].id))
    current = await versions.current(connection, project)
    assert current
    assert (current.id, current.number, current.name, current.summary) == (made[1].id, 2, "Example", "Summary")
    found = [await versions.of_run(connection, run) for run in left_by]
    assert [version and version.id for version in found] == [made[0].id, made[1].id, made[1].id]


async def test_files_come_back_byte_for_byte(connection: Connection) -> None:
    version = new_version()
    await ended_with(connection, await new_project(connection), version, None)
    for path, body in FILES.items():
        assert await versions.file(connection, version.id, path) == body
    assert await versions.file(connection, version.id, "other.txt") is None
    assert await versions.files(connection, version.id) == [FILES[path] for path in sorted(FILES)]


async def test_texts_are_paged_in_the_documents_order(connection: Connection) -> None:
    project, version = await new_project(connection), new_version(5)
    run = await new_run(connection, project)
    await pages.stage(connection, project, run.id, [], {f"hash {n}": f"Text {n}" for n in range(5)})
    await versions.insert(connection, project, run.id, version)
    first = await versions.texts(connection, project, version.id, -1, 3)
    rest = await versions.texts(connection, project, version.id, first[-1].position, 3)
    assert [text.markdown for text in first + rest] == [f"Text {n}" for n in range(5)]
    page = await versions.page_at(connection, project, version.id, "3.md")
    assert page
    assert (page.title, page.markdown) == ("Page 3", "Text 3")
    assert await versions.page_at(connection, project, version.id, "9.md") is None
    hashes = await versions.hashes(connection, version.id)
    assert [each.content_sha256 for each in hashes] == [f"hash {n}" for n in range(5)]


async def test_what_a_run_changed_comes_back_in_pages(connection: Connection) -> None:
    run = await new_run(connection, await new_project(connection))
    made = [RunChange(0, "page", "added", "u", "t", None, "hash"), RunChange(1, "entry", "renamed", "u", "t", "a", "b")]
    await changes.insert(connection, run.id, made)
    assert await changes.page(connection, run.id, -1, 1) == made[:1]
    assert await changes.page(connection, run.id, 0, 9) == made[1:]

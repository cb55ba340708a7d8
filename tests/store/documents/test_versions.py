from __future__ import annotations

from uuid import UUID, uuid4

from msgspec.structs import replace
from tests.support.rows import canceled, ended, new_project, new_run

from llmstxt_sched.documents.changes.diff import PagesDiff, diff_pages
from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.store import leases
from llmstxt_sched.store.documents import changes, pages, versions
from llmstxt_sched.store.documents.changes import RunChange
from llmstxt_sched.store.documents.versions import NewVersion, VersionPage
from llmstxt_sched.store.postgres.packed_rows import pack
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.runs import Ending

FILES = {"llms.txt": b"# Example\n", "docs/llms.txt": "# Dócs\n".encode()}


def listed_pages(count: int) -> list[VersionPage]:
    return [VersionPage(f"https://example.com/{n}", f"{n}.md", f"Page {n}", f"hash {n}") for n in range(count)]


def new_version(count: int = 3) -> NewVersion:
    return NewVersion(uuid4(), "sha", "Example", "Summary", FILES, pack(listed_pages(count)))


async def ended_with(connection: Connection, project: UUID, version: NewVersion | None, current: UUID | None) -> UUID:
    """A run that left a version in force."""
    run, token = await new_run(connection, project), uuid4()
    await leases.claim(connection, run.id, token, uuid4(), 60, 2)
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
    await changes.insert(connection, run.id, pack(made))
    assert await changes.page(connection, run.id, -1, 1) == made[:1]
    assert await changes.page(connection, run.id, 0, 9) == made[1:]


async def test_after_a_run_the_newest_version_made_until_then_is_in_force(connection: Connection) -> None:
    project, other = await new_project(connection), await new_project(connection)
    early = await new_run(connection, project)
    assert await canceled(connection, early)
    made = [new_version(), new_version()]
    first = await ended_with(connection, project, made[0], None)
    failed = await new_run(connection, project)
    assert await canceled(connection, failed)
    second = await ended_with(connection, project, made[1], None)
    same = await ended_with(connection, project, None, made[1].id)

    async def in_force(run: UUID) -> tuple[UUID, int, bool] | None:
        found = await versions.in_force(connection, project, run)
        return (found.id, found.run_number, found.is_new) if found else None

    assert await in_force(early.id) is None
    assert await in_force(first) == (made[0].id, 2, True)
    assert await in_force(failed.id) == (made[0].id, 3, False)
    assert await in_force(second) == (made[1].id, 4, True)
    assert await in_force(same) == (made[1].id, 5, False)
    assert await versions.in_force(connection, other, first) is None
    numbered = await versions.numbered(connection, project, 1)
    assert numbered
    assert (numbered.id, numbered.run_id, numbered.is_new) == (made[0].id, first, True)
    assert await versions.numbered(connection, project, 0) is None
    listed = [(v.run_id, v.number) for v in await versions.page(connection, project, None, 10)]
    assert listed == [(same, 2), (second, 2), (first, 1)]
    assert [v.run_id for v in await versions.page(connection, project, 5, 1)] == [second]


async def test_the_pages_and_files_that_two_versions_do_not_share_are_found(connection: Connection) -> None:
    project = await new_project(connection)
    old, (first, second, *_) = new_version(4), listed_pages(4)
    changed = [replace(first, content_sha256="other"), second, new_page("z"), new_page("y"), new_page("x")]
    files = {"llms.txt": b"# Other\n", "new/llms.txt": b"# New\n"}
    new = replace(new_version(), files=files, pages=pack(changed))
    for version in (old, new):
        await ended_with(connection, project, version, None)

    pages_found = await versions.page_changes(connection, old.id, new.id, 2)
    assert [(page.kind, page.url[-1], page.total) for page in pages_found] == [
        ("added", "x", 3),
        ("added", "y", 3),
        ("changed", "0", 1),
        ("removed", "2", 2),
        ("removed", "3", 2),
    ]
    expected = diff_pages(*({page.url: page.content_sha256 for page in each} for each in (listed_pages(4), changed)))
    everything = await versions.page_changes(connection, old.id, new.id, 10)
    assert expected == PagesDiff(
        *(tuple(page.url for page in everything if page.kind == kind) for kind in PagesDiff.__struct_fields__)
    )
    files_found = await versions.file_changes(connection, old.id, new.id, 1000)
    assert [(file.path, file.kind, file.before, file.after, file.is_too_large) for file in files_found] == [
        ("docs/llms.txt", "removed", FILES["docs/llms.txt"], None, False),
        ("llms.txt", "changed", FILES["llms.txt"], b"# Other\n", False),
        ("new/llms.txt", "added", None, b"# New\n", False),
    ]
    large = await versions.file_changes(connection, old.id, new.id, 10)
    assert {(file.before, file.after, file.is_too_large) for file in large} == {(None, None, True)}
    assert [page.kind for page in await versions.page_changes(connection, None, new.id, 10)] == ["added"] * 5
    assert [file.kind for file in await versions.file_changes(connection, None, new.id, 10)] == ["added"] * 2
    assert await versions.page_changes(connection, new.id, new.id, 10) == []
    assert await versions.file_changes(connection, new.id, new.id, 10) == []


async def test_the_newest_version_with_a_files_content_is_found(connection: Connection) -> None:
    project, other = await new_project(connection), await new_project(connection)
    for body in (b"one", b"two", b"two", b"one\n"):
        await ended_with(connection, project, replace(new_version(), files={"llms.txt": body}), None)
    for body, number in ((b"one", 1), (b"two", 3), (b"one\n", 4), (b"", None)):
        assert await versions.with_file(connection, project, "llms.txt", body) == number
    assert await versions.with_file(connection, other, "llms.txt", b"one") is None


def new_page(name: str) -> VersionPage:
    return VersionPage(f"https://example.com/{name}", f"{name}.md", f"Page {name}", f"hash {name}")

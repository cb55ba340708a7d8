from __future__ import annotations

import pytest
from tests.support.engine import SECRETS_KEY, Engine

from llmstxt_sched.config import Settings
from llmstxt_sched.domain.credentials import Basic, CredentialNames, Credentials
from llmstxt_sched.domain.project import ProjectDetails
from llmstxt_sched.domain.schedule import SchedulePatch
from llmstxt_sched.errors import Conflict, CrawlFailed
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.services.credentials import SiteCredentials
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.projects.projects import Projects
from llmstxt_sched.services.schedules import Schedules
from llmstxt_sched.services.secrets import Secrets

TOKEN = Credentials({"X-Token": "s3cret-token"})
NEW = "the new key of the tests"


async def test_credentials_are_stored_sealed_shown_by_name_and_opened_for_the_crawl(engine: Engine) -> None:
    project = await engine.create()
    view = await engine.projects.edit(project, {}, SchedulePatch(), Credentials(basic=Basic("ann", "s3cret")))
    assert view.project.credential_names == CredentialNames(basic=True)
    assert view.project.credentials_set_at
    view = await engine.projects.edit(project, {}, SchedulePatch(), TOKEN)
    assert view.project.credential_names == CredentialNames(headers=("X-Token",))
    (row,) = await engine.sql("SELECT * FROM credentials")
    assert b"s3cret" not in row["sealed"]
    opened = SiteCredentials(engine.database, Secrets([SECRETS_KEY]))
    assert await opened.request_headers(project) == {"X-Token": "s3cret-token"}
    (audited, _) = await engine.sql("SELECT * FROM audit WHERE action = 'project.edit'")
    assert "s3cret" not in str(dict(audited))
    assert audited["details"] == {"fields": ["credentials"]}


async def test_the_audit_log_says_that_a_project_was_created_with_credentials(engine: Engine) -> None:
    await engine.projects.create("https://example.com/", ProjectDetails(name="Wiki"), SchedulePatch(), Once(), TOKEN)
    (audited,) = await engine.sql("SELECT details FROM audit")
    assert audited["details"] == {"url": "https://example.com/", "credentials": True}


@pytest.mark.parametrize("nothing", [None, Credentials()])
async def test_credentials_are_removed_on_request_alone(engine: Engine, nothing: Credentials | None) -> None:
    project = await engine.create()
    await engine.projects.edit(project, {}, SchedulePatch(), TOKEN)
    assert (await engine.edit(project, name="Other")).project.credential_names
    view = await engine.projects.edit(project, {}, SchedulePatch(), nothing)
    assert (view.project.credential_names, view.project.credentials_set_at) == (None, None)
    assert await SiteCredentials(engine.database, Secrets()).request_headers(project) == {}


async def test_what_an_old_key_sealed_is_sealed_anew_when_it_is_used(engine: Engine) -> None:
    project = await engine.create()
    await engine.projects.edit(project, {}, SchedulePatch(), TOKEN)
    for keys in ([NEW, SECRETS_KEY], [NEW]):
        opened = SiteCredentials(engine.database, Secrets(keys))
        assert await opened.request_headers(project) == {"X-Token": "s3cret-token"}


async def test_a_wrong_key_fails_the_run_with_a_sentence_that_names_the_setting(engine: Engine) -> None:
    project = await engine.create()
    await engine.projects.edit(project, {}, SchedulePatch(), TOKEN)
    with pytest.raises(CrawlFailed, match="LLMSTXT_SECRETS__KEY") as failed:
        await SiteCredentials(engine.database, Secrets([NEW])).request_headers(project)
    assert (failed.value.code, failed.value.transient) == ("credentials", False)


async def test_without_a_key_nothing_of_a_project_with_credentials_is_stored(engine: Engine) -> None:
    schedules = Schedules(engine.queue, engine.scheduled, 0)
    keyless = Projects(engine.database, schedules, Gate(), Settings(), Secrets())
    project = await engine.create()
    with pytest.raises(Conflict, match="LLMSTXT_SECRETS__KEY"):
        await keyless.create("https://example.com/", ProjectDetails(name="Wiki"), SchedulePatch(), Once(), TOKEN)
    with pytest.raises(Conflict, match="LLMSTXT_SECRETS__KEY"):
        await keyless.edit(project, {"name": "Wiki"}, SchedulePatch(), TOKEN)
    assert await engine.sql("SELECT FROM projects WHERE name = 'Wiki'") == []

from __future__ import annotations

from typing import Any

from tests.support.engine import Engine

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.domain.credentials import Credentials
from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.domain.schedule import SchedulePatch
from llmstxt_sched.services.credentials import SiteCredentials
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.worker.generate import Generate


async def test_a_run_whose_credentials_no_key_opens_fails_before_anything_is_asked(engine: Engine) -> None:
    project = await engine.create(cron=None)
    await engine.projects.edit(project, {}, SchedulePatch(), Credentials({"X-Token": "s3cret"}))
    claimed = await engine.claim(await engine.trigger(project))
    nowhere: Any = None
    credentials = SiteCredentials(engine.database, Secrets(["another key of the tests"]))
    generate = Generate(engine.leases, engine.staging, engine.database, nowhere, CrawlSettings(), credentials)
    run = await generate.end(claimed, await generate.prepare(claimed))
    assert (run.status, run.error_code) == (RunStatus.FAILED, "credentials")
    assert "LLMSTXT_SECRETS__KEY" in (run.error_message or "")

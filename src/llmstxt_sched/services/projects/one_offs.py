"""One llms.txt of a site, for whoever wants no schedule: a project that is deleted after a day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from msgspec import Struct

from llmstxt_sched.documents.model import LLMS_FULL_TXT, LLMS_TXT
from llmstxt_sched.domain.project import ProjectDetails
from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.domain.schedule import SchedulePatch
from llmstxt_sched.errors import NotFound
from llmstxt_sched.jobs.job import Job
from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.projects.project_views import ProjectView
from llmstxt_sched.services.projects.projects import Projects
from llmstxt_sched.store import one_offs, runs
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

KEPT_SECONDS = 86_400.0
# A longer one is not put into JSON, which would hold several copies of it in memory.
MOST_FULL_BYTES = 8_388_608


class OneOffState(Struct, frozen=True):
    """How it stands: the texts once there are any, or why there will be none; `full` only if it was asked for."""

    expires_at: datetime | None
    text: str | None = None
    full: str | None = None
    error: str | None = None


class OneOffs:
    """Use cases of projects that are made for one llms.txt."""

    def __init__(
        self,
        database: Database,
        projects: Projects,
        documents: Documents,
        *,
        most_full_bytes: int = MOST_FULL_BYTES,
    ) -> None:
        self._database = database
        self._projects = projects
        self._documents = documents
        self._most_full_bytes = most_full_bytes

    async def start(
        self, url: str, max_pages: int, once: Once[ProjectView], *, with_full: bool, is_kept: bool
    ) -> ProjectView:
        """Make a project of `url` and ask for its run.  Raises InvalidInput and AnsweredBefore."""

        async def along(connection: Connection, project_id: UUID) -> Job:
            await one_offs.insert(connection, project_id, KEPT_SECONDS, with_full=with_full, is_kept=is_kept)
            job = Job(uuid4(), project_id, Trigger.MANUAL)
            await runs.insert(connection, job.id, project_id, job.trigger)
            return job

        details = ProjectDetails(name="", max_pages=max_pages)
        return await self._projects.create(url, details, SchedulePatch(), once, along=along)

    async def state(self, project_id: UUID) -> OneOffState:
        """How it stands.  Raises NotFound."""
        async with self._database.connection() as connection:
            one_off = await one_offs.get(connection, project_id)
        if one_off is None:
            raise NotFound(f"there is no llms.txt of the id {project_id}")
        last = (await self._projects.get(project_id)).last_run
        if last is None:
            return OneOffState(one_off.expires_at)
        try:
            document = await self._documents.of_project(project_id, LLMS_TXT)
        except NotFound:
            return OneOffState(one_off.expires_at, error=last.error_message or last.summary or "canceled")
        text = b"".join([piece async for piece in document.pieces]).decode()
        full = await self._full(project_id) if one_off.with_full else None
        if one_off.with_full and full is None:
            place = f"/api/projects/{project_id}/{LLMS_FULL_TXT}"
            return OneOffState(one_off.expires_at, error=f"its {LLMS_FULL_TXT} is too long for this call: get {place}")
        return OneOffState(one_off.expires_at, text, full)

    async def _full(self, project_id: UUID) -> str | None:
        """Its llms-full.txt, unless that is too long."""
        read, size = [], 0
        async for piece in (await self._documents.of_project(project_id, LLMS_FULL_TXT)).pieces:
            read.append(piece)
            size += len(piece)
            if size > self._most_full_bytes:
                return None
        return b"".join(read).decode()

"""Many projects by script: `fleet.py URL TOKEN projects.csv OTHER_URL OTHER_TOKEN`.

The client is made by `openapi-python-client generate --url URL/api/openapi.json`.
"""

import csv
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from llmstxt_sched_client import AuthenticatedClient, models
from llmstxt_sched_client.api.projects import apply_to_projects, create_project
from llmstxt_sched_client.api.runs import get_run, list_runs, trigger_run
from llmstxt_sched_client.api.transfer import export_documents, export_projects, import_projects
from llmstxt_sched_client.types import File

url, token, table, other_url, other_token = sys.argv[1:]
client, other = AuthenticatedClient(url, token, timeout=90), AuthenticatedClient(other_url, other_token, timeout=90)
with Path(table).open(newline="") as file:
    rows = [models.ProjectCreate(row["url"], name=row["name"], labels=[row["label"]]) for row in csv.DictReader(file)]
once = models.CreateProjectOnConflict.RETURN
projects = [create_project.sync(client=client, body=row, on_conflict=once) for row in rows]
for project in projects[:2]:
    run = trigger_run.sync(project.id, client=client, body=models.RunTrigger())
    print(project.name, get_run.sync(run.id, client=client, wait=60).status)
yesterday = datetime.now(UTC) - timedelta(days=1)
for run in list_runs.sync(client=client, status=models.RunStatus.FAILED, since=yesterday, limit=200).items:
    print("failed:", run.project_id, run.error.code, run.error.message)
request = models.BulkRequest(models.BulkAction.PAUSE, filter_=models.BulkFilter(label="docs"), dry_run=True)
request.expected, request.dry_run = apply_to_projects.sync(client=client, body=request).matched, False
print("paused:", apply_to_projects.sync(client=client, body=request).done, "of", request.expected)
Path("documents.tar").write_bytes(export_documents.sync(client=client).payload.read())
lines = File(export_projects.sync(client=client).encode())
print("moved:", import_projects.sync(client=other, body=lines).created)

from __future__ import annotations

import json

from msgspec import structs
from tests.support.service import Service

from llmstxt_sched.api.projects import CrawlWire, ProjectCreate

CRAWL = {
    "max_pages": 40,
    "max_depth": 3,
    "include": ["/docs/*"],
    "exclude": ["*.pdf"],
    "keep": ["main"],
    "drop": [".ads"],
    "languages": ["de", "fr"],
    "versions": "all",
    "scope": "host",
    "delay_seconds": 2.5,
}
PROJECT = {
    "url": "https://moved.example.com/",
    "name": "Moved",
    "description": "To another service.",
    "cron_expression": "0 3 * * 1",
    "timezone": "Europe/Berlin",
    "is_enabled": False,
    "on_failure": "continue",
    "is_public": True,
    "labels": ["moved"],
    "crawl": CRAWL,
}


def test_a_project_moves_with_all_that_it_was_created_with(service: Service) -> None:
    usual = {field.name: field.default for field in structs.fields(ProjectCreate)}
    assert set(PROJECT) == set(usual) - {"credentials"}
    assert set(CRAWL) == set(CrawlWire.__struct_fields__)
    assert [name for name in PROJECT if PROJECT[name] == usual[name]] == []
    made = service.json("POST", "/api/projects", PROJECT, expect=201)
    line = json.loads(service.client.get("/api/projects.jsonl?label=moved").text)
    assert {name: line[name] for name in PROJECT} == PROJECT
    assert line["credentials"] is None
    service.json("DELETE", f"/api/projects/{made['id']}", expect=204)

"""One running service for all tests of the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.support.engine import engine
from tests.support.service import Service, Site, serve_site
from tests.support.shared import clean_database_url, shared_database
from tests.support.visitors import visitors

__all__ = ["clean_database_url", "engine", "shared_database", "visitors"]


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service."""
    running = Service(tmp_path_factory.mktemp("service"))
    running.start()
    yield running
    running.close()


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small site."""
    with serve_site(tmp_path_factory.mktemp("site")) as served:
        yield served


@pytest.fixture
def project(service: Service, site: Site) -> Iterator[dict[str, Any]]:
    """A project without a schedule, which never ran."""
    created = service.json("POST", "/api/projects", {"url": site.url, "name": "Tests"}, expect=201)
    yield created
    service.client.delete(f"/api/projects/{created['id']}")

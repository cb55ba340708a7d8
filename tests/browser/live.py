"""A service whose workers work, for tests that change something."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from tests.support.docs_site import DocsSite
from tests.support.people import People
from tests.support.service import Service, until


class Live(Struct):
    """The service, its people, and a site that its projects can be made of."""

    service: Service
    people: People
    docs: DocsSite

    def project(self, name: str, **settings: Any) -> str:
        """A new project of the site; gives its path."""
        made = self.service.json("POST", "/api/projects", {"name": name, "url": self.docs.url, **settings}, expect=201)
        return f"/projects/{made['id']}"

    def get(self, path: str) -> Any:
        """What the API says of a page's address."""
        return self.service.json("GET", f"/api{path}")

    def run(self, path: str) -> dict[str, Any]:
        """Run a project and wait for the end."""
        return self.service.run_now(path.rpartition("/")[2])

    def becomes(self, path: str, status: str) -> None:
        """Wait until a project has this status."""
        until(lambda: self.get(path)["status"] == status, f"{path} to be {status}")

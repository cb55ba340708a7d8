"""Browsers and scripts of a running service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.support.service import Service

# What a browser sends with a request of the service's own pages.
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


class Visitors:
    """Makes users of a service that has a first admin, and their clients."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._clients: list[httpx.Client] = []
        if not service.json("GET", "/api/users")["items"]:
            self.invite("admin", "first admin")

    def browser(self) -> httpx.Client:
        """A browser with the service's own pages, not signed in."""
        return self.client(SAME_ORIGIN)

    def script(self, token: str) -> httpx.Client:
        """A script with a token."""
        return self.client({"Authorization": f"Bearer {token}"})

    def client(self, headers: dict[str, str]) -> httpx.Client:
        """A client that sends these headers with all requests."""
        client = httpx.Client(base_url=self._service.client.base_url, headers=headers, timeout=30)
        self._clients.append(client)
        return client

    def invite(self, role: str, name: str = "") -> tuple[dict[str, Any], str]:
        """A new user, and the secret of their link."""
        body = {"name": name or f"{role} {uuid4().hex[:8]}", "role": role}
        made = self._service.json("POST", "/api/users", body, expect=201)
        return made["user"], made["link"].rpartition("#")[2]

    def signed_in(self, role: str) -> httpx.Client:
        """A new user's browser."""
        browser = self.browser()
        answer = browser.post("/api/sessions", json={"link": self.invite(role)[1]})
        assert answer.status_code == 201, answer.text
        return browser

    def close(self) -> None:
        """Close all clients."""
        for client in self._clients:
            client.close()


@pytest.fixture(scope="module")
def visitors(service: Service) -> Iterator[Visitors]:
    """Whoever uses the service."""
    made = Visitors(service)
    yield made
    made.close()

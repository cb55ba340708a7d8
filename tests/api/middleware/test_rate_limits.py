from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.support.service import Service

LIMITS = {
    "LLMSTXT_LIMITS__SIGN_INS_PER_ADDRESS": "4",
    "LLMSTXT_LIMITS__SIGN_INS_PER_NAME": "2",
    "LLMSTXT_LIMITS__CREATES_PER_TOKEN": "3",
    "LLMSTXT_LIMITS__TRIGGERS_PER_TOKEN": "3",
    "LLMSTXT_API__TRUSTED_PROXIES": "127.0.0.0/8",
}


@pytest.fixture
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that allows next to nothing, with its proxy on this machine."""
    running = Service(tmp_path_factory.mktemp("limited"), LIMITS)
    running.start()
    yield running
    running.close()


def ask(service: Service, path: str, body: Any, address: str = "192.0.2.1") -> httpx.Response:
    return service.client.post(path, json=body, headers={"X-Forwarded-For": address})


@pytest.mark.server
def test_whoever_asks_too_often_is_told_when_to_ask_again(limited: Service) -> None:
    """In one test, because a service takes seconds to start."""
    project = {"url": "https://example.com/"}
    answers = [ask(limited, "/api/projects", project) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    refused = answers[-1]
    assert refused.headers["content-type"] == "application/problem+json"
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.json()["title"] == "Too Many Requests"
    # The token's own limit is reached, wherever it is used.
    assert ask(limited, "/api/projects", project, "192.0.2.2").status_code == 429

    runs, bulk = f"/api/projects/{answers[0].json()['id']}/runs", {"action": "pause", "ids": [answers[0].json()["id"]]}
    asked = [(runs, None), ("/api/projects/bulk", bulk), ("/api/projects/bulk", bulk), (runs, None)]
    assert [ask(limited, *each).status_code for each in asked] == [202, 200, 200, 429]
    assert limited.client.get("/api/projects").status_code == 200

    path = f"/api/projects/{answers[0].json()['id']}/ping"
    pinging = {"Authorization": f"Bearer {limited.json('POST', f'{path}-token', expect=201)['token']}"}
    pings = [httpx.post(limited.url + path, headers=pinging | {"X-Forwarded-For": "192.0.2.5"}) for _ in range(4)]
    assert [answer.status_code for answer in pings] == [202, 202, 202, 429]
    assert httpx.post(limited.url + path, headers=pinging | {"X-Forwarded-For": "192.0.2.6"}).status_code == 429

    wrong = {"name": "ada", "password": "not the password"}
    assert [ask(limited, "/api/sessions", wrong).status_code for _ in range(3)] == [401, 401, 429]
    assert ask(limited, "/api/sessions", wrong, "192.0.2.2").status_code == 429
    other = {"name": "grace", "password": "not the password"}
    assert [ask(limited, "/api/sessions", other).status_code for _ in range(2)] == [401, 429]
    assert ask(limited, "/api/sessions", other, "192.0.2.3").status_code == 401

    token = limited.json("POST", "/api/tokens", {"name": "import"}, expect=201)["token"]
    lines = "\n".join(f'{{"url": "https://example.com/{number}/"}}' for number in range(9))
    headers = {"Content-Type": "application/jsonl", "Authorization": f"Bearer {token}", "X-Forwarded-For": "192.0.2.4"}
    cut = limited.client.post("/api/projects.jsonl", content=lines, headers=headers)
    assert (cut.status_code, cut.json()["detail"].partition("; ")[2]) == (
        429,
        "3 were created, and sending all again creates only what is missing",
    )
    assert 0 < int(cut.headers["retry-after"]) <= 60

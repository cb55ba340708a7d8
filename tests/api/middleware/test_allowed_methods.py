from __future__ import annotations

import re
from collections import defaultdict

import httpx
import pytest
from tests.support.description import calls
from tests.support.service import Service

OF_PATH: dict[str, set[str]] = defaultdict(set)
for call in calls():
    OF_PATH[call.path].add(call.method)


@pytest.mark.parametrize("path", sorted(OF_PATH))
def test_options_names_every_method_of_an_address(service: Service, path: str) -> None:
    answer = service.client.options(re.sub(r"{\w+}", "00000000-0000-4000-8000-000000000001", path))
    assert (answer.status_code, answer.content) == (204, b"")
    assert set(answer.headers["allow"].split(", ")) - {"HEAD", "OPTIONS"} == OF_PATH[path]


def test_options_needs_a_token(service: Service) -> None:
    assert httpx.options(f"{service.url}/api/projects").status_code == 401

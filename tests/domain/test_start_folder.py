from __future__ import annotations

import pytest

from llmstxt_sched.domain.start_folder import Extent, start_folder


@pytest.mark.parametrize(
    ("start", "final", "folder"),
    [
        ("/docs/", "/docs/", "/docs/"),
        ("/docs/intro", "/docs/intro", "/docs/"),
        ("/docs/intro.html", "/docs/intro.html", "/docs/"),
        ("/docs", "/docs", "/docs/"),
        ("/intro.html", "/intro.html", "/"),
        ("/", "/en/", "/"),
    ],
)
def test_a_page_belongs_to_the_folder_around_it(start: str, final: str, folder: str) -> None:
    assert start_folder(start, final) == folder


@pytest.mark.parametrize(
    ("start", "final", "folder"),
    [
        ("/docs/v1.0", "/docs/v1.0/", "/docs/v1.0/"),
        ("/docs/v1.0", "/docs/v1.0/index.html", "/docs/v1.0/"),
        ("/docs/node.js", "/docs/node.js/", "/docs/node.js/"),
        ("/docs/app", "/docs/app/start", "/docs/app/"),
        ("/docs/latest", "/docs/v2/", "/docs/v2/"),
        ("/docs/intro", "/docs/introduction", "/docs/"),
        ("/docs/intro", "/docs/de/start", "/docs/de/"),
        ("/docs/intro", "/docs/en/intro", "/docs/"),
        ("/intro", "/en/intro", "/en/"),
        ("/docs/guide", "/docs/pt-BR/guide", "/docs/"),
        ("/docs/guide", "/docs/zh-Hant-TW/guide", "/docs/"),
        ("/docs/guide", "/docs/ES-419/guide", "/docs/"),
        ("/docs/guide", "/docs/v3/guide", "/docs/v3/"),
        ("/docs/guide", "/docs/api/guide", "/docs/api/"),
        ("/docs/latest", "/docs/en/", "/docs/en/"),
        ("/docs/latest", "/docs/en/start", "/docs/en/"),
        ("/users/guide", "/users/en/42/guide", "/users/en/42/"),
        ("/latest/", "/v2/", "/v2/"),
        ("/docs/index.html", "/docs/en/intro.html", "/docs/"),
    ],
)
def test_a_redirect_says_which_folder_a_start_is_or_belongs_to(start: str, final: str, folder: str) -> None:
    assert start_folder(start, final) == folder


def test_a_page_that_links_below_itself_is_a_folder() -> None:
    assert start_folder("/docs/app", "/docs/app", links=["/docs/", "/docs/app/routes"]) == "/docs/app/"
    assert start_folder("/docs/app", "/docs/app", links=["/docs/", "/docs/apples/"]) == "/docs/"
    assert start_folder("/docs/v1.0", "/docs/v1.0", links=["/docs/v1.0/a"]) == "/docs/v1.0/"


@pytest.mark.parametrize(
    ("extent", "start", "final", "folder"),
    [
        ("host", "/docs/intro", "/docs/intro", "/"),
        ("folder", "/docs/app", "/docs/app", "/docs/"),
        ("folder", "/docs", "/docs", "/"),
        ("folder", "/docs/app", "/docs/en/app", "/docs/"),
        ("folder", "/docs/v1.0", "/docs/v1.0/", "/docs/v1.0/"),
        ("path", "/docs/intro", "/docs/intro", "/docs/intro/"),
        ("path", "/docs/", "/docs/en/", "/docs/"),
        ("path", "/docs", "/docs/", "/docs/"),
        ("path", "/latest", "/v2/", "/v2/"),
    ],
)
def test_a_project_may_name_what_it_covers(extent: Extent, start: str, final: str, folder: str) -> None:
    assert start_folder(start, final, extent, ["/docs/app/routes"]) == folder

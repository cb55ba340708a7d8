from __future__ import annotations

import pytest
from litestar.datastructures import Headers

from llmstxt_sched.api.middleware.same_origin import is_cross_origin, is_same_origin

HTTP, HTTPS = "http://127.0.0.1:8080", "https://docs.example"


@pytest.mark.parametrize(
    ("public_url", "headers"),
    [
        (HTTP, {"sec-fetch-site": "same-origin"}),
        (HTTP, {"sec-fetch-site": "same-origin", "origin": "http://elsewhere.example"}),
        (HTTP, {"origin": HTTP}),
        # By another name of this machine, over http: browsers send no Sec-Fetch-Site there.
        (HTTP, {"origin": "http://192.168.1.5:8080", "host": "192.168.1.5:8080"}),
        (HTTPS, {"origin": HTTPS}),
        # A proxy that passes its own Host on.
        (HTTPS, {"origin": HTTPS, "host": "10.0.0.5:8080"}),
    ],
)
def test_a_request_of_our_own_pages_is_known(public_url: str, headers: dict[str, str]) -> None:
    assert is_same_origin(Headers(headers), public_url)
    assert not is_cross_origin(Headers(headers), public_url)


@pytest.mark.parametrize(
    ("public_url", "headers"),
    [
        (HTTP, {"sec-fetch-site": "cross-site", "origin": HTTP}),
        (HTTP, {"sec-fetch-site": "same-site"}),
        (HTTP, {"sec-fetch-site": "none"}),
        (HTTP, {"sec-fetch-site": ""}),
        (HTTP, {"origin": "http://elsewhere.example", "host": "127.0.0.1:8080"}),
        (HTTP, {"origin": "http://127.0.0.1:8081", "host": "127.0.0.1:8080"}),
        (HTTP, {"origin": "null", "host": "127.0.0.1:8080"}),
        (HTTP, {"origin": ""}),
        # The same host without TLS is another origin.
        (HTTPS, {"origin": "http://docs.example", "host": "docs.example"}),
    ],
)
def test_a_request_from_elsewhere_is_known(public_url: str, headers: dict[str, str]) -> None:
    assert not is_same_origin(Headers(headers), public_url)
    assert is_cross_origin(Headers(headers), public_url)


def test_what_is_no_browser_says_nothing_of_where_it_comes_from() -> None:
    assert not is_same_origin(Headers({"host": "127.0.0.1:8080"}), HTTP)
    assert not is_cross_origin(Headers({"host": "127.0.0.1:8080"}), HTTP)

from __future__ import annotations

from llmstxt_sched.api.middleware.session_cookie import SessionCookie


def test_on_https_the_cookie_is_sent_over_nothing_else_and_set_by_this_host_alone() -> None:
    header = SessionCookie("https://docs.example").holding("secret").to_header()
    assert header.startswith("Set-Cookie: __Host-llmstxt=secret;")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=7776000"} <= set(header.split("; "))
    assert "Domain" not in header


def test_on_http_browsers_would_refuse_such_a_cookie() -> None:
    header = SessionCookie("http://127.0.0.1:8080").holding("secret").to_header()
    assert header.startswith("Set-Cookie: llmstxt=secret;")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(header.split("; "))
    assert "Secure" not in header


def test_signing_out_removes_the_cookie() -> None:
    assert "Max-Age=0" in SessionCookie("https://docs.example").cleared().to_header()

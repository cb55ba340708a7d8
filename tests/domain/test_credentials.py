from __future__ import annotations

import pytest

from llmstxt_sched.domain.credentials import (
    MAX_ENTRIES,
    MAX_NAME,
    Basic,
    CredentialNames,
    Credentials,
    check_credentials,
)
from llmstxt_sched.errors import InvalidInput

EVERYTHING = Credentials({"X-Token": "s3cret-1"}, {"sid": "s3cret-2", "theme": ""}, Basic("ann", "s3cret-3 ü:"))


def refusal(credentials: Credentials) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        check_credentials(credentials)
    return refused.value


def test_a_request_carries_all_of_them() -> None:
    check_credentials(EVERYTHING)
    assert EVERYTHING.request_headers() == {
        "X-Token": "s3cret-1",
        "Cookie": "sid=s3cret-2; theme=",
        "Authorization": "Basic YW5uOnMzY3JldC0zIMO8Og==",
    }
    assert Credentials().request_headers() == {}


def test_names_and_repr_hold_no_value() -> None:
    assert EVERYTHING.names == CredentialNames(("X-Token",), ("sid", "theme"), basic=True)
    for shown in (repr(EVERYTHING), str(EVERYTHING), f"{EVERYTHING.basic!r}"):
        assert "s3cret" not in shown
        assert "ann" not in shown


@pytest.mark.parametrize("name", ["", "X Token", "X-Töken", "X:Y", "a\r\nb", "x" * 101])
def test_what_is_no_name_of_a_header_is_refused(name: str) -> None:
    assert refusal(Credentials({name: "s3cret"})).errors[0][0] == "credentials.headers"


@pytest.mark.parametrize(
    "name", ["Host", "connection", "Content-Length", "TE", "If-None-Match", "User-Agent", "Accept", "Cookie", "Expect"]
)
def test_a_header_that_breaks_the_request_or_is_not_the_projects_is_refused(name: str) -> None:
    assert refusal(Credentials({name: "s3cret"})).errors[0][0] == "credentials.headers"


@pytest.mark.parametrize("value", ["", " s3cret", "s3cret ", "s3cret\r\nHost: x", "s3cret\n", "s3cret\0", "s3crét"])
def test_a_value_that_no_header_has_is_refused_and_not_repeated(value: str) -> None:
    assert "s3cr" not in refusal(Credentials({"X-Token": value})).message


@pytest.mark.parametrize("value", ["s3cret; admin=1", "s3cret\r\nX: y", " s3cret", "s3crét"])
def test_a_value_that_begins_another_cookie_is_refused_and_not_repeated(value: str) -> None:
    refused = refusal(Credentials(cookies={"sid": value}))
    assert refused.errors[0][0] == "credentials.cookies"
    assert "s3cr" not in refused.message


def test_cookies_as_browsers_send_them_are_taken() -> None:
    check_credentials(Credentials(cookies={"__Host-sid": 'a=b"c",{d} e', "empty": ""}))


@pytest.mark.parametrize(
    ("basic", "field"), [(Basic("", "x"), "user"), (Basic("a:b", "x"), "user"), (Basic("a", "x\n"), "password")]
)
def test_a_user_or_password_that_cannot_be_sent_is_refused(basic: Basic, field: str) -> None:
    assert refusal(Credentials(basic=basic)).errors[0][0] == f"credentials.basic.{field}"


@pytest.mark.parametrize(
    "credentials",
    [
        Credentials({"X-Token": "a", "x-token": "b"}),
        Credentials({"Authorization": "Bearer a"}, basic=Basic("a", "b")),
        Credentials({f"X-{number}": "a" for number in range(MAX_ENTRIES + 1)}),
        Credentials(cookies={f"c{number}": "a" for number in range(MAX_ENTRIES + 1)}),
        Credentials({"X-Token": "a" * 7001}),
        Credentials(cookies={"sid": "a" * 4000}, basic=Basic("a", "b" * 4000)),
    ],
)
def test_too_much_and_twice_the_same_are_refused(credentials: Credentials) -> None:
    assert refusal(credentials)


def test_as_many_and_as_long_as_may_be_are_taken() -> None:
    check_credentials(Credentials({"X" * MAX_NAME: "a"}, {f"c{number}": "a" for number in range(MAX_ENTRIES)}))
    assert refusal(Credentials({"X" * (MAX_NAME + 1): "a"})).errors[0][0] == "credentials.headers"


def test_all_that_is_wrong_is_told() -> None:
    wrong = Credentials({"Host": "x", "X-A": " y", "X-B": "ok"}, {"a;": "b", "c": "d;e"}, Basic("a:b", "\n"))
    assert [field for field, _ in refusal(wrong).errors] == [
        "credentials.cookies",
        "credentials.headers",
        "credentials.headers",
        "credentials.cookies",
        "credentials.basic.user",
        "credentials.basic.password",
    ]

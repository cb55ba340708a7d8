from __future__ import annotations

import pytest

from llmstxt_sched.domain.address_globs import AddressChoice, address_glob, check_address_glob
from llmstxt_sched.domain.urls import parse


@pytest.mark.parametrize(
    ("pattern", "target"),
    [
        ("/docs/*", "/docs/a/b?c=d"),
        ("*?*", "/a?b"),
        ("/über*", "/überall"),
        ("/a b/*", "/a%20b/c"),
        ("/[a", "/[a"),
        ("https://www.docs.example/docs/*", "/docs/a"),
        ("http://docs.example:8080", "/"),
        ("https://docs.example?page=*", "/?page=2"),
        ("https://DOCS.example./docs/*", "/docs/a"),
        ("https://*.example:8080/docs/..a/*", "/docs/..a/b"),
    ],
)
def test_a_glob_is_spelt_as_addresses_are(pattern: str, target: str) -> None:
    check_address_glob(pattern, ["docs.example"])
    assert address_glob(pattern).matches(parse(f"https://docs.example{target}").target)


@pytest.mark.parametrize("host", ["bücher.example", "WWW.BÜCHER.example", "*.example", "*cher-kva.example", "bücher.*"])
def test_the_host_of_a_glob_is_compared_as_addresses_have_it(host: str) -> None:
    (own,) = {parse(f"https://{spelling}.example/").host for spelling in ("bücher", "BÜCHER")}
    check_address_glob(f"https://{host}/docs/*", [own])
    with pytest.raises(ValueError, match="matches no address"):
        check_address_glob(f"https://x{host.replace('*', '')}/docs/*", [own])


@pytest.mark.parametrize(
    "pattern",
    [
        "[a",
        "docs/*",
        "?page=*",
        "https://other.example/*",
        "ftp://docs.example/*",
        "/a#b",
        "https:///x",
        "/a/../b",
        "/a/%2e%2E/b",
        "*/./b",
    ],
)
def test_a_glob_that_can_match_nothing_is_refused_with_a_sentence(pattern: str) -> None:
    with pytest.raises(ValueError, match="matches no address"):
        check_address_glob(pattern, ["docs.example"])


def test_globs_that_match_nothing_are_remembered_also_behind_one_that_matches() -> None:
    choice = AddressChoice(["/docs/*", "/docs/a", "/blog/*"], ["*.pdf", "*.zip"])
    wanted = [choice.wants(parse(f"https://docs.example{target}")) for target in ("/docs/a", "/docs/a.pdf", "/x")]
    assert wanted == [True, False, False]
    assert choice.unmatched == ("/blog/*", "*.zip")


def test_without_globs_every_address_is_wanted() -> None:
    choice = AddressChoice([], [])
    assert choice.wants(parse("https://docs.example/a"))
    assert choice.unmatched == ()

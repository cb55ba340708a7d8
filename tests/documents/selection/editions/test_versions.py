from __future__ import annotations

from itertools import permutations

import pytest
from tests.documents.pages import START, page

from llmstxt_sched.documents.selection.editions.versions import SeenVersions, other_versions
from llmstxt_sched.domain.project import Versions


def left_out(*paths: str, start: str = "", wanted: Versions = "newest") -> set[str]:
    pages = [page(path) for path in paths]
    return {url.removeprefix(START) for url in other_versions(pages, START + start, wanted)}


def of(*versions: str) -> list[str]:
    return [f"docs/{version}/{name}" for version in versions for name in ("", "install", "use")]


def test_the_newest_version_stays() -> None:
    assert left_out("", *of("1.9", "1.10", "2.0rc1")) == set(of("1.9", "2.0rc1"))
    assert left_out("", *of("v1", "v2")) == set(of("v1"))
    assert left_out("", *of("stable", "latest", "3.1", "dev")) == set(of("latest", "3.1", "dev"))
    assert left_out("", *of("16", "17", "current")) == set(of("16", "17"))
    assert left_out("", *of("v1", "v2"), wanted="all") == set()


def test_the_start_pages_version_stays_where_it_has_one() -> None:
    assert left_out(*of("v1", "v2"), start="docs/v1/") == set(of("v2"))


def test_what_is_in_no_version_is_the_newest_where_it_holds_the_same_pages() -> None:
    beside = ["docs/", "docs/install", "docs/use"]
    assert left_out(*beside, *of("next", "1.0")) == set(of("next", "1.0"))


@pytest.mark.parametrize("begun", ["docs/3.0/", "docs/3.0/install"])
def test_a_version_of_which_there_is_only_the_beginning_takes_no_other_ones_place(begun: str) -> None:
    names = ["", "install", *(f"p{number}" for number in range(9))]
    versions = {version: [f"docs/{version}/{name}" for name in names] for version in ("1.0", "2.0")}
    assert left_out("", begun, *versions["1.0"], *versions["2.0"]) == {begun, *versions["1.0"]}
    assert left_out(begun, *versions["1.0"], *versions["2.0"], start=begun) == {*versions["1.0"], *versions["2.0"]}
    shorter = [f"docs/3.0/{name}" for name in names[:4]]
    assert left_out("", *shorter, *versions["2.0"]) == set(versions["2.0"])


def test_of_products_in_folders_of_their_own_each_has_a_newest_version() -> None:
    core = [f"docs/{version}/core/{name}" for version in ("3.8", "3.9") for name in ("", "a", "b")]
    rails = [f"docs/{version}/rails/{name}" for version in ("3.9", "4.0") for name in ("", "c", "d")]
    assert left_out("docs/", *core, *rails) == {*core[:3], *rails[:3]}
    assert left_out(*core, *rails, start="docs/3.8/core/a") == {*core[3:], *rails[:3]}
    # Where a version has a page of its own, it is that of one manual; and a folder may be what a page is called.
    assert left_out("docs/4.0/", *core, *rails) == {*core, *rails[:3]}
    pages = [f"docs/{version}/{name}/" for version in ("1.x", "2.x") for name in ("install", "run", "tune")]
    assert left_out("", *pages, "docs/1.x/macros/") == {*pages[:3], "docs/1.x/macros/"}


@pytest.mark.parametrize(
    ("found", "older"),
    [
        (["/d/1.9/a", "/d/1.10/a", "/d/1.10/", "/d/1.9/b"], {"/d/1.9/a", "/d/1.9/b"}),
        (["/d/2.14/guide/", "/d/2.15/guide/", "/e/2.14/guide/"], {"/d/2.14/guide/"}),
        (["/d/3.9/core/", "/d/3.8/core/", "/d/3.9/rails/", "/d/4.0/rails/"], {"/d/3.8/core/", "/d/3.9/rails/"}),
        (["/d/1.0/", "/d/2.0/", "/d/1.0/faq/", "/d/2.0/guide/"], {"/d/1.0/", "/d/1.0/faq/"}),
        (["/d/a", "/d/1.0/a", "/d/", "/d/1.0/"], {"/d/1.0/a"}),
        (["/d/stable/a", "/d/dev/a"], {"/d/dev/a"}),
        (["/d/1.9/a", "/d/1.10/b", "/d/2019/a", "/d/2020/a", "/e/main/a", "/e/2/a", "/e/3/a"], set()),
    ],
)
def test_older_versions_are_known_from_the_addresses_that_are_found(found: list[str], older: set[str]) -> None:
    versions = SeenVersions()
    for path in found:
        versions.learn(path)
    assert {path for path in found if versions.is_older(path, found.__contains__)} == older


def test_the_start_pages_version_is_not_older() -> None:
    versions = SeenVersions()
    versions.begin_at("/d/1.9/a")
    for path in ("/d/1.9/a", "/d/1.10/a"):
        versions.learn(path)
    assert not versions.is_older("/d/1.9/a", lambda _: True)
    assert versions.is_older("/d/1.10/a", lambda _: False)


@pytest.mark.parametrize(
    ("start", "found", "older"),
    [
        ("/d/intro/begin.html", ["/d/intro/begin.html", "/d/development/build", "/d/development/test"], []),
        ("/en/home/", ["/en/home/", "/v1/users", "/v1/orders"], []),
        ("/d/intro/", ["/d/intro/", "/d/v2/a", "/d/v3/a", "/d/v3/b"], ["/d/v2/a"]),
        ("/d/v2/", ["/d/v2/", "/d/v3/a", "/d/v2/a", "/d/dev/b"], ["/d/v3/a", "/d/dev/b"]),
    ],
)
def test_the_start_page_may_be_in_a_folder_that_is_no_version(start: str, found: list[str], older: list[str]) -> None:
    versions = SeenVersions()
    versions.begin_at(start)
    for path in found:
        versions.learn(path)
    assert [path for path in found if versions.is_older(path, found.__contains__)] == older


def test_a_query_may_choose_the_version() -> None:
    paths = [f"{name}?version={version}" for version in ("2.0", "10.1", "latest") for name in ("install", "use")]
    assert left_out("", *paths) == {f"{name}?version={each}" for name in ("install", "use") for each in ("2.0", "10.1")}
    assert left_out(*paths, start="use?version=2.0") == {path for path in paths if not path.endswith("2.0")}
    beside = [*paths[:2], "install", "use"]
    assert left_out("", *beside) == set(paths[:2])
    assert left_out("", *paths, wanted="all") == set()
    # Those of one page, a number of something else, and what no others are like.
    assert left_out("", *(f"releases?version={number}.0" for number in range(9))) == set()
    assert left_out("", *(f"{name}?page={number}.0" for number in range(3) for name in ("a", "b"))) == set()
    assert left_out("", "a?version=1.0", "b?version=2.0") == set()


@pytest.mark.parametrize(
    "old",
    [["install?version=2", "use?version=2"], ["d?id=install&version=9", "d?id=use&version=9"], ["a?v=1.2", "b?v=1.2"]],
)
def test_what_a_query_calls_a_version_may_be_a_bare_number_and_the_query_name_the_page(old: list[str]) -> None:
    new = [path.replace("9", "10").replace("=2", "=3").replace("1.2", "1.3") for path in old]
    assert left_out("", *old, *new) == set(old)
    plain = [path.partition("?v")[0].partition("&v")[0] for path in old]
    assert left_out("", *plain, *old, *new) == {*old, *new}


def test_a_view_is_a_version_where_it_is_a_number_of_one_perhaps_with_its_product() -> None:
    old, new = ([f"{name}?view=mill-{number}" for name in ("install", "use")] for number in ("9.0", "10.0"))
    latest = [path.replace("10.0", "latest") for path in new]
    assert left_out("", *old, *new) == set(old)
    assert left_out("", *old, *new, start=old[0]) == set(new)
    assert left_out("", *old, *new, *latest) == {*old, *new}
    assert left_out("", "install", "use", *old, *new) == {*old, *new}
    assert left_out("", *(path.replace("mill-", "") for path in (*old, *new))) == {
        path.replace("mill-", "") for path in old
    }
    # Versions of another product are others.
    sails = [path.replace("mill-9.0", "sail-1.2") for path in old]
    assert left_out("", *old, *new, *sails) == set(old)
    assert left_out("", *old, *new, *sails, *(path.replace("1.2", "ver16") for path in sails)) == {*old, *sails}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mill-9.0-preview.1", "mill-9.1"),
        ("mill-server-ver15", "mill-server-ver16"),
        ("mill-1.0", "mill-stable"),
        ("mill-1.0", "mill-current"),
    ],
)
def test_a_view_may_be_of_a_product_of_several_words_and_of_a_version_that_moves(old: str, new: str) -> None:
    paths = [f"{name}?view={view}" for view in (old, new) for name in ("install", "use")]
    assert left_out("", *paths) == set(paths[:2])


def test_a_view_that_only_begins_as_one_and_what_one_page_has_of_several_products_are_no_versions() -> None:
    assert left_out("", *(f"{name}?view=mill-{at}.0x9" for name in ("install", "use") for at in (1, 2))) == set()
    assert left_out("", *(f"changes?view={view}" for view in ("mill-1.0", "mill-2.0", "sail-1.0", "sail-2.0"))) == set()


def test_a_view_that_is_no_number_or_of_one_page_alone_is_no_version() -> None:
    views = ("latest", "current", "main", "2", "month")
    assert (
        left_out("", "news", "events", *(f"{name}?view={view}" for name in ("news", "events") for view in views))
        == set()
    )
    assert left_out("", *(f"changes?view=mill-{number}.0" for number in range(5))) == set()


@pytest.mark.parametrize("parameter", ["v", "ver", "page"])
def test_a_bare_number_counts_verses_where_the_parameter_does_not_say_version(parameter: str) -> None:
    paths = [f"{book}?{parameter}={number}" for book in ("genesis", "exodus") for number in (1, 2, 3)]
    assert left_out("", "genesis", "exodus", *paths) == set()


def test_a_folder_may_be_called_by_the_site_and_a_version() -> None:
    assert left_out("", *of("example-1.9", "example-1.10.2")) == set(of("example-1.9"))
    assert left_out("", *of("example-1.9", "latest")) == set(of("example-1.9"))
    assert left_out(*of("example-1.9", "example-2.0"), start="docs/example-1.9/use") == set(of("example-2.0"))
    # Of what they are installed on.
    assert left_out("", *of("ubuntu-22.04", "ubuntu-24.04", "debian-12.1")) == set()


def test_a_few_pages_beside_the_versions_that_are_called_as_theirs_are_no_version() -> None:
    names = ["install", "faq", *(f"p{number}" for number in range(18))]
    versions = {version: [f"docs/{version}/{name}" for name in names] for version in ("3.1", "3.2")}
    for beside in (["docs/install", "docs/faq"], [f"docs/{name}" for name in (*names[:4], "support", "community")]):
        assert left_out("", *beside, *versions["3.1"], *versions["3.2"]) == set(versions["3.1"])
    current = [f"docs/{name}" for name in names[:12]]
    assert left_out("", *current, *versions["3.1"], *versions["3.2"]) == {*versions["3.1"], *versions["3.2"]}


def test_what_is_beside_the_versions_is_compared_with_the_newest() -> None:
    old, new = [f"docs/1.0/{name}" for name in "ab"], [f"docs/2.0/{name}" for name in "cdefgh"]
    assert left_out("", "docs/a", "docs/b", *old, *new) == set(old)


def test_once_two_numbered_folders_are_versions_so_is_a_third() -> None:
    assert left_out("", *of("v1", "v2"), "docs/v0.9/odd") == {*of("v1"), "docs/v0.9/odd"}


def test_the_order_of_the_pages_does_not_matter() -> None:
    paths = ["", "v1/a", "v2/a", "v2/b"]
    assert {frozenset(left_out(*order)) for order in permutations(paths)} == {frozenset({"v1/a"})}


@pytest.mark.parametrize(
    "paths",
    [
        ["", "api/v2/users", "api/v2/posts"],
        ["", "chapter/1/text", "chapter/2/text", "chapter/1/", "chapter/2/"],
        ["blog/", "blog/2023/01/", "blog/2024/01/", "blog/2023/", "blog/2024/"],
        ["blog/", "blog/1.0/", "blog/2.0/"],
        ["", "dev/setup", "v1/setup-of-old", "main/other"],
        ["", "2.0", "1.0"],
    ],
)
def test_a_number_in_a_path_without_siblings_that_prove_it_is_no_version(paths: list[str]) -> None:
    assert left_out(*paths) == set()

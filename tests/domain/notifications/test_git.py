from __future__ import annotations

import pytest

from llmstxt_sched.domain.notifications.git import GitOptions, check_git_options, check_git_target
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.errors import InvalidInput


def refused_field(kind: TargetKind = TargetKind.GITHUB, **options: object) -> str | None:
    chosen = GitOptions(**{"repository": "acme/docs", **options})  # type: ignore[arg-type]
    try:
        check_git_options(kind, chosen)
    except InvalidInput as refusal:
        return refusal.errors[0][0]
    return None


@pytest.mark.parametrize("path", ["llms.txt", "public/llms.txt", "docs/Über uns/llms.md", ".well-known/llms.txt"])
def test_paths_below_the_root_are_taken(path: str) -> None:
    assert refused_field(path=path) is None


@pytest.mark.parametrize(
    "path",
    [
        "", "/llms.txt", "../llms.txt", "a/../llms.txt", "./llms.txt", "a//llms.txt", "llms.txt/", "a\\llms.txt",
        ".git/llms.txt", "a/.GIT/llms.txt", ".git./llms.txt", ".git /llms.txt", "git~1/llms.txt", ".g\u200cit/llms.txt",
        ".git::$INDEX_ALLOCATION/llms.txt", "C:/llms.txt", "llms\0.txt", "a\nb/llms.txt", "\ud800/llms.txt",
        ".github/workflows/deploy.yml", "index.html", "llms", "a" * 400 + ".txt",
    ],
)  # fmt: skip
def test_paths_that_leave_the_tree_or_steer_git_are_refused(path: str) -> None:
    assert refused_field(path=path) == "options.path"


@pytest.mark.parametrize("branch", ["main", "release/1.2", "feature_x", "größe"])
def test_names_of_branches_are_taken(branch: str) -> None:
    assert refused_field(branch=branch) is None


@pytest.mark.parametrize(
    "branch",
    ["", "@", "HEAD", "-x", "a..b", "a b", "a~1", "a^", "a:b", "a?b", "a[b", "a\\b", "/a", "a/", "a//b", "a.", ".a",
     "a/.b", "a.lock", "a.lock/b", "a@{1}", "refs/heads/main", "a\0b", "a\nb", "x" * 201],
)  # fmt: skip
def test_what_git_takes_for_no_branch_is_refused(branch: str) -> None:
    assert refused_field(branch=branch) == "options.branch"


def test_a_repository_is_named_as_its_host_names_it() -> None:
    assert refused_field(TargetKind.GITHUB, repository="acme/docs.site") is None
    assert refused_field(TargetKind.GITLAB, repository="acme/web/team-a/docs") is None
    wrong = [
        "docs",
        "acme/web/docs",
        "acme/..",
        "../docs",
        "acme/docs.git",
        "https://github.com/acme/docs",
        "a/b?c",
        "",
    ]
    assert {refused_field(TargetKind.GITHUB, repository=name) for name in wrong} == {"options.repository"}
    wrong = ["docs", "acme/../docs", "acme//docs", "/acme/docs", "acme/docs.git", "acme/docs/", "a%2Fb/c"]
    assert {refused_field(TargetKind.GITLAB, repository=name) for name in wrong} == {"options.repository"}


def test_a_message_is_one_line() -> None:
    assert refused_field(message="Update llms.txt [skip ci]") is None
    for message in ("", "  ", "a\nb", "a\0b", "x" * 201, "\ud800"):
        assert refused_field(message=message) == "options.message"


def test_the_full_text_goes_beside_and_never_upon_the_index() -> None:
    assert GitOptions(repository="a/b", path="public/llms.txt").full_path == "public/llms-full.txt"
    assert GitOptions(repository="a/b").full_path == "llms-full.txt"
    assert refused_field(path="docs/llms-full.txt", full=True) == "options.path"


def test_our_branch_is_one_for_each_place_and_a_name_that_git_takes() -> None:
    places = [("main", "llms.txt"), ("main", "a/llms.txt"), ("dev", "llms.txt"), ("a.lock", "b..c/llms.txt")]
    ours = [GitOptions(repository="a/b", branch=branch, path=path).our_branch for branch, path in places]
    assert len(set(ours)) == len(ours)
    assert ours[0] == "llmstxt-sched/main-llms-txt"
    assert all(refused_field(branch=name) is None for name in ours)


@pytest.mark.parametrize(
    ("address", "has_token", "field"),
    [
        ("https://gitlab.com/api/v4?private_token=x", True, "address"),
        ("https://gitlab.com/api/v4#x", True, "address"),
        ("https://github.com/acme/docs", True, "address"),
        ("https://api.github.com", False, "token"),
    ],
)
def test_a_target_has_the_address_of_an_api_and_a_token(address: str, has_token: bool, field: str) -> None:
    options = GitOptions(repository="acme/docs")
    check_git_target(options, "https://github.example.com/api/v3", has_token=True)
    with pytest.raises(InvalidInput) as refused:
        check_git_target(options, address, has_token=has_token)
    assert refused.value.errors[0][0] == field


def test_all_that_is_wrong_is_told() -> None:
    wrong = GitOptions(repository="acme", branch="a..b", path="llms", message="")
    with pytest.raises(InvalidInput) as refused:
        check_git_options(TargetKind.GITHUB, wrong)
    fields = [field for field, _ in refused.value.errors]
    assert fields == [f"options.{name}" for name in ("repository", "branch", "path", "message")]
    with pytest.raises(InvalidInput) as refused:
        check_git_target(GitOptions(repository="acme/docs"), "https://github.com/acme/docs", has_token=False)
    assert [field for field, _ in refused.value.errors] == ["address", "token"]


@pytest.mark.parametrize(
    ("kind", "form"),
    [(TargetKind.GITHUB, "owner/name"), (TargetKind.GITLAB, "group/project, with all groups above it")],
)
def test_who_names_no_repository_is_told_how_one_is_written_there(kind: TargetKind, form: str) -> None:
    with pytest.raises(InvalidInput, match=f"a repository is written {form}, "):
        check_git_options(kind, GitOptions(repository="docs"))

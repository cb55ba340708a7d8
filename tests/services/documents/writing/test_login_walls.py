from __future__ import annotations

import pytest

from llmstxt_sched.documents.model import Extract, Page
from llmstxt_sched.services.documents.writing.login_walls import is_login_wall

HOME = "https://docs.example/"
SAID = Extract(title="Mill", h1="Mill", lead="Mill turns grain into flour.")


def page(said: Extract, url: str = HOME, sha256: str = "new") -> Page:
    return Page(url, "index.md", said, sha256)


@pytest.mark.parametrize(
    ("title", "h1"),
    [
        ("Sign in", "Sign in"),
        ("Log In ‹ Mill — WordPress", ""),
        ("Sign in · GitLab", "Mill"),
        ("Mill - Sign In", ""),
        ("Sign in to your account", ""),
        ("Mill", "Please log in to continue"),
        ("Anmelden – Wiki", ""),
        ("ログイン | Mill", "Mill"),
        ("Authentication Required", ""),
    ],
)
def test_a_login_in_place_of_the_only_page_is_a_wall(title: str, h1: str) -> None:
    login = Extract(title=title, h1=h1, lead="Enter your name and password.")
    assert is_login_wall({HOME: "old"}, [SAID], [page(login)])
    assert is_login_wall({HOME: "old"}, [SAID], [page(login, f"{HOME}login")])


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Mill 2", "Mill turns grain into flour, and sings."),
        ("Signing in Mill", "Each sack is signed."),
        ("Login: the history of a word", "It is older than computers."),
        ("Log in to the API", "Send a POST request with your token."),
    ],
)
def test_a_page_that_says_something_else_is_no_wall(title: str, lead: str) -> None:
    assert not is_login_wall({HOME: "old"}, [SAID], [page(Extract(title=title, h1=title, lead=lead))])


def test_a_login_beside_a_page_or_that_was_there_is_no_wall() -> None:
    login = Extract(title="Sign in", h1="Sign in")
    assert not is_login_wall({HOME: "old"}, [SAID], [page(login, f"{HOME}login"), page(SAID, sha256="old")])
    assert not is_login_wall({HOME: "old"}, [login], [page(login)])
    assert not is_login_wall({HOME: "old", f"{HOME}in": "same"}, [SAID], [page(login, f"{HOME}in", "same")])
    assert not is_login_wall({HOME: "old"}, [SAID], [])

from __future__ import annotations

import pytest
from tests.support.growth import assert_linear

from llmstxt_sched.extraction.summary.page_list import headings_lead_on, is_list, may_go_on

OWN = "https://docs.example/blog/2/"


def entry(name: str, summary: str) -> str:
    return f"2024-05-03\n\n**[{name}](https://docs.example/{name})**\n\n{summary}\n"


SUMMARY = "What the post says, in the words of whoever keeps the blog, which the post itself does not have."


@pytest.mark.parametrize(
    "markdown",
    [
        "# Blog\n\n## [One](https://docs.example/one)\n\nWords.\n\n## [Two](https://docs.example/two)\n",
        "# Blog\n\n"
        + "\n".join(entry(name, SUMMARY) for name in "abc")
        + f"\n[1]({OWN}) [2](https://docs.example/3/)\n",
        "".join(f"| [{name}](https://docs.example/{name}) | {SUMMARY} |\n" for name in "abcd"),
        "# Mills\n",
        "# Mills\n\n[![](https://docs.example/a.jpg)](https://cdn.example/a.jpg)\n\n![](https://cdn.example/b.jpg)\n",
        f"# Mills\n\n![](https://cdn.example/b.jpg)\n\n[1]({OWN}) [2](https://docs.example/3/)\n",
        "Posts\n\n" + "".join(f"- 3 May [{name}](https://docs.example/{name}) by Ann\n" for name in "abcd"),
    ],
)
def test_a_page_of_entries_is_a_list(markdown: str) -> None:
    assert is_list(markdown, OWN)


@pytest.mark.parametrize(
    "markdown",
    [
        "# Part 2\n\n```\nlet x = 1;\n```\n",
        "# Part 2\n\n| 7 | 12 |\n|---|---|\n| 3 | 4 |\n",
        "# Part 2\n\n![](https://cdn.example/a.jpg)\n\nThe mill.\n",
        "# Part 2\n\n" + "\n\n".join(f"{SUMMARY} See [{name}](https://docs.example/{name})." for name in "abcd"),
        "".join(f"## [{name}](https://tool.example/{name})\n\n{SUMMARY}\n\n" for name in "abcd"),
        "".join(f"## [{name}](https://docs.example/blog/2#{name})\n\n{SUMMARY}\n\n" for name in "abcd"),
        f"# Part 2\n\n{SUMMARY * 8}\n\n" + "".join(f"- [{name}](https://docs.example/{name})\n" for name in "abcd"),
        f"# Part 2\n\n{SUMMARY}\n\n[1]({OWN}) [3](https://docs.example/3/) [4](https://docs.example/4/)\n",
        "\n\n".join([*["Prose, a line of it."] * 20, *(f"- [{name}](https://docs.example/{name})" for name in "abc")]),
        "".join(f"- [{name}]({OWN})\n" for name in "abcd"),
    ],
)
def test_a_part_of_a_text_is_none(markdown: str) -> None:
    assert not is_list(markdown, OWN)


def test_a_heading_that_leads_to_the_page_itself_is_its_own() -> None:
    assert not headings_lead_on(f"# [Mills]({OWN}#mills)\n\nText.\n", OWN)


def test_an_address_that_may_go_on_has_a_number() -> None:
    assert may_go_on("https://docs.example/blog/2/")
    assert may_go_on("https://docs.example/blog?page=2")
    assert not may_go_on("https://127.0.0.1:8000/blog/")


def test_links_to_no_address_are_no_list() -> None:
    assert not is_list("[a](https://[::1)\n" * 4, OWN)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["[", "[a](", "# [", "[a](("])
def test_hostile_markdown_is_looked_at_in_linear_time(part: str) -> None:
    assert_linear(lambda parts: is_list(f"{part * parts}\n" * 3, OWN), 100_000)

from __future__ import annotations

import pytest
from tests.extraction.reading import URL
from tests.support.contents import content

from llmstxt_sched.extraction.extract import extract
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.extraction.revisit import keep_link_order, keep_places


def linking(markdown: str, *links: str) -> Content:
    return content(markdown, links=links)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [a](/a)\n- [b](/b)", "- [b](/b)\n- [a](/a)"),
        ("- Parts:\n  - [a](/a)\n  - [b](/b)", "- Parts:\n  - [b](/b)\n  - [a](/a)"),
        ("[a](/a), [b](/b)", "[b](/b), [a](/a)"),
        ("[a](/a) · [b](/b)\n\nText.", "[b](/b) · [a](/a)\n\nText."),
        ("Tags: [a](/a), [b](/b)", "Tags: [b](/b), [a](/a)"),
        ("**Tags:** [a](/a) [b](/b)", "**Tags:** [b](/b) [a](/a)"),
        ("```\n- [x](/x)\n```\n\n- [a](/a)\n- [b](/b)", "```\n- [x](/x)\n```\n\n- [b](/b)\n- [a](/a)"),
        ("````\n```\n````\n\n[a](/a) [b](/b)", "````\n```\n````\n\n[b](/b) [a](/a)"),
    ],
)
def test_links_in_another_order_are_what_was_known(before: str, after: str) -> None:
    known = linking(before, "/a", "/b")
    assert keep_link_order(linking(after, "/b", "/a"), known) == known


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Use [a](/a), not [b](/b).", "Use [b](/b), not [a](/a)."),
        ("1. [a](/a)\n2. [b](/b)", "1. [b](/b)\n2. [a](/a)"),
        ("| [a](/a) | [b](/b) |", "| [b](/b) | [a](/a) |"),
        ("## [a](/a)\n\nOld.\n\n## [b](/b)\n\nNew.", "## [b](/b)\n\nOld.\n\n## [a](/a)\n\nNew."),
        ("Old: [a](/a)\n\nNew: [b](/b)", "Old: [b](/b)\n\nNew: [a](/a)"),
        ("## Old\n\n- [a](/a)\n\n## New\n\n- [b](/b)", "## Old\n\n- [b](/b)\n\n## New\n\n- [a](/a)"),
        ("[a](/a) \u2192 [b](/b)", "[b](/b) \u2192 [a](/a)"),
        ("- ````\n  ```\n  [a](/a) [b](/b)\n  ````", "- ````\n  ```\n  [b](/b) [a](/a)\n  ````"),
    ],
)
def test_links_that_changed_places_in_a_text_are_a_change(before: str, after: str) -> None:
    new = linking(after, "/b", "/a")
    assert keep_link_order(new, linking(before, "/a", "/b")).markdown == after


def test_a_list_of_links_in_another_order_says_what_it_said() -> None:
    def page(*names: str) -> Content:
        items = "".join(f"<li><a href=/{name}>{name}</a>" for name in names)
        return extract(f"<main><h1>T</h1><ul>{items}</ul></main>".encode(), URL, "text/html")

    assert keep_link_order(page("ab", "cd"), page("cd", "ab")).extract.outline == "cd · ab"


def test_another_word_is_a_change() -> None:
    known = linking("See [a](/a) and [b](/b).", "/a", "/b")
    new = linking("See [b](/b) nor [a](/a)!", "/b", "/a")
    assert keep_link_order(new, known).markdown == new.markdown
    assert keep_link_order(new, known).links == known.links


def test_another_link_is_a_change() -> None:
    new = linking("See [b](/b) and [c](/c).", "/b", "/c")
    assert keep_link_order(new, linking("See [a](/a) and [b](/b).", "/a", "/b")) == new


def test_code_that_looks_like_links_is_code() -> None:
    known = linking("```\n[a](1)\n[b](2)\n```")
    new = linking("```\n[b](2)\n[a](1)\n```")
    assert keep_link_order(new, known) == new


RANDOM_IDS = [
    ("a-:r0:", "a-:r1c:"),
    ("0b5c7f4e-1d2a-4c3b-9e8f-0a1b2c3d4e5f", "9f8e7d6c-5b4a-4938-8271-6f5e4d3c2b1a"),
    ("tab-3f2a9c81d0", "tab-b71e0d44aa"),
]


@pytest.mark.parametrize(("before", "after"), RANDOM_IDS)
def test_a_link_to_another_random_id_is_what_was_known(before: str, after: str) -> None:
    known = linking(f"# T\n\nSee [it](https://docs.example/a#{before}).")
    assert keep_places(linking(f"# T\n\nSee [it](https://docs.example/a#{after})."), known) == known


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("See [it](/a#usage).", "See [it](/a#options)."),
        ("See [it](/a#part-1).", "See [it](/a#part-2)."),
        ("See [it](/a#3f2a9c81d0).", "See [it](/b#b71e0d44aa)."),
        ("See [it](/a#3f2a9c81d0).", "See [them](/a#b71e0d44aa)."),
        ("`[it](/a#3f2a9c81d0)`", "`[it](/a#b71e0d44aa)`"),
        ("It is #3f2a9c81d0.", "It is #b71e0d44aa."),
    ],
)
def test_a_link_to_another_named_place_is_a_change(before: str, after: str) -> None:
    assert keep_places(linking(after), linking(before)).markdown == after


@pytest.mark.parametrize(("before", "after"), [("# T\n\nOld.\n", "# T\n\nNew."), ("# T\n\nOld.", "\n# T\n\nNew.\n\n")])
def test_other_lines_that_are_empty_at_the_edges_are_no_reason_to_fail(before: str, after: str) -> None:
    assert keep_places(linking(after), linking(before)).markdown == after

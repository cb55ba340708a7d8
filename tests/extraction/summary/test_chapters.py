from __future__ import annotations

import pytest
from tests.support.growth import assert_linear

from llmstxt_sched.extraction.summary.chapters import read_chapters


def test_a_chapter_is_a_heading_and_the_letters_of_what_its_text_begins_with() -> None:
    markdown = (
        "# Gates\n\n![](a.png)\n\nA *gate* [opens](https://docs.example/a) at 9.\n\nMore.\n\n"
        "## 1. Parts\n\n### Post\n\nIt holds the rail and stands in the ground, as deep as it is long.\n\n"
        "## Code\n\n```sh\n# no heading\ntext\n```\n\nAfter it.\n"
    )
    assert read_chapters(markdown) == (
        ("gates", "agateopensat9"),
        ("1parts", "itholdstherailandstandsinthegroundasdeep"),
        ("post", "itholdstherailandstandsinthegroundasdeep"),
        ("code", "afterit"),
    )


def test_a_heading_that_leads_to_another_page_is_one_of_a_list() -> None:
    markdown = (
        "# Print\n\nAll about it.\n\n## [Gates](https://docs.example/gates)\n\nA gate opens.\n\n"
        "## [Posts](https://docs.example/print#posts)\n\nA post stands.\n"
    )
    assert read_chapters(markdown) == (("print", "allaboutit"), ("posts", "apoststands"))


def test_a_long_page_has_no_more_chapters_than_are_needed() -> None:
    assert len(read_chapters("# A\n\nText.\n" * 10_000)) == 200


def test_what_stands_far_down_a_long_page_is_not_read() -> None:
    assert read_chapters(" " * 300_000 + "\n# A\n\nText.")
    assert not read_chapters(" " * 400_000 + "\n# A\n\nText.")


@pytest.mark.slow
@pytest.mark.parametrize("part", ["# A\n\nText.\n", "](", "# \n", "[a]("])
def test_a_long_page_is_read_in_linear_time(part: str) -> None:
    """As far as it is read at all: two pages that both go on beyond that would take the same time."""
    assert_linear(lambda size: read_chapters("# A\n" + part * (size // len(part))), 390_000)

from __future__ import annotations

from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from tests.support.growth import assert_linear

from llmstxt_sched.documents.inner_headings import demote_inner_headings

DEMOTED = [
    ("> # A\n>\n> ## B ##", "> ## A\n>\n> ### B ##"),
    ("- ## A\n\n  text\n\n  ### B", "- ### A\n\n  text\n\n  #### B"),
    ("12. # A\n\n    ## B\n\n## C", "12. ## A\n\n    ### B\n\n## C"),
    ("- a\n  - # B\n\n    ## C\n\n  ## D", "- a\n  - ## B\n\n    ### C\n\n  ### D"),
    ("> - # A\n>\n>   # B\n> # C", "> - ## A\n>\n>   ## B\n> ## C"),
    ("> > # A\n> # B", "> > ## A\n> ## B"),
    ("- a\n\n  ```\n  x\n  ```\n\n  # A", "- a\n\n  ```\n  x\n  ```\n\n  ## A"),
    ("> ```\n> x\n\n> # A", "> ```\n> x\n\n> ## A"),
    ("- ```\n  # x\n\n- # A", "- ```\n  # x\n\n- ## A"),
]
LEFT = [
    "# A\n\n- a\n\n# B\n\n   ## C",
    "- ```sh\n  # x\n  - # y\n  ```\n  > x",
    "> ~~~\n> # x\n> ~~~",
    "```\n> # x\n- # y\n```\n",
    "````\n```\n> # x\n````\n",
    "- a\n\n      # x",
    "    - # x",
    "> ###### A\n> #x",
    "- a #b\n  \\# c",
    "1. step\n\n   ```sh\n   # comment\n   ```\n2. next\n",
]


@pytest.mark.parametrize(("markdown", "text"), DEMOTED)
def test_a_heading_in_a_quotation_or_a_list_goes_one_level_down(markdown: str, text: str) -> None:
    assert demote_inner_headings(markdown) == text
    tags = [
        [opened.tag for opened, _ in pairwise(MarkdownIt("commonmark").parse(each)) if opened.type == "heading_open"]
        for each in (markdown, text)
    ]
    assert len(tags[0]) == len(tags[1])


@pytest.mark.parametrize("markdown", LEFT)
def test_code_and_the_headings_of_the_page_are_left_alone(markdown: str) -> None:
    assert demote_inner_headings(markdown) == markdown


@pytest.mark.slow
@pytest.mark.parametrize("part", ["> ", "- ", "> # a\n", "- # a\n  ", " ", "1. ", "- # a\n```\n", "#"])
def test_long_hostile_lines_are_read_in_linear_time(part: str) -> None:
    assert_linear(lambda parts: demote_inner_headings("> # a\n" + part * parts), 200_000)

from __future__ import annotations

import pytest

from llmstxt_sched.crawler.identity.choosing_queries import chooses_page


@pytest.mark.parametrize(
    "query",
    [
        "title=Main_Page",
        "id=start",
        "id=12",
        "p=12",
        "page_id=7",
        "pageId=7",
        "page=Setup",
        "page=2nd-steps",
        "topic=9.0",
    ],
)
def test_the_one_parameter_by_which_a_site_names_its_pages_chooses_one(query: str) -> None:
    assert chooses_page(query)


@pytest.mark.parametrize(
    "query",
    [
        "page=2",
        "d=2024-01",
        "title=",
        "title=A&action=edit",
        "id=1&sort=name",
        "sort=id",
        "date=1",
        "12",
        "sid=1",
        "month=5",
    ],
)
def test_a_date_an_order_a_number_of_a_list_or_a_second_parameter_is_a_view(query: str) -> None:
    assert not chooses_page(query)

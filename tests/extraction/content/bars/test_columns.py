from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown
from tests.support.growth import assert_linear

# The page that `markdown` reads is the fourth of them.
PAGES = [*(f"part-{number}.html" for number in range(9)), "page.html"]
ITEMS = "".join(f"<li><a href={page}>About {page[:-5]}</a></li>" for page in PAGES)
TEXT = f"<h1>Wheels</h1><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p>"


@pytest.mark.parametrize("column", [f"<div><p><a href=/>Mill</a></p><ul>{ITEMS}</ul><hr></div>", f"<ul>{ITEMS}</ul>"])
def test_the_column_of_the_sites_links_before_the_page_is_left_out(column: str) -> None:
    written = markdown(f"<div id=content>{column}<div><header>{TEXT}</header></div></div>")
    assert written.startswith("# Wheels")
    assert "About" not in written


@pytest.mark.parametrize(
    "page",
    [
        f"<h1>Wheels</h1><ul>{ITEMS}</ul>{TEXT}",
        f"<ul>{ITEMS.replace('page.html', 'other.html')}</ul>{TEXT}",
        f"{TEXT}<h2>All parts</h2><ul>{ITEMS}</ul>",
        f"<ul>{ITEMS}</ul><h1>Wheels</h1><p>Few.</p>",
    ],
)
def test_a_list_that_is_the_pages_own_stays(page: str) -> None:
    assert "About part-3" in markdown(f"<div id=content>{page}</div>")


@pytest.mark.slow
def test_very_many_links_of_a_page_to_itself_are_passed_over_at_once() -> None:
    def read(depth: int) -> None:
        links = "<div><a href=page.html>x</a>" * depth + "<p><a href=page.html>x</a></p>" * (15 * depth)
        assert "A sentence" in markdown(f"<div id=content>{links}{'</div>' * depth}{TEXT}</div>")

    assert_linear(read, 100)

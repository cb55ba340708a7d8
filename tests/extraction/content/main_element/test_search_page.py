from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown

SPHINX = (
    "<h1>Search</h1><p>Searching for multiple words only shows matches that contain all words.</p><form><input></form>"
)
MKDOCS = "<div class=home><a href=/>Mill</a></div><h1>Search Results</h1><form><input name=q></form>"


@pytest.mark.parametrize(
    "page",
    [
        f"{SPHINX}<div id=search-results></div>",
        f"{MKDOCS}<div id=mkdocs-search-results class=search-results>Searching...</div>",
        f"{MKDOCS}<ul id=mkdocs-search-results>Searching...</ul><script>find()</script>",
    ],
)
def test_a_page_that_waits_for_a_search_says_nothing(page: str) -> None:
    assert markdown(f"<title>Search - Mill</title><div role=main>{page}</div>") == "\n"


@pytest.mark.parametrize(
    "page",
    [
        f"<div class=head><input><div id=search-results></div></div><h1>Gate</h1><p>{PROSE}</p>",
        f"<h1>Gate</h1><p>{PROSE}</p><div role=dialog><div id=mkdocs-search-results></div></div>",
        f"<h1>Gate</h1><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p><div id=search-results></div>",
        f"<h1>Gate</h1><p>{PROSE}</p><pre>search()</pre><div id=search-results></div>",
        f"<h1>Gate</h1><p>{PROSE}</p><div id=search-results>The gate was searched for in 1820.</div>",
        f"<h1>Gate</h1><p>{PROSE}</p><h2 id=search-results>Results</h2><p>None yet.</p>",
        f"<h1>Gate</h1><p>{PROSE}</p><h2 id=search-results>Results</h2>",
        f"<h1>Gate</h1><p>{PROSE}</p><section id=search-results><h2>Results</h2></section>",
    ],
)
def test_a_page_with_a_place_for_searching_stays(page: str) -> None:
    assert PROSE in markdown(f"<body>{page}</body>")

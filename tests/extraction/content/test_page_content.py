from __future__ import annotations

from tests.extraction.reading import PROSE, URL, read

from llmstxt_sched.extraction.dom.picks import Picks
from llmstxt_sched.extraction.extract import extract

TOOLS = "<p><a href=/a>Next</a> <a href=/b>Previous</a></p>"


def test_bars_of_links_go_where_the_whole_page_is_its_content() -> None:
    assert "Next" not in read(f"<h1>T</h1><p>{PROSE}</p><p>{PROSE}</p>{TOOLS}").markdown


def test_what_the_project_picks_is_kept_as_it_is() -> None:
    page = f"<h1>T</h1><div id=all><p>{PROSE}</p><div class=x><a href=/a>One</a> <a href=/b>Two</a></div></div>"
    kept = extract(page.encode(), URL, "text/html", Picks(keep=("#all",)))
    assert kept.markdown == f"{PROSE}\n\n[One](https://docs.example/a) [Two](https://docs.example/b)\n"
    assert kept.dropped == {"dropped by the project": 1}

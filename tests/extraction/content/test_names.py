from __future__ import annotations

from tests.extraction.reading import PROSE, markdown


def test_the_title_of_a_page_stays_though_it_stands_beside_navigation_in_what_is_called_a_header() -> None:
    head = "<div id=page-header><nav><a href=/>Home</a> <a href=/kb>Guides</a></nav><div><h1>Stones</h1></div></div>"
    page = f"<article>{head}<div id=body><p>{PROSE}</p></div></article>"
    assert markdown(f"<title>Stones - Mill</title><body>{page}").startswith("# Stones\n\nA sentence")
    # The name of the site may as well.
    assert markdown(f"<title>Wheels - Stones</title><body>{page}").startswith("A sentence")

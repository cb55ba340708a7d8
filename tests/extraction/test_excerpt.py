from __future__ import annotations

from tests.extraction.reading import read


def test_the_lead_passes_over_notes_code_and_lists_of_links() -> None:
    said = read(
        "<main><h1>T</h1><p><a href=/a>A link that is as long as a sentence would be here</a></p>"
        "<div class=admonition><p>A warning that is long enough to pass for the first sentence.</p></div>"
        "<pre>code that is long enough to pass for the first sentence of it</pre>"
        "<p>It works with most systems, e.g. Debian, and needs no set-up. The rest follows.</p></main>"
    ).extract
    assert said.lead == "It works with most systems, e.g. Debian, and needs no set-up."

from __future__ import annotations

import pytest
from tests.extraction.reading import read

from llmstxt_sched.documents.model import Extract

FIRST = "The files of a project are kept in one folder, and may be moved at any time."
PAGE = f"<main><h1>Files</h1><h2>The folder of files</h2><p>{FIRST} More of it.</p><h2>installieren</h2></main>"


def extract(description: str, html: str = PAGE, name: str = "description") -> Extract:
    return read(f'<meta name={name} property={name} content="{description}">{html}').extract


@pytest.mark.parametrize("name", ["description", "og:description"])
@pytest.mark.parametrize(
    "description",
    [
        "installieren",
        "The folder of files",
        "the folder of files.",
        "The folder of filesThe files of a project are kept in one fol",
        "Files The folder of files The files of a project are kept in one folder, and may be moved at …",
        "Files The folder of files The files of a project are kept. Another text that the generator did not fold.",
    ],
)
def test_a_description_that_begins_with_a_heading_and_goes_on_as_the_page_does_is_none(
    description: str, name: str
) -> None:
    said = extract(description, name=name)
    assert (said.description, said.og_description, said.lead) == ("", "", FIRST)


@pytest.mark.parametrize(
    "description",
    [
        "Files of a project, and how to move them.",
        "The folder of files is one that may be moved.",
        "The files of a project are kept in one folder",
        "The folder",
        "Installieren Sie das Programm",
    ],
)
def test_a_description_that_only_begins_as_a_heading_does_stays(description: str) -> None:
    assert extract(description).description == description


def test_a_heading_outside_the_main_content_counts() -> None:
    page = f"<title>Files</title><header><h1>Files</h1></header><main><p>{FIRST}</p></main>"
    assert extract(f"Files{FIRST}", page).description == ""


def test_a_description_that_repeats_the_page_stays_where_the_page_has_no_sentence() -> None:
    begin = "<main><h1>Files</h1><h2>The folder of files</h2><pre>ls</pre>"
    for line in ("", "<div>Last modified May 1, 2020: moved the files to a folder of their own (0a1b2c3)</div>"):
        assert extract("The folder of files", f"{begin}{line}</main>").description == "The folder of files"

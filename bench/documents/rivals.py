"""Pages read by trafilatura and html-to-markdown; run by the Python of an environment that has them.

Reads the paths of the pages as a JSON list from standard input, and prints their readings by the reader's name as JSON.
html-to-markdown alone converts a whole page.  With its strongest preprocessing, it takes out what it finds to be no
content.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import trafilatura
from html_to_markdown import ConversionOptions, PreprocessingOptions, convert

from bench.documents.timing import timed

_PREPROCESSED = ConversionOptions(preprocessing=PreprocessingOptions(enabled=True, preset="aggressive"))
_ALONE = ConversionOptions(preprocessing=PreprocessingOptions(enabled=False))


def with_trafilatura(html: str) -> str:
    """All that it knows of a page's form."""
    return (
        trafilatura.extract(
            html, output_format="markdown", include_formatting=True, include_links=True, include_comments=False
        )
        or ""
    )


def with_preprocessing(html: str) -> str:
    """Without what it takes for no content."""
    return convert(html, _PREPROCESSED).content or ""


def alone(html: str) -> str:
    """The whole page."""
    return convert(html, _ALONE).content or ""


READERS = {"trafilatura": with_trafilatura, "html-to-markdown": with_preprocessing, "html-to-markdown alone": alone}


def main() -> None:
    """Read each page with each reader."""
    pages = [Path(path).read_text() for path in json.load(sys.stdin)]
    print(json.dumps({name: [timed(read, page) for page in pages] for name, read in READERS.items()}))


if __name__ == "__main__":
    main()

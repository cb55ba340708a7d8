"""How fast a list of 1,000 projects is drawn and filtered, alone: `python -m bench.pages.drawing`.

Fails where a figure is not as wanted.  `make lighthouse` takes the same times, after minutes of Lighthouse.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.support.browser import find_browser, open_browser
from tests.support.gallery import open_gallery, run_sql

from bench.pages.lighthouse import FILL, PROJECTS, times


def main() -> None:
    """Measure, print, and fail where something is not as wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    if not find_browser():
        parser.error("there is no browser: make browser")
    with tempfile.TemporaryDirectory() as data, open_gallery(Path(data)) as gallery, open_browser() as browser:
        gallery.service.json("DELETE", f"/api{gallery.address('hostile')}", expect=204)
        run_sql(gallery.service, FILL, PROJECTS)
        bad = times(gallery, browser)
    if bad:
        raise SystemExit("not as wanted: " + ", ".join(bad))


if __name__ == "__main__":
    main()

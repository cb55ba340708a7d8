from __future__ import annotations

from tests.extraction.reading import PROSE, of_main


def test_what_is_shown_in_print_alone_is_dropped() -> None:
    of_libraries = ("hidden print:block", "d-none mb-2 d-print-flex")
    for name in ("onlyprint", "print-only", "visible-print-block", "show-for-print", *of_libraries):
        printed = f"<div class='{name}'><h1>Mill</h1><p>Printed from the site.</p></div>"
        assert of_main(f"{printed}<p>{PROSE}</p><h1>Mill</h1><p>{PROSE}</p>") == f"{PROSE}\n\n# Mill\n\n{PROSE}"
    for shown in (
        "hidden md:block print:block",
        "d-none d-lg-block d-print-block",
        "print:block",
        "hidden print:hidden",
        "hidden print:text-black",
        "hidden print:block group-open:block",
        "hidden dark:flex print:flex",
        "hidden min-[600px]:block print:block",
    ):
        assert "A wide page" in of_main(f"<h1>T</h1><p>{PROSE}</p><div class='{shown}'><p>A wide page.</p></div>")
    assert "An inked page" in of_main(f"<h1>T</h1><p>{PROSE}</p><div class=print><p>An inked page.</p></div>")

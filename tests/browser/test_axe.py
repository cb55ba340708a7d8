"""That axe would notice: what it looks for, in the theme that has it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.support.axe import axe_violations

PALE_IN = {"light": "light-dark(#999, #eee)", "dark": "light-dark(#111, #666)"}
PAGE = """<!doctype html><html lang="en"><meta name="color-scheme" content="light dark"><title>Pale</title>
<style>html {{ background: light-dark(#fff, #000) }}</style>
<main><h1>Plain</h1><p style="color: {colour}">Pale</p></main></html>"""


@pytest.mark.parametrize("theme", PALE_IN)
def test_a_text_is_too_pale_in_the_theme_that_makes_it_so_and_in_no_other(browser: Browser, theme: str) -> None:
    with browser.new_page() as page:
        page.set_content(PAGE.format(colour=PALE_IN[theme]))
        pale = {}
        for scheme in ("light", "dark", "light"):
            page.emulate_media(color_scheme=scheme)
            pale[scheme] = [violation.partition(":")[0] for violation in axe_violations(page)]
        other = "dark" if theme == "light" else "light"
        assert pale == {theme: ["color-contrast"], other: []}

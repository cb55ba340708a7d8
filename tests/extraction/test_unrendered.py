from __future__ import annotations

import pytest
from tests.extraction.reading import read

SCRIPT = '<script src="/app.js"></script>'


@pytest.mark.parametrize(
    "body",
    [
        f'<div id="root"></div>{SCRIPT}',
        f'<noscript>You need to enable JavaScript to run this app.</noscript><div id="app"></div>{SCRIPT}',
        f"<noscript>This site requires JavaScript.</noscript>{SCRIPT}",
        f"<app-root></app-root>{SCRIPT}",
        f'<div id="__next"><div class="spinner"><span></span></div></div>{SCRIPT}',
        f'<div id="app">Loading…</div>{SCRIPT}',
        f'<header><a href="/">Otters</a></header><div id="main"></div><footer>© Otters</footer>{SCRIPT}',
        '<div id="app"></div><script>window.start()</script>',
        "<div id=javascript-disabled><h1>It failed</h1><ul><li>Have JavaScript enabled.</ul></div><script>a()</script>",
        # Flutter's.
        '<script src="flutter_bootstrap.js" async></script>',
    ],
)
def test_a_page_that_its_scripts_have_yet_to_build_is_told(body: str) -> None:
    assert read(f"<title>Otters</title><body>{body}").needs_scripts


@pytest.mark.parametrize(
    "body",
    [
        f"<p>Write to us.</p>{SCRIPT}",
        f"<div id=javascript-disabled><h1>No JavaScript enabled</h1></div><h2>Mills</h2>{SCRIPT}",
        f"<div id=javascript-disabled><h1>It failed</h1></div>{SCRIPT}",
        f'<h1>Contact</h1><div id="root"></div>{SCRIPT}',
        f'<p>Gone fishing.</p><div id="comments"></div>{SCRIPT}',
        f"<p>Soon.</p><noscript>Please enable JavaScript to view the comments.</noscript>{SCRIPT}",
        f'<img src="/otter.png" alt="">{SCRIPT}',
        f'<div id="film"><video src="/otter.mp4"></video></div>{SCRIPT}',
        '<div id="root"></div>',
        "<script>location = '/en/'</script>",
        '<div id="root"></div><script type="application/ld+json">{}</script>',
        f'<div id="root"></div><noscript><h1>Mill</h1><p>The mill app lists every gate by name.</p></noscript>{SCRIPT}',
    ],
)
def test_a_small_page_is_none(body: str) -> None:
    assert not read(f"<title>Otters</title><body>{body}").needs_scripts

from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main

HIDDEN = [
    "display:/**/none", "DISPLAY : none", "visibility: hidden", "visibility:collapse", "opacity:0", "opacity: 0.0;",
    "font-size:0", "font-size: 0px", "position:absolute; left:-9999px", "position:fixed;top:-5000em",
    "text-indent:-9999px", "margin-left:-9999px", "margin-top: -2000em",
    "clip-path: inset(50%)", "position:absolute;clip:rect(0 0 0 0);clip:rect(0,0,0,0)", "height:0;overflow:hidden",
    "transform: scale(0)", "color: transparent", "dis\\play:none", "\\64 isplay:\\6eone", "opacity:\\30",
    "transform:translateX(-9999px)", "transform: translate(0, -200vh)", "translate:-9999px", "scale:0", "zoom: 0",
    "filter:opacity(0)", "position:relative;left:-9999px", "position:absolute;clip:rect(1px,1px,1px,1px)",
    "position:absolute;width:1px;height:1px;overflow:hidden",
    "font-size:1px", "font-size: 0.1px", "color:rgba(0, 0, 0, 0)",
    "color:#ffffff00", "color: rgb(1 2 3 / 0%)",
    "-webkit-text-fill-color:transparent", "color:white;background:white", "background-color:#FFF; color: #fff",
]  # fmt: skip
SHOWN = [
    "opacity:0.5",
    "opacity:.05",
    "font-size:0.8em",
    "left:-5px",
    "margin-left:-100px",
    "display:block",
    "height:0.5em;overflow:hidden",
    "color:red",
    "color:#fff",
    "color:#000f",
    "color:rgba(0, 0, 0, 0.8)",
    "color:white;background:black",
    "font-size:1.1px",
    "font-size:11px",
    "transform:translateX(-10px)",
    "width:1px",
    "zoom:0.8",
    "position:relative;left:-10px",
    "position:relative;left:-120px",
    "transform:translate(-100%, -120px)",
    "color:rgb(0, 0, 0)",
    "color:hsl(120, 100%, 0%)",
    "color:rgb(10 20 0)",
    "color:inherit;background:inherit",
    "background:linear-gradient(red,blue);-webkit-background-clip:text;-webkit-text-fill-color:transparent",
    "background:linear-gradient(red,blue);background-clip:text;color:transparent",
]


@pytest.mark.parametrize("style", HIDDEN)
def test_text_that_its_style_hides_is_left_out(style: str) -> None:
    assert of_main(f"<p>{PROSE}</p><p style='{style}'>HIDDEN</p><p>End.</p>") == f"{PROSE}\n\nEnd."


@pytest.mark.parametrize("style", SHOWN)
def test_text_that_is_seen_stays(style: str) -> None:
    assert of_main(f"<p>{PROSE}</p><p style='{style}'>Seen.</p>") == f"{PROSE}\n\nSeen."

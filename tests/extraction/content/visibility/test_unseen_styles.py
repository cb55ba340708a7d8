from __future__ import annotations

import tracemalloc

import pytest
from tests.extraction.reading import PROSE, of_main
from tests.support.growth import assert_linear

from llmstxt_sched.extraction.content.visibility.unseen_styles import hides

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
    "opacity:.01", "opacity: 0.019", "opacity:1%", "filter:opacity(.01)",
    "position:absolute;width:0;height:0;min-width:100%;min-height:0",
    "font-size:.01em", "font-size: 0.001rem", "font-size:0.5pt", "opacity:1e-5",
    "transform:scaleX(0)", "transform: scale3d(0, 0, 0)", "clip-path:inset(0 100% 0 0)", "margin-left:-999em",
    "clip-path: polygon(0 0, 0 0, 0px 0)", "overflow:clip;height:0", "overflow-y:hidden;max-height:0",
    "block-size:0;overflow:hidden", "position:absolute;inset-inline-start:-9999px",
    "text-indent:100%;white-space:nowrap;overflow:hidden",
    "color:#fff;background:white", "color:rgb(255, 255, 255);background-color:#FFFFFF", "color:black;background:#000",
    "display:block;display:none", "display:none!important;display:block", "display:none;display:shown",
    "font-size:0;font-size:12", "visibility:visible;visibility:hidden",
    "font-size:16px;font-size:0vw", "opacity:1;opacity:1e-5", "display:none;--x:{;display:block;}",
    "display:none;content:&quot;;display:block;&quot;", "display:none;(;display:block;)",
    "display:none;/*;display:block", "display:none;display:in line", "display:none;d isplay:block",
    "opacity:0;opacity:1 0", "font-size:0;font-size:1 6px",
    "opacity:00", "font-size:00px", "display:none;display:bloc\u212a", "display:none;x:(;display:block;",
    "display:none;content:&quot;(&quot;;y:url(&quot;);display:block&quot;)",
    "transform: matrix(0, 0, 0, 0, 100, 0)", "transform:matrix(1,0,0,0,0,0)", "transform:matrix3d(0,0,0,0,0,0,0,0,0)",
    "transform:scale(.001)", "transform:scale(1, 0)", "scale:0%", "zoom:.01", "-webkit-filter:opacity(0)",
    "font-size:.1em", "font-size:1%", "font-size:calc(0px)", "width:calc(0px);overflow:hidden", "opacity:calc(0)",
    "clip-path:ellipse(0 0)", "mask:linear-gradient(transparent, transparent)", "color:oklch(0 0 0 / 0)",
    "-webkit-mask-image:radial-gradient(#0000, rgba(0, 0, 0, 0))", "mask-image:linear-gradient(to top, #fff0, #fff0)",
    "display:none;display:block\\9", "display:none;display:bl/**/ock", "display:none;display:block;display:none",
]  # fmt: skip
SHOWN = [
    "transform:matrix(0,1,-1,0,0,0)",
    "transform:matrix3d(1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1)",
    "transform:matrix3d(0,0,-1,0,0,1,0,0,1,0,0,0,0,0,0,1)",
    "transform:scale(1.05)",
    "scale:1.1 1",
    "font-size:.2em",
    "font-size:.14rem",
    "font-size:calc(1.3rem + .6vw)",
    "width:calc(100% - 20px);overflow:hidden",
    "mask:linear-gradient(black, transparent)",
    "mask-image:linear-gradient(to bottom, transparent, #000 80%)",
    "color:oklch(0.5 0 0)",
    "clip-path:ellipse(50% 50%)",
    "position:absolute;top:50%;left:50%;width:300px;height:200px;margin:-100px 0 0 -150px",
    "overflow:hidden;text-indent:100px",
    "overflow:hidden;text-indent:100%",
    "clip-path:inset(0 round 100%)",
    "opacity:5e-1",
    "opacity:50e-2",
    "font-size:6.25%",
    "overflow-x:clip;height:0",
    "opacity:0.5",
    "display:none;display:block",
    "display:block ! important;display:none",
    "display:none;display:/* a; b */block",
    "display:none;color:rgb(0,0,0);display:block",
    "display:none;display:flex;font-family:&quot;In;ter&quot;",
    "visibility:hidden;background:url(a;b.png);visibility:visible",
    "display:none;background:url(&#39;a.png&#39;);display:block",
    "display:none;width:calc(1px + (2px * 3));display:block",
    "display:none;color:var(--c, rgb(1, 2, 3));display:block",
    "display:none;--x:{a:[1;2];b:&#39;c;d&#39;};display:block",
    "visibility:hidden; visibility: visible",
    "opacity:0;opacity:1",
    "font-size:0;font-size:12px",
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
    "opacity:0.1",
    "font-size:.9em",
    "font-size:85%",
    "transform:scaleX(0.5)",
    "transform:scaleX(-1)",
    "clip-path:inset(0 50% 0 0)",
    "clip-path:polygon(0 0, 100% 0, 100% 100%)",
    "margin-left:-50vw",
    "text-indent:100%",
    "overflow:clip;height:20px",
    "color:#fff;background:black",
    "color:rgb(0, 0, 0);background:rgb(250, 250, 250)",
    "opacity:.02",
    "position:absolute;width:0;height:0;min-width:100%;max-width:100%;min-height:100%;max-height:100%",
    "background:linear-gradient(red,blue);-webkit-background-clip:text;-webkit-text-fill-color:transparent",
    "background:linear-gradient(red,blue);background-clip:text;color:transparent",
]


@pytest.mark.parametrize("style", HIDDEN)
def test_text_that_its_style_hides_is_left_out(style: str) -> None:
    assert of_main(f"<p>{PROSE}</p><p style='{style}'>HIDDEN</p><p>End.</p>") == f"{PROSE}\n\nEnd."


@pytest.mark.parametrize("style", SHOWN)
def test_text_that_is_seen_stays(style: str) -> None:
    assert of_main(f"<p>{PROSE}</p><p style='{style}'>Seen.</p>") == f"{PROSE}\n\nSeen."


@pytest.mark.slow
@pytest.mark.parametrize("part", ["{filter:opacity(0.", "{transform:translate(", "{font:0,"])
def test_a_style_of_very_many_blocks_takes_linear_time(part: str) -> None:
    def judge(blocks: int) -> None:
        assert not hides(part * blocks)

    assert_linear(judge, 10_000)


@pytest.mark.slow
def test_a_path_of_very_many_points_takes_no_memory() -> None:
    style = f"clip-path:polygon({'0' * 500_000}x"
    tracemalloc.start()
    try:
        assert not hides(style)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert hides("clip-path: polygon(0 0, 0px 0%, 0)")

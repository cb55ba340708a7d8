from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main
from tests.support.growth import assert_linear

from llmstxt_sched.errors import FetchFailed


def test_of_several_slots_of_a_name_the_first_gets_what_is_for_them() -> None:
    card = (
        "<x-card><template shadowrootmode=open><slot name=a></slot><p>Then.</p><slot name=a><p>None.</p></slot>"
        "</template><p slot=a>Named.</p></x-card>"
    )
    assert markdown(f"<main><p>{PROSE}</p>{card}</main>") == f"{PROSE}\n\nNamed.\n\nThen.\n\nNone.\n"


@pytest.mark.parametrize(("host", "mode"), [("div", "none"), ("div", ""), ("ul", "open"), ("x-card", "opened")])
def test_no_other_template_is_a_shadow_root(host: str, mode: str) -> None:
    shadow = "<x-a><template shadowrootmode=open><p>Shown.</p></template></x-a>"
    other = f"<{host}><template shadowrootmode='{mode}'><p>INERT</p></template></{host}>"
    for page in (other, other + shadow):
        assert markdown(f"<main><p>{PROSE}</p>{page}</main>").replace("\n\nShown.", "") == f"{PROSE}\n"


@pytest.mark.parametrize("host", ["div", "section", "span", "h2", "x-card"])
def test_a_shadow_root_is_read_in_what_may_have_one(host: str) -> None:
    for mode in ("open", "Closed"):
        page = f"<{host}><template shadowrootmode={mode}>Shown.</template></{host}>"
        assert "Shown." in markdown(f"<main><p>{PROSE}</p>{page}</main>")


def test_the_first_template_of_a_host_is_its_shadow_root() -> None:
    templates = "<template><p>INERT</p></template>" + "".join(
        f"<template shadowrootmode=open><p>{text}</p><slot></slot></template>" for text in ("Shown.", "INERT")
    )
    page = f"<main><p>{PROSE}</p><div>{templates}<p>Light.</p></div></main>"
    assert markdown(page) == f"{PROSE}\n\nShown.\n\nLight.\n"


@pytest.mark.slow
def test_very_many_templates_in_one_host_take_linear_time() -> None:
    template = "<template shadowrootmode=open><slot></slot></template>"
    assert_linear(lambda number: markdown(f"<main><p>{PROSE}</p><div>{template * number}</div></main>"), 10_000)


def test_a_streamed_part_finds_its_place_on_a_page_with_a_shadow_root() -> None:
    page = (
        f"<main><p>{PROSE}</p><x-a><template shadowrootmode=open><p>Shown.</p></template></x-a>"
        '<!--$?--><template id="B:0"></template><p>LOADING</p><!--/$--></main><div hidden id="S:0"><p>Late.</p></div>'
    )
    assert markdown(page) == f"{PROSE}\n\nShown.\n\nLate.\n"


def test_of_two_streamed_parts_of_a_name_the_first_takes_the_place() -> None:
    parts = '<div hidden id="S:0"><p>First.</p></div><div hidden id="S:0"><p>Second.</p></div>'
    page = f'<main><p>{PROSE}</p><template id="B:0"></template><p>Late.</p><!--/$-->{parts}</main>'
    assert markdown(page) == f"{PROSE}\n\nFirst.\n\nSecond.\n"


@pytest.mark.parametrize("written", ["id='S:0'", "id=S:0", 'class="a" ID = "S:0"'])
def test_a_streamed_part_is_found_however_its_id_is_written(written: str) -> None:
    page = f"<main><p>{PROSE}</p><template id='B:0'></template></main><div hidden {written}><p>Late.</p></div>"
    assert markdown(page) == f"{PROSE}\n\nLate.\n"


def test_the_ids_of_streamed_parts_may_have_a_prefix() -> None:
    page = f"<main><p>{PROSE}</p><template id='app-B:0'></template></main><div hidden id=app-S:0><p>Late.</p></div>"
    assert markdown(page) == f"{PROSE}\n\nLate.\n"


@pytest.mark.parametrize(
    "told",
    [
        '<script>$RC=function(a,b){};$RC("B:1","S:0")</script>',
        '<script>$RR("B:1","S:0",[["/a.css","default"]])</script>',
        '<template data-rci="" data-bid="B:1" data-sid="S:0"></template>',
    ],
)
def test_a_streamed_part_takes_the_place_that_the_page_says(told: str) -> None:
    page = (
        f'<main><p>{PROSE}</p><!--$?--><template id="B:0"></template><p>LOADING</p><!--/$-->'
        '<!--$?--><template id="B:1"></template><p>LOADING</p><!--/$--></main>'
        f'<div hidden id="S:0"><p>Second.</p></div>{told}'
        '<div hidden id="S:a"><p>First.</p><template id="P:b"></template></div><script>$RC("B:0","S:a")</script>'
        '<div hidden id="S:c"><p>Its rest.</p></div><script>$RS("S:c","P:b")</script>'
    )
    assert markdown(page) == f"{PROSE}\n\nFirst.\n\nIts rest.\n\nSecond.\n"


@pytest.mark.parametrize("other", ["'B:7','S:0'", "'S:0','S:0'", "'B:0','B:1'"])
def test_what_a_script_says_of_no_place_of_the_page_counts_for_nothing(other: str) -> None:
    page = (
        f'<main><p>{PROSE}</p><template></template><!--$?--><template id="B:0"></template><!--/$--></main>'
        f'<div hidden id="S:0"><p>Late.</p></div><script>tell({other})</script>'
    )
    assert markdown(page) == f"{PROSE}\n\nLate.\n"


def test_streamed_parts_that_wait_for_each_other_are_not_lost() -> None:
    page = (
        f'<main><p>{PROSE}</p><div hidden id="S:0"><p>One.</p><template id="B:1"></template></div>'
        '<div hidden id="S:1"><p>Two.</p><template id="B:0"></template></div></main>'
    )
    assert markdown(page) == f"{PROSE}\n\nTwo.\n\nOne.\n"


def test_a_place_in_what_another_part_replaces_still_gets_its_part() -> None:
    page = (
        f'<main><p>{PROSE}</p><template id="B:0"></template><p>LOADING</p><template id="B:1"></template><!--/$-->'
        '<p>After.</p></main><div hidden id="S:0"><p>One.</p></div><div hidden id="S:1"><p>Two.</p></div>'
    )
    assert markdown(page) == f"{PROSE}\n\nOne.\n\nTwo.\n\nAfter.\n"


def test_streamed_parts_nest_no_deeper_than_elements() -> None:
    parts = [f'<div hidden id="S:{n}"><p>x</p><template id="B:{n + 1}"></template></div>' for n in range(600)]
    with pytest.raises(FetchFailed, match="nest deeper"):
        markdown("".join(reversed(parts)))


@pytest.mark.parametrize("end", ["<!--pl-0010-->", "<!pl-0010>"])
def test_what_solid_streams_late_takes_the_place_of_what_it_sent_first(end: str) -> None:
    place = f'<template id="pl-0010"></template><i>LOADING</i>{end}'
    inner = '<template id="pl-001010"></template>LOADING<!--pl-001010-->'
    late = f'<template id="0010"><b>Late</b> and {inner}</template><script>_$HY.r["0"]=1;$df("0010")</script>'
    latest = '<template id="001010">later</template><script>$df("001010");function $df(e,n){}</script>'
    page = f"<main><p>{PROSE}</p><p>First {place}.</p><template id=0><p>INERT</p></template></main>"
    assert markdown(page + late + latest) == f"{PROSE}\n\nFirst **Late** and later.\n"
    # No script says so.
    assert "LOADING" in markdown(page + late.replace("$df", "df"))


@pytest.mark.parametrize("script", ["$af(0)", '$af(0,"1")'])
def test_what_marko_streams_late_takes_its_place(script: str) -> None:
    for place in ("<span id=afph0>LOADING</span>", "<noscript id=afph0></noscript>"):
        page = f"<main><p>{PROSE}</p>{place}<p>After.</p></main>"
        late = f'<div id=af0 style="display:none"><p>Late.</p></div><script>{script}</script>'
        assert markdown(page + late) == f"{PROSE}\n\nLate.\n\nAfter.\n"
        assert "Late" not in markdown(page + late.replace("$af", "af"))


def test_what_solid_streams_nests_no_deeper_than_elements() -> None:
    parts = "".join(
        f'<template id="{at}"><div><template id="pl-{at + 1}"></template></div></template><script>$df("{at}")</script>'
        for at in range(400)
    )
    with pytest.raises(FetchFailed):
        markdown(f'<main><p>{PROSE}</p><template id="pl-0"></template></main>{parts}')
    swap = '<template id="a"><template id="pl-a"></template>x</template><script>$df("a")</script>'
    assert PROSE in markdown(f"<main><p>{PROSE}</p></main>{swap}")


def test_what_marko_6_streams_late_takes_the_place_between_its_comments() -> None:
    late = "<t hidden M_=a><p>Late <b>part</b>.</p></t><script>M._.w()</script>"
    for place in ("<!--M_!^a--><p>LOADING</p><!--M_!a-->", "<!--M_!a-->"):
        page = f"<main><p>{PROSE}</p>{place}<p>After.</p></main>"
        assert markdown(page + late) == f"{PROSE}\n\nLate **part**.\n\nAfter.\n"
        assert "Late" not in markdown(page + late.replace("M_=a", "M_=b"))
    inner = late.replace("Late <b>part</b>.", "One.</p><!--M_!^b--><p>LOADING</p><!--M_!b--><p>Three.")
    page = f"<main><p>{PROSE}</p><!--M_!a--></main>{inner}<t hidden M_=b><p>Two.</p></t>"
    assert markdown(page) == f"{PROSE}\n\nOne.\n\nTwo.\n\nThree.\n"


@pytest.mark.parametrize("slot", ["#title", "v-slot:header", '#summary=""'])
def test_a_title_for_a_slot_is_shown_where_it_stands(slot: str) -> None:
    tab = "<doc-tab id=a><template {}>{}</template><p>{}</p></doc-tab>"
    html = (
        "<doc-tabs>" + "".join(tab.format(slot, name, f"{PROSE} {name}.") for name in ("npm", "yarn")) + "</doc-tabs>"
    )
    assert of_main(html) == f"**npm**\n\n{PROSE} npm.\n\n**yarn**\n\n{PROSE} yarn."


@pytest.mark.parametrize("attribute", ["", " #row", " id=title"])
def test_what_is_for_a_script_to_write_is_not_shown(attribute: str) -> None:
    assert of_main(f"<p>{PROSE}</p><div><template{attribute}>Row</template></div>") == PROSE

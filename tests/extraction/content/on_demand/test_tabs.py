from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main
from tests.support.growth import assert_linear

A, B = "<pre><code class=language-sh>apt install x</code></pre>", "<pre><code class=language-sh>apk add x</code></pre>"
TABS = {
    "rspress": (
        "<div class=rp-tabs><div class='rp-tabs__label rp-tabs__label--no-scrollbar'>"
        "<div class='rp-tabs__label__item rp-tabs__label__item--selected' data-index=0>Debian</div>"
        "<div class='rp-tabs__label__item rp-tabs__label__item--not-selected' data-index=1>Alpine</div></div>"
        f"<div class=rp-tabs__content><div class=rp-tabs__content__item aria-hidden=false>{A}</div>"
        f"<div class='rp-tabs__content__item rp-tabs__content__item--hidden' aria-hidden=true>{B}</div></div></div>"
    ),
    "panels that name their tabs": (
        "<div role=tablist><button role=tab id=t1>Debian</button><button role=tab id=t2>Alpine</button></div>"
        f"<div role=tabpanel aria-labelledby=t1>{A}</div><div role=tabpanel aria-labelledby=t2 hidden>{B}</div>"
    ),
    "tabs that name their panels": (
        "<ul role=tablist><li><a role=tab href='#p1'>Debian</a><li><a role=tab href='#p2'>Alpine</a></ul>"
        f"<div role=tabpanel id=p1>{A}</div><div role=tabpanel id=p2 hidden>{B}</div>"
    ),
    "docusaurus": (
        "<div class=tabs-container><ul role=tablist class=tabs><li role=tab class=tabs__item>Debian</li>"
        f"<li role=tab class=tabs__item>Alpine</li></ul><div class=margin-top--md><div role=tabpanel>{A}</div>"
        f"<div role=tabpanel hidden>{B}</div></div></div>"
    ),
    "vitepress": (
        "<div class=vp-code-group><div class=tabs><input type=radio name=g id=a checked><label for=a>Debian</label>"
        "<input type=radio name=g id=b><label for=b>Alpine</label></div><div class=blocks>"
        f"<div class='language-sh active'><span class=lang>sh</span>{A}</div>"
        f"<div class=language-sh>{B}</div></div></div>"
    ),
    "material": (
        "<div class=tabbed-set><input id=a name=t type=radio><input id=b name=t type=radio><div class=tabbed-labels>"
        "<label for=a>Debian</label><label for=b>Alpine</label></div><div class=tabbed-content>"
        f"<div class=tabbed-block>{A}</div><div class=tabbed-block>{B}</div></div></div>"
    ),
    "sphinx-design": (
        "<div class=sd-tab-set><input id=a name=t type=radio><label class=sd-tab-label for=a>Debian</label>"
        f"<div>{A}</div>"
        f"<input id=b name=t type=radio><label class=sd-tab-label for=b>Alpine</label><div>{B}</div></div>"
    ),
    "bootstrap's pills": (
        "<ul class='nav nav-pills'><li><a data-toggle=pill href='#p1'>Debian</a>"
        "<li><a data-toggle=pill href='#p2'>Alpine</a></ul>"
        f"<div><div class=tab-pane id=p1>{A}</div><div class=tab-pane id=p2>{B}</div></div>"
    ),
    "relearn": (
        "<div class=tab-panel><div class=tab-nav><button class=tab-nav-button><span>Debian</span></button>"
        "<button class=tab-nav-button><span>Alpine</span></button></div><div class=tab-content>"
        f"<div class=tab-content-text><div class=tab-item>{A}</div><div class=tab-item>{B}</div></div></div></div>"
    ),
    "vuepress": (
        "<div class=theme-code-group><div><ul><li><button class=theme-code-group__nav-tab>Debian</button></li>"
        "<li><button class=theme-code-group__nav-tab>Alpine</button></li></ul></div>"
        f"<div class='theme-code-block theme-code-block__active'>{A}</div><div class=theme-code-block>{B}</div></div>"
    ),
    "webflow": (
        "<div class=w-tabs><div class=w-tab-menu><a data-w-tab='1' class='x w-tab-link'><div>Debian</div></a>"
        "<a data-w-tab='2' class='x w-tab-link'><div>Alpine</div></a></div><div class=w-tab-content>"
        f"<div data-w-tab='1' class=w-tab-pane>{A}</div><div data-w-tab='2' class=w-tab-pane>{B}</div></div></div>"
    ),
    "web components": (
        "<sl-tab-group><sl-tab slot=nav panel=b>Alpine</sl-tab><sl-tab slot=nav panel=a>Debian</sl-tab>"
        f"<sl-tab-panel name=a>{A}</sl-tab-panel><sl-tab-panel name=b>{B}</sl-tab-panel></sl-tab-group>"
    ),
    "web components by their places": (
        "<fluent-tabs><fluent-tab>Debian</fluent-tab><fluent-tab>Alpine</fluent-tab>"
        f"<fluent-tab-panel>{A}</fluent-tab-panel><fluent-tab-panel>{B}</fluent-tab-panel></fluent-tabs>"
    ),
    "web components whose tabs are panels": (
        "<c-tabs><c-tab-nav><c-tab-title>Debian</c-tab-title><c-tab-title>Alpine</c-tab-title></c-tab-nav>"
        f"<c-tab>{A}</c-tab><c-tab>{B}</c-tab></c-tabs>"
    ),
    "antora, with a place for a tab": (
        "<div class=tabset><div class='ulist tabs'><ul><li><p><a id=a></a>Debian</p></li><li><p><a id=b></a>Alpine</p>"
        f"</li></ul></div><div class=content><div class=tab-pane aria-labelledby=a>{A}</div>"
        f"<div class=tab-pane aria-labelledby=b>{B}</div></div></div>"
    ),
    "buttons with a handler each": (
        "<div><div><button class='tab-button active'>Debian</button><button class=tab-button>Alpine</button></div>"
        f"<div class=tab-content>{A}</div><div class=tab-content style='display:none'>{B}</div></div>"
    ),
    "writerside, until its script has drawn the tabs": (
        f"<div class=tabs><div class=tabs__content data-title=Debian>{A}</div>"
        f"<div class=tabs__content data-title=Alpine>{B}</div></div>"
    ),
    "vuepress 2, with titles for print": (
        "<div class=vp-tabs><div role=tablist><button role=tab aria-controls=a>Debian</button>"
        "<button role=tab aria-controls=b>Alpine</button></div>"
        f"<div id=a role=tabpanel><div class=vp-tab-title>Debian</div>{A}</div>"
        f"<div id=b role=tabpanel><div class=vp-tab-title>Alpine</div>{B}</div></div>"
    ),
    "dokka's platforms": (
        "<div class=with-platform-tabs><div data-toggle-list=x><button data-toggle=':d/deb'>Debian</button>"
        "<button data-toggle=':d/alp'>Alpine</button></div>"
        f"<div data-active data-togglable=':d/deb'>{A}</div><div data-togglable=':d/alp'>{B}</div></div>"
    ),
    "keys of a site's own": (
        "<div class=code-tabs><div><button data-tab=a>Debian</button><button data-tab=b>Alpine</button></div>"
        f"<div class=tab-body data-tab=a>{A}</div><div class=tab-body data-tab=b hidden>{B}</div></div>"
    ),
    "tabs by class that name their panels": (
        "<div><a class=tab data-target='#p1'>Debian</a><a class=tab data-target='#p2'>Alpine</a></div>"
        f"<div class=pane id=p1>{A}</div><div class=pane id=p2 style='display:none'>{B}</div>"
    ),
    "django": (
        "<div class=console-block><input id=a type=radio name=c><label for=a title=Debian>\uf17c/</label>"
        "<input id=b type=radio name=c><label for=b title=Alpine>\uf17a</label>"
        f"<section>{A}</section><section>{B}</section></div>"
    ),
    "elements that name their tab": f"<tab-item label=Debian>{A}</tab-item><tab-item label=Alpine>{B}</tab-item>",
    "panels that name their tab": (
        f"<div class=tab-panel data-label=Debian>{A}</div><div role=tabpanel aria-label=Alpine hidden>{B}</div>"
    ),
    "bootstrap": (
        "<ul class='nav nav-tabs'><li><a data-toggle=tab href='#p1'>Debian</a>"
        "<li><a data-toggle=tab href='#p2'>Alpine</a></ul>"
        f"<div class=tab-content><div class='tab-pane active' id=p1>{A}</div><div class=tab-pane id=p2>{B}</div></div>"
    ),
    "docsify": (
        "<div class=docsify-tabs><button class=docsify-tabs__tab>Debian</button>"
        f"<div class=docsify-tabs__content>{A}</div><button class=docsify-tabs__tab>Alpine</button>"
        f"<div class=docsify-tabs__content>{B}</div></div>"
    ),
    "mdbook": (
        "<div><nav class=mdbook-tabs><button class='mdbook-tab active'>Debian</button>"
        f"<button class=mdbook-tab>Alpine</button></nav><div class=mdbook-tab-content>{A}</div>"
        f"<div class='mdbook-tab-content hidden'>{B}</div></div>"
    ),
    "readme": (
        "<div class=CodeTabs><div class=CodeTabs-toolbar><button>Debian</button><button>Alpine</button></div>"
        f"<div class=CodeTabs-inner>{A}{B}</div></div>"
    ),
    "jquery ui": (
        "<div id=tabs><ul><li><a href='#t1'>Debian</a><li><a href='#t2'>Alpine</a></ul>"
        f"<div id=t1>{A}</div><div id=t2>{B}</div></div>"
    ),
    "w3schools": (
        "<div class=tab><button class=tablinks>Debian</button><button class=tablinks>Alpine</button></div>"
        f"<div class=tabcontent>{A}</div><div class=tabcontent style='display:none'>{B}</div>"
    ),
    "a list of tabs in a box of its own": (
        "<div><div><div role=tablist><button role=tab>Debian</button><button role=tab>Alpine</button></div></div>"
        f"<div><div role=tabpanel>{A}</div></div><div><div role=tabpanel hidden>{B}</div></div></div>"
    ),
    "no list, and panels beside the tabs": (
        "<div><button role=tab>Debian</button><button role=tab>Alpine</button>"
        f"<div role=tabpanel>{A}</div><div role=tabpanel hidden>{B}</div></div>"
    ),
    "antora": (
        "<div class='openblock tabs'><div class=content><div class='ulist tablist'><ul><li class=tab><p>Debian</p>"
        f"<li class=tab><p>Alpine</p></ul></div><div class=tabpanel>{A}</div><div class=tabpanel>{B}</div></div></div>"
    ),
}


@pytest.mark.parametrize("role", ["role=tabpanel", ""])
def test_an_accordion_of_bootstrap_3_is_a_list_of_tabs_with_all_that_they_show(role: str) -> None:
    group = (
        "<div class=panel><div class=panel-heading role=tab id=h{0}><h4><a role=button data-toggle=collapse "
        "data-parent='#accordion' href='#c{0}' aria-controls=c{0}>{0}</a></h4></div>"
        f"<div id=c{{0}} class='panel-collapse collapse' {role} aria-labelledby=h{{0}}>"
        "<div class=panel-body>{1}</div></div></div>"
    )
    groups = group.format("Debian", A) + group.format("Alpine", f"{PROSE}{B}")
    page = f"<p>{PROSE}</p><div class=panel-group id=accordion role=tablist aria-multiselectable=true>{groups}</div>"
    written = of_main(page)
    assert written.index("Debian") < written.index("apt install x") < written.index("Alpine") < written.index("apk add")


def test_a_list_of_tabs_alone_is_left_out() -> None:
    tabs = "".join(f"<li class=tab><span>Tab {at}</span></li>" for at in range(20))
    assert of_main(f"<p>{PROSE}</p><ul role=tablist>{tabs}</ul>") == PROSE
    long = "".join(f"<li><a href=#t{at}>A tab that has a rather long name, number {at}</a></li>" for at in range(5))
    assert of_main(f"<p>{PROSE}</p><ul role=tablist>{long}</ul>") == PROSE


def test_the_only_panel_that_is_written_is_that_of_the_tab_that_is_selected() -> None:
    tabs = "<li role=tab aria-selected=false>Debian</li><li role=tab aria-selected=true>Alpine</li>"
    page = f"<div><ul role=tablist>{tabs}</ul><div><div role=tabpanel>{B}</div></div></div>"
    assert of_main(page) == "**Alpine**\n\n```sh\napk add x\n```"


def test_tabs_without_a_panel_do_not_take_those_of_the_next_tabs() -> None:
    alone = "<div><div role=tablist><button role=tab>A</button><button role=tab>B</button></div></div>"
    tabs = "<div role=tablist><button role=tab>Debian</button><button role=tab>Alpine</button></div>"
    panels = f"<div role=tabpanel>{A}</div><div role=tabpanel>{B}</div>"
    written = of_main(f"<p>{PROSE}</p>{alone}<div><div>{tabs}</div><div>{panels}</div></div>")
    assert written.index("Debian") < written.index("apt install x") < written.index("Alpine")
    assert "**A**" not in written


def test_a_radio_button_that_was_a_tab_says_nothing() -> None:
    tab = "<li><input type=radio id={0}><label for={0}>{0}</label><div class=tab-content><p>Text.</p></div></li>"
    text = of_main(f"<p>{PROSE}</p><ul class=tabs>{tab.format('Debian')}{tab.format('Alpine')}</ul>")
    assert "**Debian**" in text
    assert "( )" not in text


def test_the_label_of_another_field_is_no_tab_beside_those_that_are() -> None:
    tabs = "".join(f"<input id={at} name=t type=radio><label for={at}>{at}</label><p>Panel {at}</p>" for at in "ab")
    text = of_main(f"<p>{PROSE}</p><div>{tabs}</div><label for=q>Name</label><div>What follows</div>")
    assert text.endswith("Panel b\n\nName\n\nWhat follows")


@pytest.mark.parametrize("name", TABS)
def test_each_panel_has_the_label_of_its_tab(name: str) -> None:
    text = of_main(f"<p>{PROSE}</p>{TABS[name]}")
    assert text == f"{PROSE}\n\n**Debian**\n\n```sh\napt install x\n```\n\n**Alpine**\n\n```sh\napk add x\n```"


NO_TABS = {
    "a tab in what is called its panel": (
        f"<div class=tab-content><div class=tab><h2>Debian</h2><p>For servers.</p>{A}</div></div>",
        "## Debian\n\nFor servers.\n\n```sh",
    ),
    "several of them": (
        "".join(f"<div class=tab-content><div class=tab><h2>{name}</h2>{A}</div></div>" for name in ("x", "Alpine")),
        "## Alpine\n\n```sh",
    ),
    "contents": (
        f"<div id=tabs><ul><li><a href='#t1'>Debian</a></ul><div id=t1><h2>Debian</h2>{A}</div></div>",
        "## Debian\n\n```sh",
    ),
    "links to other places": (
        f"<div id=tabs><ul><li><a href='#t1'>Debian</a><li><a href=/b>Alpine</a></ul><div id=t1>{A}</div></div>",
        "[Alpine](https://docs.example/b)\n\n```sh",
    ),
}


@pytest.mark.parametrize("name", NO_TABS)
def test_what_is_only_called_so_is_no_tab(name: str) -> None:
    html, text = NO_TABS[name]
    assert text in of_main(f"<p>{PROSE}</p>{html}")


def test_no_answer_of_a_question_is_the_tab_of_the_next() -> None:
    answer = "<li><input type=radio name=q id={0}><label for={0}>{0}</label></li>"
    answers = "".join(answer.format(name) for name in ("Red", "Green", "Blue"))
    assert of_main(f"<p>{PROSE}</p><ul>{answers}</ul>") == f"{PROSE}\n\n- ( ) Red\n- ( ) Green\n- ( ) Blue"


UNNAMED = {
    "answers of a question": (
        "<div><input type=radio id=a><label for=a>True</label><input type=radio id=b><label for=b>False</label>"
        f"<div>{A}</div><div>{B}</div></div>"
    ),
    "what is around panels": f"<div class=tab-content aria-label=Tabs><div class=tab-pane>{A}</div>{B}</div>",
    "a tip": f"<div class=tab-item title='A tip'>{A}{B}</div>",
    "a hidden tip": f"<div>{A}{B}</div><div class=tab-item style='display:none' title=Spam><p>Spam</p></div>",
    "a panel that says its name": f"<div role=tabpanel aria-label=Installation><h3>Installation</h3>{A}{B}</div>",
}


@pytest.mark.parametrize("name", UNNAMED)
def test_what_names_no_tab_labels_no_panel(name: str) -> None:
    text = of_main(f"<p>{PROSE}</p>{UNNAMED[name]}")
    assert "**" not in text
    assert "Spam" not in text


def test_a_panel_that_several_tabs_filter_is_named_by_the_one_that_is_selected() -> None:
    tabs = (
        "<button id=t0 role=tab aria-selected=true aria-controls=p>All</button>"
        "<button id=t1 role=tab aria-selected=false aria-controls=p>Some</button>"
    )
    panel = f"<div id=p role=tabpanel aria-labelledby=t1><p>{PROSE}</p></div>"
    assert of_main(f"<div role=tablist>{tabs}</div>{panel}") == f"**All**\n\n{PROSE}"


def test_what_leaves_rows_out_of_a_table_of_javadoc_names_no_panel() -> None:
    tabs = (
        "<button id=t0 role=tab aria-selected=true aria-controls=p class=active-table-tab>All Methods</button>"
        "<button id=t1 role=tab aria-selected=false aria-controls=p class=table-tab>Static Methods</button>"
    )
    panel = f"<div id=p role=tabpanel aria-labelledby=t0><p>{PROSE}</p></div>"
    assert of_main(f"<div role=tablist class=table-tabs>{tabs}</div>{panel}") == PROSE


def test_a_list_without_keys_is_no_list_of_tabs() -> None:
    html = "<ul data-toggle-list><li>Grind</li><li>Sift</li></ul><p>By stone.</p><p>By hand.</p>"
    assert of_main(f"<p>{PROSE}</p>{html}") == f"{PROSE}\n\n- Grind\n- Sift\n\nBy stone.\n\nBy hand."


@pytest.mark.slow
def test_named_panels_in_one_another_are_read_in_linear_time() -> None:
    def read(depth: int) -> None:
        panels = "<div role=tabpanel aria-label=x><div>" * depth + "<b>By card</b> " * (40 * depth)
        assert of_main(f"<p>{PROSE}</p>{panels}{'</div></div>' * depth}").endswith("**By card**")

    assert_linear(read, 200)


def test_tabs_that_are_links_to_other_pages_label_nothing_beside_them() -> None:
    tabs = "<div role=tablist><a role=tab href=/r/mill>Overview</a><a role=tab href=/r/mill/tags>Tags</a></div>"
    page = f"<div>{tabs}<div><div><p>{PROSE}</p></div><div><p>{PROSE} Twice.</p></div></div></div>"
    assert of_main(page) == f"{PROSE}\n\n{PROSE} Twice."


def test_a_tab_of_nothing_that_is_published_has_no_label() -> None:
    # Compodoc's of the source of a class, and of a tree that a script draws.
    tabs = "".join(
        f"<li><a href='#{name}' role=tab data-bs-toggle=tab>{name.title()}</a>" for name in ("info", "source", "tree")
    )
    panels = (
        f"<div class='tab-pane active' id=info><p>{PROSE}</p></div>"
        "<div class='tab-pane tab-source-code' id=source><pre><code>class Mill {}</code></pre></div>"
        "<div class=tab-pane id=tree><div id=tree-container></div><div class=tree-legend>Html element</div></div>"
    )
    page = f"<main><h1>Mill</h1><ul role=tablist class='nav nav-tabs'>{tabs}</ul><div class=tab-content>{panels}</div>"
    assert markdown(page) == f"# Mill\n\n**Info**\n\n{PROSE}\n"


def test_panels_that_are_called_tabs_name_none_of_the_panels_before_them() -> None:
    tabs = "<ul><li><a data-toggle=tab href='#a'>Debian</a><li><a data-toggle=tab href='#b'>Alpine</a>"
    panels = f"<div class=tab-content><div class=tab-pane id=a>{A}</div><div class=tab-pane id=b>{B}</div></div>"
    others = "<div class=tabs><div class=tab><pre>one</pre></div><div class=tab><pre>two</pre></div></div>"
    for before, after in (("", others), (others, "")):
        written = of_main(f"<p>{PROSE}</p>{before}{tabs}</ul>{panels}{after}")
        assert "**Debian**\n\n```sh\napt" in written
        assert "```\none\n```\n\n```\ntwo\n```" in written


def test_panels_of_web_components_without_blocks_are_set_apart() -> None:
    panels = "<x-tab-panel>Uses apt.</x-tab-panel><x-tab-panel>Uses apk.</x-tab-panel>"
    tabs = f"<x-tabs><x-tab>Debian</x-tab><x-tab>Alpine</x-tab>{panels}</x-tabs>"
    named = "<x-tabs><x-tab label=Debian>Uses apt.</x-tab><x-tab label=Alpine>Uses apk.</x-tab></x-tabs>"
    for html in (tabs, named):
        assert of_main(f"<p>{PROSE}</p>{html}") == f"{PROSE}\n\n**Debian**\n\nUses apt.\n\n**Alpine**\n\nUses apk."


def test_a_web_component_in_a_sentence_is_a_word_of_it() -> None:
    text = "<p>Press <k-tab>Tab</k-tab>, then <ui-details>more</ui-details> to go on.</p>"
    assert of_main(f"<p>{PROSE}</p>{text}") == f"{PROSE}\n\nPress Tab, then more to go on."


def test_what_a_web_component_folds_has_the_name_that_its_attribute_says() -> None:
    folded = "<sl-details summary='Which gate?'>The lower one.</sl-details><x-accordion-item heading=How>By hand."
    assert of_main(f"<p>{PROSE}</p>{folded}</x-accordion-item>") == (
        f"{PROSE}\n\n**Which gate?**\n\nThe lower one.\n\n**How**\n\nBy hand."
    )

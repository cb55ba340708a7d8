from __future__ import annotations

from time import process_time

import pytest
from tests.extraction.reading import PROSE, URL, markdown, read

from llmstxt_sched.extraction.dom.picks import Picks
from llmstxt_sched.extraction.extract import extract


def test_a_declarative_shadow_root_is_shown_with_its_slots_filled() -> None:
    card = (
        "<x-card><template shadowrootmode=open><h2>Sluice</h2><slot name=a>None.</slot><slot></slot></template>"
        "<p>Light.</p><p slot=a>Named.</p></x-card><template><p>BLUEPRINT</p></template>"
    )
    assert markdown(f"<main><p>{PROSE}</p>{card}</main>") == f"{PROSE}\n\n## Sluice\n\nNamed.\n\nLight.\n"


@pytest.mark.parametrize("role", ["NAVIGATION", "Navigation", " navigation\n", "navigation doc-toc"])
def test_a_role_is_one_however_it_is_written(role: str) -> None:
    page = read(f"<div role='{role}'>JUNK {PROSE}</div><div ROLE='Main'><p>{PROSE}</p></div>")
    assert page.markdown == f"{PROSE}\n"


def test_what_react_streams_later_takes_its_place() -> None:
    page = (
        '<main><!--$?--><template id="B:0"></template><p>LOADING</p><!--/$--><p>After.</p></main>'
        f'<div hidden id="S:0"><h1>T</h1><p>{PROSE}</p></div><script>$RC("B:0","S:0")</script>'
    )
    assert markdown(page) == f"# T\n\n{PROSE}\n\nAfter.\n"


def test_a_page_with_nothing_else_is_its_noscript() -> None:
    page = read(f"<div id=root></div><noscript><h1>T</h1><p>{PROSE}</p><a href=/gates>All gates</a></noscript>")
    assert page.markdown == f"# T\n\n{PROSE}\n\n[All gates](https://docs.example/gates)\n"
    assert page.links == ("https://docs.example/gates",)
    asked = read("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>")
    assert asked.markdown.strip() == ""


XML = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title><script src="a.js"/></head><body>'
    "<div class='main'><p>{}</p><div/><a id='x'/><p>Caf&eacute;&nbsp;&amp; bar</p><![CDATA[raw]]></div></body></html>"
)


def test_a_page_sent_as_xml_is_read_as_xml() -> None:
    page = extract(XML.format(PROSE).encode(), URL, "application/xhtml+xml")
    assert page.extract.title == "T"
    assert page.markdown == f"{PROSE}\n\nCafé & bar\n\nraw\n"


def test_xml_that_is_none_is_read_as_html() -> None:
    assert extract(f"<main><p>{PROSE}<br></main>".encode(), URL, "application/xhtml+xml").markdown == f"{PROSE}\n"


def test_xml_reads_no_entity_of_its_own() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "EXPANDED"><!ENTITY b SYSTEM "file:///etc/passwd">]><html><body><p>&a;&b;{}</p></body></html>'
    text = extract(bomb.format(PROSE).encode(), URL, "application/xhtml+xml").markdown
    assert "EXPANDED" not in text
    assert "root:" not in text


PAGE = f"<body><nav class=a><p>Menu text.</p></nav>Stray<main><h1>T</h1><p class=x>One.</p><p>{PROSE}</p></main></body>"


def test_a_project_drops_and_keeps_what_its_selectors_match() -> None:
    def of(picks: Picks) -> str:
        return extract(PAGE.encode(), URL, "text/html", picks).markdown

    assert of(Picks(drop=(".x", "h1"))) == f"{PROSE}\n"
    assert of(Picks(keep=(".a", "p.x"))) == "Menu text.\n\nOne.\n"
    assert of(Picks(keep=(".none",))) == f"# T\n\nOne.\n\n{PROSE}\n"


def test_a_second_document_type_is_no_element() -> None:
    page = f"<main><h1>T</h1><!doctype html><p class=x>One.</p><template></template><p>{PROSE}</p></main>"
    assert extract(page.encode(), URL, "text/html", Picks(drop=(".x",))).markdown == f"# T\n\n{PROSE}\n"
    assert markdown(page) == f"# T\n\nOne.\n\n{PROSE}\n"


def test_a_link_around_blocks_is_on_the_first_of_them() -> None:
    page = f"<main><a href=/gates><h2>Gates</h2><p>{PROSE}</p></a><template></template></main>"
    assert markdown(page) == f"## [Gates](https://docs.example/gates)\n\n{PROSE}\n"


@pytest.mark.parametrize("part", ["<!DOCTYPE html ", "<!DOCTYPE a [", "&a", "<a:b"])
def test_long_hostile_xml_is_read_in_linear_time(part: str) -> None:
    extract((part * 60_000).encode(), URL, "application/xhtml+xml")


@pytest.mark.parametrize("kept", ["", "<template></template>"])
def test_invisible_characters_go_before_what_they_stand_in_is_escaped(kept: str) -> None:
    hidden = "&lt;\u200bb>, [x]&#8203;(http://evil.example), \\\u00ad&lt;i>"
    page = (
        f"<main><h1>T</h1><p>\U000e0041# H</p><p>{hidden}</p><pre>`\u2060``</pre><img alt='\ufeff&lt;b>'>{kept}</main>"
    )
    assert (
        markdown(page) == "# T\n\n\\# H\n\n\\<b>, [x\\](http://evil.example), \\\\\\<i>\n\n````\n```\n````\n\n\\<b>\n"
    )
    xml = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{hidden}</p></body></html>'
    text = extract(xml.encode(), URL, "application/xhtml+xml").markdown
    assert text == "\\<b>, [x\\](http://evil.example), \\\\\\<i>\n"


def test_the_attributes_of_the_root_of_xml_are_read() -> None:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de"><body><p>{PROSE}</p></body></html>'
    assert extract(page.encode(), URL, "application/xhtml+xml").language == "de"


def test_the_labels_of_doxygen_are_words_of_their_own() -> None:
    labels = '<span class="mlabels"><span class="mlabel">inline</span><span class="mlabel">static</span></span>'
    page = f"<main><h1>Gate Class{labels}</h1><p>{PROSE}</p><p><code>int n{labels}</code></p></main>"
    assert markdown(page) == f"# Gate Class inline static\n\n{PROSE}\n\n`int n inline static`\n"


def test_the_labels_of_dartdoc_are_words_of_their_own() -> None:
    labels = "<div class=features><span class=feature>final</span><span class=feature>inherited</span></div>"
    assert markdown(f"<main><h1>Gate</h1><p>{PROSE}</p>{labels}</main>").endswith("\n\nfinal inherited\n")


def test_what_a_card_of_starlight_says_of_its_link_is_apart_from_it() -> None:
    card = (
        "<span class='sl-flex stack'><a href=/g><span>Gates</span></a><span class=description>All of them</span></span>"
    )
    page = f"<main><h1>Mill</h1><p>{PROSE}</p><div class=sl-link-card>{card}</div></main>"
    assert markdown(page).endswith("\n\n[Gates](https://docs.example/g) All of them\n")


def test_cards_with_nothing_between_them_are_words_of_their_own() -> None:
    links = "<a href=/a>Gates</a><a href=/b>Valves</a>"
    page = f"<main><p>{PROSE}</p><div class='nextra-cards nx-mt-4'>{links}</div><pre><div>{links}</div></pre></main>"
    cards = "[Gates](https://docs.example/a) [Valves](https://docs.example/b)"
    assert markdown(page) == f"{PROSE}\n\n{cards}\n\n```\nGatesValves\n```\n"


def test_the_lines_of_a_title_of_vitepress_are_words_of_their_own() -> None:
    lines = '<span class="name clip">Gate</span><span class="text">Opens and shuts</span>'
    page = f'<main><h1 class="heading">{lines}</h1><p>{PROSE} <b>{lines}</b></p></main>'
    assert markdown(page) == f"# Gate Opens and shuts\n\n{PROSE} **GateOpens and shuts**\n"


def test_a_block_of_code_of_writerside_keeps_its_lines() -> None:
    code = "\nfun mill() {\n    turn&lt;T&gt;()\n}\n"
    page = f'<main><h1>Mill</h1><div class="code-block" data-lang="kotlin">{code}</div></main>'
    assert markdown(page) == "# Mill\n\n```kotlin\nfun mill() {\n    turn<T>()\n}\n```\n"
    around = f'<main><div class="code-block" data-lang="sh"><p>{PROSE}</p><pre>mill</pre></div></main>'
    assert markdown(around) == f"{PROSE}\n\n```sh\nmill\n```\n"


def test_the_name_of_a_file_beside_its_code_is_no_line_of_it() -> None:
    code = "<div><pre class=language-hcl><div>a = 1</div><div>b = 2</div></pre></div>"
    page = f"<main><p>{PROSE}</p><pre><div><div><b>main.tf</b><button>Copy</button></div>{code}</div></pre></main>"
    assert markdown(page) == f"{PROSE}\n\n**main.tf**\n\n```hcl\na = 1\nb = 2\n```\n"
    numbered = "<main><pre><pre>1\n2</pre><code>a = 1\nb = 2</code></pre></main>"
    assert "```\n" in markdown(numbered)


def test_what_redoc_has_in_buttons_of_an_operation_is_content() -> None:
    path = "<button><span class='x http-verb get'>get</span><span>/gates/{id}</span><svg></svg></button>"
    answers = (
        "<button><svg></svg><strong>200 </strong><span><p>A gate.</p></span></button>"
        "<button disabled><strong>default</strong><span><p>An error.</p></span></button><button><b>Copy</b></button>"
    )
    page = f"<div class=api-content><h2>Gates</h2><p>{PROSE}</p><h3>Responses</h3><div>{answers}</div>{path}</div>"
    written = f"## Gates\n\n{PROSE}\n\n### Responses\n\n**200**\n\nA gate.\n\n**default**\n\nAn error.\n\n"
    assert markdown(page) == f"{written}```\nGET /gates/{{id}}\n```\n"


def test_a_sample_of_json_in_redoc_is_code() -> None:
    item = '<li><div><span>"tag"</span>: <span>"a"</span></div></li>'
    sample = f'<code><button></button>{{<ul><li><div>"all": [<ul>{item}</ul>]</div></li></ul>}}</code>'
    page = f"<main><p>{PROSE}</p><div><div class=redoc-json>{sample}</div></div></main>"
    assert markdown(page) == f'{PROSE}\n\n```json\n{{\n  "all": [\n    "tag": "a"\n  ]\n}}\n```\n'


def test_deep_samples_of_json_take_no_time_and_are_indented_no_further() -> None:
    deep = "<ul><li>" * 150 + "<li>x" * 20_000
    begin = process_time()
    assert len(markdown(f"<main><p>{PROSE}</p><div class=redoc-json>{deep}</div></main>")) < 1_200_000
    assert process_time() - begin < 3


def test_lists_that_lay_out_a_page_of_javadoc_are_none() -> None:
    inner = f"<ul class=blockList><li class=blockList><h4>turn</h4><p>{PROSE}</p></li></ul>"
    page = (
        f"<main><ul class=blockList><li class=blockList><h3>Method Detail</h3>{inner}</li></ul><ul><li>One</ul></main>"
    )
    assert markdown(page) == f"### Method Detail\n\n#### turn\n\n{PROSE}\n\n- One\n"


def test_the_lists_of_newer_javadoc_lay_out_its_page_as_well() -> None:
    inner = f"<ul class=member-list><li><section><h3>turn</h3><p>{PROSE}</p></section></ul>"
    page = f"<main><ul class=details-list><li><section><h2>Method Details</h2>{inner}</section></ul></main>"
    assert markdown(page) == f"## Method Details\n\n### turn\n\n{PROSE}\n"


def test_a_list_that_is_called_like_one_of_javadoc_is_a_list() -> None:
    page = f"<main><h1>Team</h1><p>{PROSE}</p><ul class=member-list><li>Alice<li>Bob<ul><li>deputy</ul></ul></main>"
    assert markdown(page) == f"# Team\n\n{PROSE}\n\n- Alice\n- Bob\n  - deputy\n"


def test_the_code_of_an_example_that_can_be_run_is_code() -> None:
    code = (
        '<textarea class="Documentation-exampleCode code" spellcheck=false>package main\n\nfunc main() {}\n</textarea>'
    )
    page = f"<main><h1>T</h1><p>{PROSE}</p>{code}<textarea>Your comment</textarea></main>"
    assert markdown(page) == f"# T\n\n{PROSE}\n\n```\npackage main\n\nfunc main() {{}}\n```\n"

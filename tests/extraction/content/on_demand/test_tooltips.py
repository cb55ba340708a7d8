from __future__ import annotations

from tests.extraction.reading import of_main

from llmstxt_sched.extraction.content.boilerplate import drop_boilerplate
from llmstxt_sched.extraction.dom.parse import parse


def test_a_signature_over_the_link_to_a_method_is_left_out() -> None:
    link = "<a href=a class=tooltip><span>dup(depth : <b>Int</b>)<br>dup</span>\ndup</a>"
    assert of_main(f"<h1>T</h1><p>Of Object: {link}, {link}</p>").count("dup") == 2
    assert "depth" not in of_main(f"<h1>T</h1><p>Of Object: {link}</p>")


def test_words_of_a_link_that_it_does_not_say_twice_stay() -> None:
    for link in ("<a href=a class=tooltip><span>Mill</span> grinds</a>", "<a href=a><span>dup</span> dup</a>"):
        assert link.split(">")[2].split("<")[0] in of_main(f"<h1>T</h1><p>Of it: {link}</p>")


def test_a_sign_that_more_is_said_makes_place_for_that() -> None:
    example = "<div class=example-wrap>{}<pre>panic!()</pre></div>"
    told = "<a href='#' class=tooltip title='This example panics'>\u24d8</a>"
    assert of_main(f"<h1>T</h1>{example.format(told)}") == "# T\n\nThis example panics\n\n```\npanic!()\n```"
    drawn = "<div class='tooltip should_panic'>\u24d8</div>"
    assert of_main(f"<h1>T</h1>{example.format(drawn)}") == "# T\n\n```\npanic!()\n```"
    assert "](" in of_main("<h1>T</h1><p>Of it: <a href=/more class=tooltip>\u24d8</a></p>")
    assert of_main("<h1>T</h1><p>The sign \u24d8 says more.</p>").endswith("The sign \u24d8 says more.")


def test_what_is_left_out_with_a_menu_is_not_counted_again() -> None:
    links = "<a href=a class=tooltip><span>dup(depth)</span>dup</a>" * 10
    hidden = "<a href=a class=tooltip><span hidden>dup(depth)</span>dup</a>"
    tree = parse(f"<body><nav>{links}</nav><p>Of it: {hidden}</p></body>", as_xml=False)
    drop_boilerplate(tree)
    assert tree.body.chars == len("Of it:dup")

from __future__ import annotations

from tests.extraction.reading import of_main


def test_a_signature_over_the_link_to_a_method_is_left_out() -> None:
    link = "<a href=a class=tooltip><span>dup(depth : <b>Int</b>)<br>dup</span>\ndup</a>"
    assert of_main(f"<h1>T</h1><p>Of Object: {link}, {link}</p>").count("dup") == 2
    assert "depth" not in of_main(f"<h1>T</h1><p>Of Object: {link}</p>")


def test_words_of_a_link_that_it_does_not_say_twice_stay() -> None:
    for link in ("<a href=a class=tooltip><span>Mill</span> grinds</a>", "<a href=a><span>dup</span> dup</a>"):
        assert link.split(">")[2].split("<")[0] in of_main(f"<h1>T</h1><p>Of it: {link}</p>")

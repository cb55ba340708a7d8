from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main

OPTIONS = "<select><option value=npm>npm<option value=yarn>Yarn</select>"
CHOICES = {
    "by their ids": f"{OPTIONS}<div id=npm><pre>npm i x</pre></div><div id=yarn hidden><pre>yarn add x</pre></div>",
    "by an attribute of the site's own": (
        f"<p>{OPTIONS}</p><div><div data-for=npm><pre>npm i x</pre></div>"
        "<div data-for=yarn style='display:none'><pre>yarn add x</pre></div></div>"
    ),
    "by their classes, shown until a script has run": (
        f"<div class=bar>{OPTIONS}</div><pre class='code npm'>npm i x</pre><pre class='code yarn'>yarn add x</pre>"
    ),
    "by their places": (
        "<div><select><option>npm<option>Yarn</select><div><pre>npm i x</pre></div>"
        "<div style='display:none'><pre>yarn add x</pre></div></div>"
    ),
}


@pytest.mark.parametrize("kind", CHOICES)
def test_blocks_that_a_list_of_options_shows_are_named_by_its_options(kind: str) -> None:
    written = of_main(f"<h1>T</h1><p>{PROSE}</p>{CHOICES[kind]}")
    assert written.endswith("**npm**\n\n```\nnpm i x\n```\n\n**Yarn**\n\n```\nyarn add x\n```")


@pytest.mark.parametrize(
    "said",
    [
        "<div id=npm><h2>npm</h2><p>Short.</p></div><div id=yarn><h2>Yarn</h2><p>Long.</p></div>",
        "<div><pre>npm i x</pre></div><div><pre>make</pre></div>",
        "<div id=npm><pre>npm i x</pre></div><p>Behind.</p>",
    ],
)
def test_a_list_of_options_that_shows_nothing_names_nothing(said: str) -> None:
    assert "**" not in of_main(f"<h1>T</h1><p>{PROSE}</p>{OPTIONS}{said}")


def test_of_alternatives_that_are_all_hidden_the_default_is_read() -> None:
    mac = "<span hidden=true id=MAC_1 class=MAC>Mill - Preferences</span>"
    other = "<span hidden=true id=default_1>Tools - Options</span>"
    text = f"<p>Choose <span class=switchinline>{mac}{other}</span> - Mill.</p>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{text}") == f"# T\n\n{PROSE}\n\nChoose Tools - Options - Mill."
    for hidden in (other, f"{mac}{other} JUST", f"<b>JUST</b>{other}"):
        switch = f"<span class=switchinline>{hidden}</span>"
        assert "Tools" not in of_main(f"<h1>T</h1><p>{PROSE}</p><p>Choose {switch} - Mill.</p>")
    dialogs = "<div><div hidden id=default-dialog>JUNK</div><div hidden id=other-dialog>JUNK</div></div>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{dialogs}") == f"# T\n\n{PROSE}"

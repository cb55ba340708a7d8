from __future__ import annotations

import pytest
from tests.extraction.reading import of_main

HEAD = "<tr><th>mill<th>fast</tr>"
YES, NO = "\u2713", "\u2717"


@pytest.mark.parametrize(
    ("icon", "sign"),
    [
        ("<i class='fa fa-check' aria-hidden=true></i>", YES),
        ("<i class='fas fa-circle-xmark red'></i>", NO),
        ("<span class='glyphicon glyphicon-remove'></span>", NO),
        ("<i class='bi bi-check2-circle'></i>", YES),
        ("<svg class='lucide lucide-x'><path d=x></path></svg>", NO),
        ("<svg><use href=/icons.svg#icon-check></use></svg>", YES),
        ("<i class=material-icons>close</i>", NO),
        ("<i class='fa fa-gear'></i>", ""),
        ("<i class='fa fa-check' style='display:none'></i>", ""),
        ("<i class='fa fa-check' title=some></i>", "some"),
        ("<i class='fa fa-check'></i> on oak", "on oak"),
        ("<i class=material-icons>cloud</i>", ""),
        ("<i class=material-icons>clear</i>", NO),
        ("<div class=clear></div>", ""),
        ("<span class=checkbox></span>", ""),
        ("<i class=no-icon></i>", ""),
        ("<span hidden><i class='fa fa-check'></i></span>", ""),
        ("<span style=display:none><i class='fa fa-check'></i></span><i class='fa fa-times'></i>", NO),
        ("<button><i class='fa fa-times'></i></button>", ""),
        ("<a href=#note><i class='fa fa-check'></i></a>", YES),
    ],
)
def test_an_icon_that_is_all_of_a_cell_says_yes_or_no(icon: str, sign: str) -> None:
    written = of_main(f"<table>{HEAD}<tr><td>upper</td><td>{icon}</td></tr></table>")
    assert written.splitlines()[-1] == f"| upper | {sign} |"


def test_items_of_which_some_have_a_tick_and_some_a_cross_keep_them() -> None:
    tick, cross = "<i class='fa fa-check'></i>", "<span class=fa-li><i class='fa fa-times'></i></span>"
    assert of_main(f"<ul><li>{tick} fast<li>{cross} loud</ul>") == f"- {YES} fast\n- {NO} loud"
    assert of_main(f"<ul><li>{tick} fast<li>{tick} loud</ul>") == "- fast\n- loud"
    assert of_main(f"<ul><li>{tick} fast<li>loud<li>{cross} slow</ul>") == "- fast\n- loud\n- slow"
    names = "<li><i class=material-icons>check</i> fast<li><i class=material-icons>close</i> loud"
    assert of_main(f"<ul>{names}</ul>") == f"- {YES} fast\n- {NO} loud"

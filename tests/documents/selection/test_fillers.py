from __future__ import annotations

import time

import pytest

from llmstxt_sched.documents.selection.fillers import is_filler


@pytest.mark.parametrize(
    "text",
    [
        "API docs for the Client class from the http library, for the Dart programming language.",
        "http library API docs, for the Dart programming language.",
        "Source of the Rust file `src/lib.rs`.",
        "List of all items in this crate",
        "{{ page.description }}",
        "{{ $page.description }} of the site",
        "{{ page.title }} - all about the mill and its tools",
        "{% block description %}The mill for everybody{% endblock %}",
        "<%= desc %> and all that is about it",
        "{% if page.description %}",
        "<%= description %>",
        "${description}",
        "[object Object]",
        "undefined | undefined",
        "Description will go into a meta tag in <head />",
        "A Vue.js project",
        "Welcome to Astro.",
        "Astro's default starter",
        "A starter template for Next.js",
        "A Jekyll theme for documentation",
        "Enter your description here",
        "TODO: add description",
        "A brief description of this page.",
        "My app description",
        "Documentation built with MkDocs.",
        "Table of contents",
    ],
)
def test_what_generators_and_templates_write_is_no_description(text: str) -> None:
    assert is_filler(text)


@pytest.mark.parametrize(
    "text",
    [
        "Source code of the Rust file parser, explained line by line.",
        "A Vue.js project can be tested with Vitest and a browser.",
        "The page object of Jekyll ({{ page.title }}) holds what the front matter says.",
        "Describes the description field of a package and how it is written.",
        "${name} is expanded to the value of the variable before the command is run.",
        "API docs for partners are signed with a key of their own.",
        "Welcome to Astro's guide to islands, which load only the scripts that they need.",
        "Your site description is what search engines show below its title.",
        "Source of the events that a stream gives, and how to close it.",
        "A Gatsby project has a config file in its root that lists plugins.",
        "A static website is served from one folder, without a program.",
    ],
)
def test_a_sentence_that_begins_like_one_of_them_is_one(text: str) -> None:
    assert not is_filler(text)


@pytest.mark.parametrize("part", ["{{", "<%", "api docs ", "site ", "a ", "undefined ", "${"])
def test_no_text_takes_long(part: str) -> None:
    begin = time.process_time()
    for _ in range(20):
        is_filler(part * 600)
    assert time.process_time() - begin < 1


def test_the_documentation_of_a_language_for_templates_may_begin_with_it() -> None:
    assert not is_filler("{% block %} defines a block that child templates can override.")
    assert not is_filler("${POSTGRES_USER} sets the name of the user of the database.")
    assert not is_filler("{{ content }} stands for the body of the page in a layout.")

"""The rules for an llms.txt: what breaks it, what makes some readers stumble, what could be better.

They are those of the proposal (its second version, 10 August 2026), of its reference parser (`llms-txt` on PyPI), which
raises on files that the proposal allows, and of the validators and agents that read such files.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from llmstxt_sched.documents.model import MAX_CHARS
from llmstxt_sched.documents.text import NOTE_CHARS, TITLE_CHARS


class Level(StrEnum):
    """How bad it is to break a rule: some reader fails, some reader stumbles, or none does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class CheckRule(Struct, frozen=True):
    """A rule; `what` completes "this line" or "this file", `why` is a sentence."""

    id: str
    level: Level
    what: str
    why: str


class Finding(Struct, frozen=True):
    """A rule that is broken; `line` counts from 1, and is 0 if it concerns the whole file."""

    line: int
    level: Level
    rule: str
    message: str


_PARSER = "the reference parser"
_ERRORS = (
    ("utf-8", "is not UTF-8 from here on", "Every reader decodes the file as UTF-8."),
    (
        "bom",
        "begins with a byte order mark",
        f"The proposal allows one, but {_PARSER} does not see the name behind it.",
    ),
    ("name", "stands where `# Name` should", "The name comes first, and is the one thing that the proposal requires."),
    ("second-name", "is a second heading of the first level", f"A file has one name; in a section {_PARSER} raises."),
    (
        "opening",
        "has no empty line below its name, or nothing after that",
        f"The proposal requires no more than the name, but {_PARSER} raises.",
    ),
    (
        "heading",
        "is a heading between the name and the first section",
        f"The proposal allows none there, and {_PARSER} takes it for a section.",
    ),
    (
        "link",
        "is no `- [title](url): note`, as every line of a section is",
        f"A section holds a list of links; {_PARSER} raises at anything else, lists with `*` or numbers included.",
    ),
)
_WARNINGS = (
    ("line-ends", "has carriage returns", "Parsers that split the text at line feeds do not find its empty lines."),
    (
        "length",
        f"has {MAX_CHARS:,} characters or more",
        "Agents' tools cut off longer answers; split it, with an `llms.txt` for each large folder.",
    ),
    ("content-type", "is not sent as UTF-8 text or Markdown", "Browsers and agents go by the Content-Type header."),
    ("summary", "has no `> summary` below its name", "It is what an agent needs to understand the rest of the file."),
    ("summary-lines", "is a second line of the summary", f"Many parsers read one line, as {_PARSER} does."),
    (
        "section-name",
        "is a section without a name of its own",
        f"Of two sections with one name {_PARSER} keeps the last; one without a name loses its first link.",
    ),
    ("empty-section", "is a section without links", "Validators refuse it."),
    ("optional-last", "has sections after it", "Readers that are short of room cut the file off at `## Optional`."),
    (
        "subheading",
        "is a heading within a section",
        f"Sections have the second level; {_PARSER} begins another, named with the `#`.",
    ),
    ("note-colon", "has a text after the link without a colon", f"It is no note then, and {_PARSER} drops it."),
    ("title", "has a link without a title", "The title is what the link is chosen by."),
    ("title-brackets", "has a square bracket in a title", "Parsers end the title at the first that closes."),
    (
        "title-length",
        f"has a title of more than {TITLE_CHARS} characters",
        "It is cut off, or the line is passed over.",
    ),
    (
        "note-length",
        f"has a note of more than {NOTE_CHARS} characters",
        "A note tells when to open the page, in a line.",
    ),
    (
        "absolute-url",
        "has an address that does not begin with `https://` or `http://`",
        "An agent that was given the text does not know what it is relative to.",
    ),
    (
        "url-characters",
        "has an address with characters that must be percent-encoded",
        "Spaces and brackets end it early.",
    ),
    ("duplicate-url", "has an address that stands further up already", "Agents read the page twice."),
    ("invisible", "has characters that cannot be seen", "They hide text from people that a model reads."),
    ("html", "has HTML outside of code", "Some readers take it for markup, others for text; write `\\<`."),
)
_NOTES = (
    (
        "details",
        "has no paragraph between its summary and its sections",
        f"Then {_PARSER} finds no summary, and takes it for that paragraph.",
    ),
)
RULES = {
    name: CheckRule(name, level, what, why)
    for level, rules in ((Level.ERROR, _ERRORS), (Level.WARNING, _WARNINGS), (Level.NOTE, _NOTES))
    for name, what, why in rules
}
# What a broken rule costs, however often it is broken.
_COSTS = {Level.ERROR: 25, Level.WARNING: 5, Level.NOTE: 1}


def finding(rule: str, line: int) -> Finding:
    """The finding that `line` breaks the rule of this id."""
    return Finding(line, RULES[rule].level, rule, RULES[rule].what)


def score(findings: Iterable[Finding]) -> int:
    """How good a file is, from 0 to 100: 25 less for each error, 5 for each warning, 1 for each note.

    A rule that is broken several times counts once.
    """
    return max(0, 100 - sum(_COSTS[RULES[rule].level] for rule in {found.rule for found in findings}))

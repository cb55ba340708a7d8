"""Finds texts that address the model of an agent that reads the page, and tell it what to do.

The patterns are what such texts have in common; a page about them is found as well.  A finding is reported, and changes
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# In characters.
_MAX_QUOTE = 160
# Of each hint, so that a page cannot make the search long.
_MAX_PLACES = 50
# What every pattern has one of, in lower case; text is searched around these only.
_HINTS = (
    "instruction", "prompt", "language model", "llm", "ai assistant", "ai agent", "ai model", "chatgpt", "chatbot",
    " ai ", "<|", "[inst", "<<sys", "the user", "you are now", "everything above", "anything above", "all above",
    "all before", "everything before", "told", " rules", "guidelines", "directives", "commands",
)  # fmt: skip
_AROUND = 100
_EARLIER = r"(?:previous|prior|preceding|earlier|above|foregoing|existing|other|initial|original|system|your|any|all)"
_ORDERS = r"(?:instructions?|prompts?|directions?|directives?|guidelines|commands|rules|messages?|context)"
_MODEL = r"(?:ais?|llms?|chatgpt|(?:large )?language models?|ai (?:assistants?|agents?|models?)|chat ?bots?)"
_PATTERNS = re.compile(
    r"(?:ignore|disregard|forget|override|bypass|do not follow|don't follow|stop following) (?:\w+ ){0,3}?"
    rf"{_EARLIER} (?:\w+ ){{0,2}}?{_ORDERS}|"
    rf"(?:ignore|disregard|forget) (?:\w+ ){{0,3}}?{_ORDERS} (?:above|before|so far|you (?:were|have been) given)|"
    r"(?:ignore|disregard|forget) (?:all|everything|anything) (?:above|before|you (?:were|have been) told)|"
    rf"(?:if|when|since|because) you(?: are|'re) (?:an? )?{_MODEL}\b|you are now (?:an? |in )\w+|"
    rf"(?:note|message|instructions?|attention|important)[ :,-]+(?:to|for)?[ :]*(?:all |any |the )?{_MODEL}\b[:,]|"
    rf"{_MODEL},? (?:reading|processing|summari[sz]ing|indexing) this|"
    r"(?:reveal|print|repeat|output|show|send)(?: me)? (?:\w+ ){0,2}?system prompt|new (?:system )?instructions? ?:|"
    r"do not (?:tell|inform|mention|reveal|disclose)(?: (?:this|that|it|any of this))? (?:to )?the user|"
    r"<\|(?:im_start|system|endoftext)\|>|\[/?inst\]|<</?sys>>",
    re.IGNORECASE,
)


def find_injection(texts: Iterable[str]) -> str:
    """The first passage of `texts` that addresses a model, at most 160 characters; '' if there is none."""
    for text in texts:
        lowered = text.lower()
        for at in sorted(_places(lowered)):
            around = " ".join(text[max(0, at - _AROUND) : at + _AROUND].split())
            found = _PATTERNS.search(around)
            if found:
                return around[found.start() : found.start() + _MAX_QUOTE]
    return ""


def _places(lowered: str) -> Iterator[int]:
    for hint in _HINTS:
        at = lowered.find(hint)
        for _ in range(_MAX_PLACES):
            if at < 0:
                break
            yield at
            at = lowered.find(hint, at + _AROUND)

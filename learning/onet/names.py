"""A task's text as the name of a skill: short, cut where a thought ends, and unlike the others."""

import re
from collections.abc import Iterable

LIMIT = 120  # characters, as many as `Skill.name` holds
SHORTEST = 25  # characters that a cut leaves, where another place is to be had

PURPOSES = (
    "achieve|address|adjust|advise|aid|allow|analyze|answer|arrange|ascertain|assess|assist|assure|"
    "attain|avoid|calculate|check|clarify|collect|communicate|compile|complete|comply|conduct|"
    "confirm|control|coordinate|correct|create|decide|define|demonstrate|design|detect|determine|"
    "develop|diagnose|direct|discuss|eliminate|enable|encourage|enhance|ensure|establish|estimate|"
    "evaluate|exchange|explain|facilitate|find|fit|forecast|form|formulate|gain|gather|generate|"
    "guide|help|identify|implement|improve|increase|inform|inspect|install|integrate|investigate|"
    "keep|learn|locate|maintain|make|manage|maximize|measure|meet|minimize|mitigate|monitor|move|"
    "observe|obtain|optimize|perform|plan|predict|prepare|present|preserve|prevent|produce|promote|"
    "protect|provide|recommend|record|reduce|regulate|remove|repair|report|resolve|respond|restore|"
    "secure|select|set|show|solve|support|test|treat|understand|update|verify"
)
"""Verbs that say what something is done for, where "to" stands before them. Elsewhere "to" belongs
to what it follows, as in "related to" and "submit to"."""

THOUGHT_ENDS = re.compile(
    rf"""
    ; | : | \.\s | \s[-–—]+\s
    | ,?\s (?: and\s | or\s | and/or\s )? to\s (?= (?:{PURPOSES}) \b )
    | ,?\s (?<!\band\s) (?<!\bor\s) (?:
        such\sas | including | using | utilizing | in\sorder\sto | so\s(?:that|as)
        | according\sto | based\son | depending\son | prior\sto
        | as\s(?:needed|required|necessary|appropriate)
        | in\s(?:accordance|compliance|conformance|conjunction)\swith
        | while | when | where | whether | before | after | during | through | because | unless
        | until | regarding | concerning | which | who | e\.g\. | i\.e\. | by (?= \s\w+ing\b)
    ) \b
    """,
    re.VERBOSE,
)
PHRASE_ENDS = re.compile(rf",|\s(?=(?:and|or)\s(?:{PURPOSES})\b)")
JOINING = (
    "a|an|and|and/or|any|as|at|based|be|between|both|but|by|each|either|for|from|in|including|into|"
    "is|it|its|like|no|not|of|off|on|or|other|over|per|such|than|that|the|their|them|these|this|"
    "those|to|toward|under|upon|using|various|via|was|were|when|where|which|who|whose|with|within|"
    "without"
)
JOINING_WORDS = frozenset(JOINING.split("|"))
WORDS_END = re.compile(rf"\s(?=(?:{JOINING})\s)")
TRAILING = " ,;:.-–—/("
PLACES = (THOUGHT_ENDS, PHRASE_ENDS, WORDS_END)


def short_name(text: str, limit: int = LIMIT) -> str:
    """At most `limit` characters of a text that is not blank, and at least one.

    A text that is too long ends before what it is done with or for; else at a comma; else before
    the last words that join something on.
    """
    whole = " ".join(text.split())
    whole = whole[:-1].rstrip() if whole.endswith(".") and len(whole) > 1 else whole
    if len(whole) <= limit:
        return whole
    for place in PLACES:
        ends = [_tidy(whole[: found.start()]) for found in place.finditer(whole, 0, limit + 2)]
        fitting = [name for name in ends if min(SHORTEST, limit) <= len(name) <= limit]
        if fitting:
            return max(fitting, key=len)
    words, blank, _ = whole[: limit + 1].rpartition(" ")
    return (_tidy(words) if blank else "") or whole[:limit].strip()


def names_of(texts: Iterable[str], *, taken: Iterable[str]) -> list[str]:
    """A name for each text, none of them used twice or taken; capitals make no difference."""
    used = {name.casefold() for name in taken}
    names = []
    for text in texts:
        name, number = short_name(text), 1
        while name.casefold() in used:
            number += 1
            ending = f" ({number})"
            name = short_name(text, LIMIT - len(ending)) + ending
        used.add(name.casefold())
        names.append(name)
    return names


def _tidy(start: str) -> str:
    """Without an open bracket or quote, and without words at its end that join nothing any more."""
    if start.count("(") > start.count(")"):
        start = start[: start.rindex("(")]
    if start.count('"') % 2:
        start = start[: start.rindex('"')]
    start = start.rstrip(TRAILING)
    while (words := start.rsplit(" ", 1))[-1].casefold() in JOINING_WORDS and len(words) == 2:
        start = words[0].rstrip(TRAILING)
    return start

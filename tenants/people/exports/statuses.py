"""The words exports have for employment, and ours."""

from functools import lru_cache

MEANINGS = {
    "active": (
        "active|a|employed|current|full-time|part-time|full time|part time|regular|permanent"
        "|contractor|contingent|intern|temporary|seasonal|per diem|apprentice|notice period"
        "|on notice"
        "|aktiv|angestellt|vollzeit|teilzeit|werkstudent|praktikant|auszubildender|azubi"
    ),
    "prehire": (
        "prehire|pre-hire|hired|onboarding|preboarding|pre-boarding|pending|pending hire"
        "|future hire|future start|not started|pre-start"
    ),
    "leave": (
        "l|p|s|loa|furloughed|furlough|suspended|sabbatical|inactive - leave"
        "|auszeit|beurlaubt|elternzeit|mutterschutz|sonderurlaub|sabbatjahr|ruhend"
    ),
    "terminated": (
        "t|i|inactive|leaver|left|former|ex-employee|resigned|retired|deceased|dismissed|released"
        "|separated|offboarded|d|r"
        "|inaktiv|ausgeschieden|ausgetreten|verstorben"
    ),
}
"""BambooHR's kinds of employment; HiBob's Hired and Employed; Personio's Onboarding and Auszeit;
ADP's and UKG's codes of a letter."""

WORDS = {word: status for status, words in MEANINGS.items() for word in words.split("|")}
ANSWERS = {
    **dict.fromkeys(("yes", "y", "true", "1", "ja", "wahr"), "active"),
    **dict.fromkeys(("no", "n", "false", "0", "nein", "falsch"), "inactive"),
}
"""What a column headed "Active" says, as a status."""

STRONGEST_FIRST = ("terminated", "leave", "prehire", "active")


def read_status(*words: str) -> str:
    """Our status for what one or two status columns say; the one further from work counts.

    An unknown word passes through, for the row's error to name.
    """
    statuses = [_read(word) for word in words if word]
    for status in statuses:
        if status not in STRONGEST_FIRST:
            return status
    return min(statuses, key=STRONGEST_FIRST.index, default="")


@lru_cache(maxsize=1_000)
def _read(word: str) -> str:
    """Every kind of leave is leave, and every kind of termination one."""
    plain = word.casefold()
    parts = plain.replace("-", " ").split()
    if plain in WORDS:
        return WORDS[plain]
    if "terminated" in parts:
        return "terminated"
    return "leave" if "leave" in parts and "no" not in parts else word

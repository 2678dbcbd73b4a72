"""The words exports have for employment, and ours."""

WORDS = {
    "active": "active",
    "full-time": "active",
    "part-time": "active",
    "contractor": "active",
    "intern": "active",
    "temporary": "active",
    "prehire": "prehire",
    "leave": "leave",
    "on leave": "leave",
    "leave of absence": "leave",
    "inactive": "terminated",
}
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


def _read(word: str) -> str:
    plain = word.casefold().replace("full time", "full-time").replace("part time", "part-time")
    if "terminated" in plain.split():
        return "terminated"
    return WORDS.get(plain, word)

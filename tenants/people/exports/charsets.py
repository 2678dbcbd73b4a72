"""Which encoding of before UTF-8 a text is in: a guess, told to the person with an example."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations, pairwise

from charset_normalizer import from_bytes

NAMES = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "iso8859_15": "ISO-8859-15",
    "iso8859_2": "ISO-8859-2",
    "mac_roman": "Mac Roman",
    "cp1254": "Windows-1254",
    "cp1257": "Windows-1257",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
}
"""The candidates; where two read a text equally well, the earlier one is taken."""

WESTERN = (
    "äöüß",
    "åäö",
    "æøå",
    "áéíñóúü",
    "àâæçéèêëîïôœùûüÿ",
    "àèéìòù",
    "ãõâêôáéíóúàç",
    "áðéíóúýþæö",
)
CENTRAL = (
    "äöüß",
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýž",
    "áéíóöőúüű",
    "áäčďéíĺľňóôŕšťúýž",
    "ăâîşţ",
    "čćđšž",
)
ALPHABETS = {
    "cp1252": WESTERN,
    "iso8859_15": WESTERN,
    "mac_roman": WESTERN,
    "cp1250": CENTRAL,
    "iso8859_2": CENTRAL,
    "cp1254": ("äöüß", "âçğıöşüİ"),
    "cp1257": ("äöüß", "äöõüšž", "āčēģīķļņšūž", "ąčęėįšųūž"),
}
"""The letters beyond ASCII of the languages an encoding is used for. charset-normalizer's own
statistics need prose: on a list of names they take Åsa for Ĺsa."""

SAMPLE = 64 * 2**10  # bytes of lines beyond ASCII that are looked at
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
APOSTROPHES = "’‘ʼ"


def guess(content: bytes) -> str | None:
    """The codec that reads names best, or None where none of the candidates fits."""
    sample = b"\n".join(dict.fromkeys(line for line in content.splitlines() if not line.isascii()))
    sample = sample[:SAMPLE]
    fitting = set(_fitting(sample))
    candidates = [codec for codec in NAMES if codec in fitting]
    return min(candidates, key=lambda codec: _oddity(sample, codec), default=None)


def example(text: str) -> str:
    """A word that shows whether the guess was right."""
    words = (word.strip("\"';,") for word in re.split(r"[,;\t|\n]", text))
    return next((word.strip()[:40] for word in words if BEYOND_ASCII.search(word)), "")


def _fitting(sample: bytes) -> Iterator[str]:
    for match in from_bytes(sample, cp_isolation=list(NAMES), enable_fallback=False):
        yield from match.could_be_from_charset


def _oddity(sample: bytes, codec: str) -> tuple[int, int, int]:
    """Signs and capitals inside words; letters that no two languages explain; that no one does."""
    text = sample.decode(codec, "replace")
    odd = sum(_is_odd(*pair) or _is_odd(*reversed(pair)) for pair in pairwise(text))
    odd += sum(one.islower() and other.isupper() for one, other in pairwise(text))
    letters = [letter for letter in text.lower() if letter > "\x7f" and letter.isalpha()]
    if codec not in ALPHABETS:
        latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
        return odd, latin, latin
    alphabets = [set(alphabet) for alphabet in ALPHABETS[codec]]
    return (
        odd,
        min(_strange(letters, one | other) for one, other in combinations(alphabets, 2)),
        min(_strange(letters, alphabet) for alphabet in alphabets),
    )


def _is_odd(sign: str, letter: str) -> bool:
    """Whether this is a sign beyond ASCII right beside a letter, which a name hardly has."""
    return sign > "\x7f" and not sign.isalpha() and sign not in APOSTROPHES and letter.isalpha()


def _strange(letters: list[str], alphabet: set[str]) -> int:
    return sum(letter not in alphabet for letter in letters)

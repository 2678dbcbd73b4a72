"""Which release of the database it is, told from the names that it is published under."""

import re

from learning.models import Occupation

PUBLISHED = re.compile(r"\bdb_(\d+)_(\d+)(?![\d])", re.I)  # db_30_3_text.zip
NUMBER = re.compile(r"(?:o\*net\W*)?(?:version |release |v)?(\d+(?:\.\d+)?)", re.I)
LIMIT = Occupation._meta.get_field("release").max_length or 0


def release_in(*names: str) -> str:
    """ "O*NET 30.3" for a file or folder called like ``db_30_3_text``; "" where none is."""
    found = next(filter(None, map(PUBLISHED.search, names)), None)
    return f"O*NET {found[1]}.{found[2]}" if found else ""


def release_typed(text: str) -> str:
    """What somebody typed; a bare number is a release of the O*NET database."""
    tidy = " ".join(text.split())
    number = NUMBER.fullmatch(tidy)
    return f"O*NET {number[1]}" if number else tidy[:LIMIT]

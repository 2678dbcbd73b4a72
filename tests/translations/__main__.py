"""``python -m tests.translations``: bring every catalog in step with the sources.

Says how many strings still want a translation; the tests name them.
"""

import sys

from tests.translations.catalogs import forms, messages, read, updated
from tests.translations.floors import FLOORS, LANGUAGES


def main() -> None:
    for floor in FLOORS:
        for language in LANGUAGES:
            path = floor.catalog(language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(updated(floor, language))
            found = messages(read(path, language)).values()
            missing = sum(not all(forms(message)) for message in found)
            sys.stdout.write(f"{path}: {len(found)} strings, {missing} to translate\n")


if __name__ == "__main__":
    main()

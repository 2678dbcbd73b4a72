"""The workshop's one stylesheet: the files of ``static/people/workshop``, joined by name.

Each file keeps to what it is about; the numbers before their names say what comes first. Every
page of the admin site has it: `config.made_files` hands it out as ``people/workshop.css``.
"""

from pathlib import Path
from typing import Final

SOURCES: Final = Path(__file__).parent / "static" / "people" / "workshop"


def joined() -> str:
    return "\n".join(file.read_text() for file in sorted(SOURCES.glob("*.css")))

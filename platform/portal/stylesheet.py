"""The portal's one stylesheet: the files of ``static/portal/styles``, joined by name.

Each file keeps to what it is about; the numbers before their names say what comes first. A page
waits for one file: `config.made_files` hands it out as ``portal/portal.css``.
"""

from pathlib import Path
from typing import Final

SOURCES: Final = Path(__file__).parent / "static" / "portal" / "styles"


def joined() -> str:
    return "\n".join(file.read_text() for file in sorted(SOURCES.glob("*.css")))

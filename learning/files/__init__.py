"""Files of steps: what is taken, what is refused and how that is told, who may have them."""

from learning.files.examining import Examined, examine
from learning.files.kinds import ENDINGS, TAKEN, in_words
from learning.files.readers import files_visible_to
from learning.files.refusals import FILE_LIMIT, MEGABYTES, FileRefused

__all__ = [
    "ENDINGS",
    "FILE_LIMIT",
    "MEGABYTES",
    "TAKEN",
    "Examined",
    "FileRefused",
    "examine",
    "files_visible_to",
    "in_words",
]

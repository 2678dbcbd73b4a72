"""The starter library's prompts and questions, as data files next to this module."""

from reinforcement.library.files import read_general, read_talk
from reinforcement.library.finding import find_talk
from reinforcement.library.loading import load_general, load_talk, start_from_library

__all__ = [
    "find_talk",
    "load_general",
    "load_talk",
    "read_general",
    "read_talk",
    "start_from_library",
]

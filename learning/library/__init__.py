"""The starter library: roles written for this product, as data files next to this module."""

from learning.library.checking import LibraryError
from learning.library.entries import RoleFile
from learning.library.files import NoRoleError, available_roles, example_framings, read_role
from learning.library.finding import Here, find_roles
from learning.library.loaded import Loaded, Part, told
from learning.library.loading import EVERYTHING, load_parts, load_role

__all__ = [
    "EVERYTHING",
    "Here",
    "LibraryError",
    "Loaded",
    "NoRoleError",
    "Part",
    "RoleFile",
    "available_roles",
    "example_framings",
    "find_roles",
    "load_parts",
    "load_role",
    "read_role",
    "told",
]

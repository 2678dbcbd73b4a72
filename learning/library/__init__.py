"""The starter library: roles written for this product, as data files next to this module."""

from learning.library.loading import available_roles, example_framings, load_role

__all__ = ["available_roles", "example_framings", "load_role"]

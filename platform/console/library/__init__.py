"""Starting from the library: its roles, what the company has of them, and taking more."""

from console.library.pages import MAY, library

__all__ = ["MAY", "library"]

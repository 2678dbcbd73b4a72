"""Whether somebody else looks over the signed-in person's shoulder: an operator in their name.

What is written for one's own eyes only is shown to its author; an operator is not the author.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_looked_on: ContextVar[bool] = ContextVar("looked_on", default=False)


def is_looked_on() -> bool:
    """Whether private notes and secret links of the reader have to stay unread."""
    return _looked_on.get()


def look_on() -> None:
    """From here on, until the end of `unobserved`, somebody does."""
    _looked_on.set(True)


@contextmanager
def unobserved() -> Iterator[None]:
    """Nobody does inside, unless `look_on` is called there."""
    token = _looked_on.set(False)
    try:
        yield
    finally:
        _looked_on.reset(token)

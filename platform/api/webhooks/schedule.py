"""When to try again: over three days, as Standard Webhooks proposes, and never in step."""

import random
from datetime import timedelta
from typing import Final

WAITS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
"""After the first try, after the second, and so on."""
TRIES: Final = len(WAITS) + 1
JITTER: Final = 0.1
"""At most this part of a wait comes on top."""


def wait_after(tries: int) -> timedelta | None:
    """How long to wait once `tries` have failed; None: not again."""
    if tries >= TRIES:
        return None
    wait = WAITS[tries - 1]
    return wait * (1 + random.uniform(0, JITTER))  # noqa: S311  # spreads load, hides nothing

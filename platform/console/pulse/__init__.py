"""The pulse: what L&D looks at to see whether learning reaches the work."""

from typing import Final

from console.pulse.barriers import BARRIERS
from console.pulse.figures import Figure, Shown
from console.pulse.first_wins import FIRST_WINS
from console.pulse.gaps import GAPS
from console.pulse.reputations import REPUTATION
from console.pulse.signals import SIGNALS
from console.pulse.spoken_to import SPOKEN_TO
from console.pulse.talking import TALKING

FIGURES: Final = (TALKING, FIRST_WINS, GAPS, BARRIERS, REPUTATION, SPOKEN_TO, SIGNALS)
"""In the order of the home page."""

__all__ = ["FIGURES", "Figure", "Shown"]

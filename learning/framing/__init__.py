"""The framing of an assignment: why this path helps this person do their work."""

from learning.framing.checking import check_framing
from learning.framing.concerns import Concern
from learning.framing.framings import LONGEST, QUESTIONS, Framing
from learning.framing.language import Code

__all__ = ["LONGEST", "QUESTIONS", "Code", "Concern", "Framing", "check_framing"]

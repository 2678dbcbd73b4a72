"""Levels leave the house only once managers calibrated them together."""

from learning.calibration.refusals import (
    JOINED,
    UNCALIBRATED,
    Uncalibrated,
    asks_for_levels,
    refuse_uncalibrated,
    why_not,
)

__all__ = [
    "JOINED",
    "UNCALIBRATED",
    "Uncalibrated",
    "asks_for_levels",
    "refuse_uncalibrated",
    "why_not",
]

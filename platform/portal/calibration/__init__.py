"""Calibration: managers compare what they see, side by side and without names."""

"""Assignments: given with their framing, read with their plan, paused and taken back."""

"""Starter prompts and questions, written for the roles of the starter library."""

from reinforcement.library.loading import load_general, load_talk

__all__ = ["load_general", "load_talk"]

"""Barriers as a board: its page, what narrows it down, and moving a card."""

from reinforcement.admin.board.page import board_page

__all__ = ["board_page"]

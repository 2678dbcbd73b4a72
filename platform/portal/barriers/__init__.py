"""What slows us down: the team's barriers, and what becomes of them."""

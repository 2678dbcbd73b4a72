"""This week: a manager's home."""

"""Whom an assignment rule means, how its framing reads for each, and what it would do."""

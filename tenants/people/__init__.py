"""Person (the user model), the org chart, and the one door through which people come in."""

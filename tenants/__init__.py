"""Companies (one PostgreSQL schema each) and the people in them."""

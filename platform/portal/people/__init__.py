"""A person: what their manager reads about them, and what the manager can say and do."""

"""My team, and its skills as a map."""

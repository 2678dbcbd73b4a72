"""Giving a path to many people: finding them, and seeing what each would get."""

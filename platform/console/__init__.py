"""The admin site: L&D's workshop."""

"""Webhooks in the admin site: where records go, and the log of what went."""

"""Webhooks over REST: endpoints, and what was delivered to them."""

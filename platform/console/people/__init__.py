"""Pages about people that span the apps: the org chart, and a person's whole story."""

from console.people.urls import people_urls

__all__ = ["people_urls"]

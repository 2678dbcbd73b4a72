"""People in the admin site, and the kinds of page that every app's admin is made of."""

from tenants.people.admin import groups, people, sync_runs

__all__ = ["groups", "people", "sync_runs"]

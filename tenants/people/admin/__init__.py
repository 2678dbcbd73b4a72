"""People in the admin site, and the kinds of page that every app's admin is made of."""

from tenants.people.admin import directory_groups, groups, people, sync_runs

__all__ = ["directory_groups", "groups", "people", "sync_runs"]

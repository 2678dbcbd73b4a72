"""Sign-in connections in the admin site: setting one up, trying it, switching it on."""

from tenants.people.single_sign_on.admin import connections, links

__all__ = ["connections", "links"]

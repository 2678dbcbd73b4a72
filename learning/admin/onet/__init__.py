"""Starting a role from an O*NET occupation: the tables, a search in them, an occupation."""

from learning.admin.onet.urls import MAY, onet_urls

__all__ = ["MAY", "onet_urls"]

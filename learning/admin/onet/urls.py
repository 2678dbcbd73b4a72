from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from learning.admin.onet.occupation import occupation
from learning.admin.onet.search import search
from learning.admin.onet.upload import upload
from tenants.people.admin.guards import View, for_those_who

MAY = "learning.add_role"


def onet_urls(site: AdminSite) -> list[URLPattern]:
    """Pages below the list of roles."""

    def page(route: str, view: View, name: str) -> URLPattern:
        return path(f"onet/{route}", site.admin_view(for_those_who(view, MAY)), name=name)

    return [
        page("", search, "learning_onet"),
        page("tables/", upload, "learning_onet_tables"),
        page("<str:code>/", occupation, "learning_onet_occupation"),
    ]

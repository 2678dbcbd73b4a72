from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from tenants.people.admin.guards import View, for_those_who
from tenants.people.admin.imports.columns import columns
from tenants.people.admin.imports.preview import preview
from tenants.people.admin.imports.runs import forget, refused, run
from tenants.people.admin.imports.upload import upload

MAY = ("people.add_person", "people.change_person")


def import_urls(site: AdminSite) -> list[URLPattern]:
    """The pages of an import, below the list of people."""

    def page(route: str, view: View, name: str) -> URLPattern:
        return path(f"import/{route}", site.admin_view(for_those_who(view, *MAY)), name=name)

    return [
        page("", upload, "people_import"),
        page("<uuid:uid>/columns/", columns, "people_import_columns"),
        page("<uuid:uid>/preview/", preview, "people_import_preview"),
        page("<uuid:uid>/run/", run, "people_import_run"),
        page("<uuid:uid>/refused.csv", refused, "people_import_refused"),
        page("<uuid:uid>/forget/", forget, "people_import_forget"),
    ]

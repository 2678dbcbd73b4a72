from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from learning.admin.assign.framing import check, framing
from learning.admin.assign.people import people
from learning.admin.assign.plans import plans
from learning.admin.assign.sending import assign
from learning.admin.assign.start import another_path, discard, start
from tenants.people.admin.guards import View, for_those_who

MAY = "learning.add_assignment"


def assign_urls(site: AdminSite) -> list[URLPattern]:
    """The pages of the wizard, below the list of assignments."""

    def page(route: str, view: View, name: str) -> URLPattern:
        return path(f"give/{route}", site.admin_view(for_those_who(view, MAY)), name=name)

    return [
        page("", start, "learning_assign"),
        page("<uuid:uid>/path/", another_path, "learning_assign_path"),
        page("<uuid:uid>/people/", people, "learning_assign_people"),
        page("<uuid:uid>/framing/", framing, "learning_assign_framing"),
        page("<uuid:uid>/check/", check, "learning_assign_check"),
        page("<uuid:uid>/plans/", plans, "learning_assign_plans"),
        page("<uuid:uid>/assign/", assign, "learning_assign_assign"),
        page("<uuid:uid>/discard/", discard, "learning_assign_discard"),
    ]

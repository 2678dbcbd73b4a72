"""How the admin site looks and what its navigation holds, in the order of L&D's work.

Read by the settings, so it imports no models.
"""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy


def company_name(request: HttpRequest) -> str:
    return str(request.company.name)  # type: ignore[attr-defined]


def _page(title: str, icon: str, model: str) -> dict[str, Any]:
    """A link to the list of a model (``app.model``), for whoever may look at it."""
    app, name = model.split(".")
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{app}_{name}_changelist"),
        "permission": lambda request: request.user.has_perm(f"{app}.view_{name}"),
    }


PEOPLE = reverse_lazy("admin:people_person_changelist")
IMPORT = reverse_lazy("admin:people_import")
CHART = reverse_lazy("admin:person_chart")
ASSIGNMENTS = reverse_lazy("admin:learning_assignment_changelist")
ASSIGN = reverse_lazy("admin:learning_assign")
MAY_ASSIGN = "learning.add_assignment"
MAY_IMPORT = ("people.add_person", "people.change_person")
TOUCHPOINTS = reverse_lazy("admin:reinforcement_touchpoint_changelist")
MANAGERS = reverse_lazy("admin:reinforcement_managers")
MAY_SEE_MANAGERS = ("reinforcement.view_touchpoint", "reinforcement.view_barrier")


def _is_below(request: HttpRequest, page: object, *, but: object) -> bool:
    """Whether a link is to be marked as where we are: at or below `page`, but for one part."""
    return request.path.startswith(str(page)) and not request.path.startswith(str(but))


NAVIGATION: list[dict[str, Any]] = [
    {"items": [{"title": "Home", "icon": "home", "link": reverse_lazy("admin:index")}]},
    {
        "title": "Learning",
        "items": [
            _page("Roles", "badge", "learning.role"),
            {
                "title": "Starter library",
                "icon": "library_books",
                "link": reverse_lazy("admin:library"),
                "permission": lambda request: request.user.has_perm("learning.add_role"),
            },
            _page("Skills", "construction", "learning.skill"),
            _page("Paths", "route", "learning.path"),
            {
                "title": "Assign a path",
                "icon": "group_add",
                "link": ASSIGN,
                "permission": lambda request: request.user.has_perm(MAY_ASSIGN),
            },
            {
                **_page("Assignments", "assignment_ind", "learning.assignment"),
                "active": lambda request: _is_below(request, ASSIGNMENTS, but=ASSIGN),
            },
            {
                **_page("Assignment runs", "playlist_add_check", "learning.assignmentrun"),
                "permission": lambda request: request.user.has_perm(MAY_ASSIGN),
            },
            _page("Suggestions", "lightbulb", "learning.pathsuggestion"),
            _page("Rules", "rule", "learning.assignmentrule"),
            _page("Role holdings", "assignment_turned_in", "learning.roleholding"),
            _page("Learning records", "history_edu", "learning.learningrecord"),
            _page("Observations", "visibility", "learning.observation"),
            _page("Calibrations", "balance", "learning.calibration"),
            _page("Calibrated levels", "verified", "learning.calibratedlevel"),
        ],
    },
    {
        "title": "Reinforcement",
        "items": [
            {
                "title": "Managers",
                "icon": "supervisor_account",
                "link": MANAGERS,
                "permission": lambda request: request.user.has_perms(MAY_SEE_MANAGERS),
            },
            _page("Barriers", "block", "reinforcement.barrier"),
            {
                **_page("Touchpoints", "forum", "reinforcement.touchpoint"),
                "active": lambda request: _is_below(request, TOUCHPOINTS, but=MANAGERS),
            },
            _page("Briefs", "view_week", "reinforcement.brief"),
            _page("Prompts", "record_voice_over", "reinforcement.prompt"),
            _page("Questions", "contact_support", "reinforcement.question"),
            {
                "title": "Rhythm",
                "icon": "event_repeat",
                "link": reverse_lazy("admin:rhythm"),
                "permission": lambda request: request.user.has_perm("companies.change_company"),
            },
            {
                "title": "Brand",
                "icon": "palette",
                "link": reverse_lazy("admin:brand"),
                "permission": lambda request: request.user.has_perm("companies.change_company"),
            },
            _page("Channels", "alternate_email", "reinforcement.channelconnection"),
            _page("Deliveries", "outbox", "reinforcement.delivery"),
        ],
    },
    {
        "title": "People",
        "items": [
            {
                **_page("People", "group", "people.person"),
                "active": lambda request: (
                    _is_below(request, PEOPLE, but=IMPORT)
                    and not request.path.startswith(str(CHART))
                ),
            },
            {
                "title": "Org chart",
                "icon": "lan",
                "link": CHART,
                "permission": lambda request: request.user.has_perm("people.view_person"),
            },
            {
                "title": "Import people",
                "icon": "upload",
                "link": IMPORT,
                "permission": lambda request: request.user.has_perms(MAY_IMPORT),
            },
            _page("Departments", "account_tree", "people.department"),
            _page("Directory groups", "groups", "people.directorygroup"),
            _page("Sync runs", "sync", "people.syncrun"),
        ],
    },
    {
        "title": "Access",
        "items": [
            _page("API tokens", "key", "api.apitoken"),
            _page("Webhooks", "webhook", "api.webhookendpoint"),
            _page("Webhook deliveries", "send", "api.webhookdelivery"),
            _page("Sign-in", "login", "single_sign_on.signinconnection"),
            _page("Linked accounts", "link", "single_sign_on.linkedaccount"),
            _page("Groups", "admin_panel_settings", "auth.group"),
            _page("Audit log", "manage_search", "auditing.auditentry"),
        ],
    },
]

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Throughline",
    "SITE_HEADER": "Throughline",
    "SITE_SUBHEADER": "console.unfold.company_name",
    "SITE_SYMBOL": "conversion_path",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda _: static("portal/mark.svg")}
    ],
    "STYLES": [lambda _: static("people/workshop.css")],
    "SCRIPTS": [lambda _: static("console/spoken.js")],
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "8px",
    "SIDEBAR": {"navigation": NAVIGATION},
    "ACCOUNT": {
        "navigation": [
            {"title": "New password", "link": reverse_lazy("account_reset_password")},
        ]
    },
    # the portal's green and its greys
    "COLORS": {
        "primary": {
            "50": "#eef6f3",
            "100": "#d8ebe4",
            "200": "#b3d8cb",
            "300": "#84bfac",
            "400": "#7fc4ae",
            "500": "#5aa88f",
            "600": "#2a6a58",
            "700": "#1d5a4b",
            "800": "#1a483d",
            "900": "#163b33",
            "950": "#0b221d",
        },
        "base": {
            "50": "#f7f8f7",
            "100": "#eef1ef",
            "200": "#dbe1de",
            "300": "#c3ccc8",
            "400": "#96a39d",
            "500": "#5f6c66",
            "600": "#4b5852",
            "700": "#38433e",
            "800": "#242c29",
            "900": "#1b211f",
            "950": "#131716",
        },
    },
}

"""What an operator may not do in somebody's name: what opens doors, and what is theirs alone."""

from typing import Final

from django.http import HttpRequest

ENDS: Final = ("operator_end", "account_logout", "logout")
"""Pressing these ends it: the operator has no other session here to sign out of."""

THEIRS_ALONE: Final = {
    "my_data": "This copy holds what only they may read.",
    "my_data_download": "This copy holds what only they may read.",
    "account_reset_password": "Their password is theirs.",
    "account_confirm_password_reset_code": "Their password is theirs.",
    "account_complete_password_reset": "Their password is theirs.",
    "account_reset_password_from_key": "Their password is theirs.",
    "password_change": "Their password is theirs.",
    "welcome": "Their password is theirs.",
    "operator_entrance": "You look as somebody already. End that first.",
}
"""Pages that are refused altogether, by the name of their address."""

NOTED: Final = ("answer_item", "answer_back", "week_talk", "week_talk_back", "week_note")
"""Where a private note would be written, or go."""

DOORS: Final = (
    ("people_person", "Who somebody is, their e-mail address and what they may do"),
    ("people_import", "Who works here, and their e-mail addresses"),
    ("people_syncrun", "Who works here, and their e-mail addresses"),
    ("people_access", "What people may do"),
    ("auth_", "What people may do"),
    ("api_", "What opens the API"),
    ("reinforcement_channelconnection", "What connects the company with others"),
    ("single_sign_on_", "How people sign in"),
    ("webhook", "What connects the company with others"),
    ("settings_calendar", "A link to somebody's calendar"),
)
"""What is only looked at: how names of addresses begin, and what it is."""


def refusal(request: HttpRequest, name: str) -> str:
    """Why this request cannot be made in somebody else's name; empty where it can."""
    if name in THEIRS_ALONE:
        return THEIRS_ALONE[name]
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return ""
    for start, what in DOORS:
        if name.startswith(start):
            return f"{what}: not to be changed in somebody else's name. An owner can do it."
    if name in NOTED and (request.POST.get("note") or "with_note" in request.POST):
        return "A note is its author's own: nobody else writes or deletes one."
    return ""

"""What Slack's errors mean for us (https://docs.slack.dev/reference/methods, "Errors")."""

from datetime import timedelta
from http import HTTPStatus

from slack_sdk.web import SlackResponse

from reinforcement.channels.base import (
    AddressRefused,
    ConnectionRevoked,
    PermanentFailure,
    TemporaryFailure,
    Unreachable,
)

CONNECTION = {
    "account_inactive": "The app or its workspace is no longer there: create it and connect anew.",
    "invalid_auth": "Slack does not know this token: copy the bot token again.",
    "messages_tab_disabled": "The app may not write to people: switch on its “Messages” tab under "
    "“App Home”, then connect anew.",
    "missing_scope": "The token may not do what is needed: add the scopes, install the app again, "
    "then connect anew.",
    "not_allowed_token_type": "This is another kind of token: copy the bot token (xoxb-…).",
    "not_authed": "Slack does not know this token: copy the bot token again.",
    "token_expired": "The token has expired: switch off token rotation in the app, then connect "
    "anew.",
    "token_revoked": "Somebody revoked the token or removed the app: install it again, then "
    "connect anew.",
}
NOBODY = {
    "cannot_dm_bot",
    "channel_not_found",
    "user_disabled",
    "user_not_found",
    "user_not_visible",
    "users_not_found",
}
LATER = {
    "accesslimited",
    "fatal_error",
    "internal_error",
    "org_login_required",
    "ratelimited",
    "rate_limited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
LONGEST = timedelta(days=1)  # that we wait because Slack says so


def failure_of(response: SlackResponse) -> TemporaryFailure | PermanentFailure:
    """The narrowest failure for an answer that is not “ok”."""
    status, code = response.status_code, str(response.get("error") or "")
    if status == HTTPStatus.TOO_MANY_REQUESTS or code in ("ratelimited", "rate_limited"):
        wait = _retry_after(response)
        return Unreachable("Slack asks us to slow down (429).", retry_after=wait)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or code in LATER:
        return Unreachable(f"Slack has trouble of its own ({status} {code[:60]}).")
    if code in CONNECTION:
        return ConnectionRevoked(f"{CONNECTION[code]} ({code})")
    if code in NOBODY:
        return AddressRefused(f"Slack finds nobody to write to there ({code}).")
    if not code.replace("_", "").isalnum():  # no code of Slack's: something in between answered
        return Unreachable(f"Something other than Slack answered ({status}).")
    return PermanentFailure(f"Slack refused the message ({code}).")


def _retry_after(response: SlackResponse) -> timedelta | None:
    """Seconds, as Slack always sends them; headers come in any case."""
    headers = {str(name).lower(): value for name, value in response.headers.items()}
    seconds = str(headers.get("retry-after", ""))
    if not (seconds.isascii() and seconds.isdigit()):
        return None
    return min(timedelta(seconds=int(seconds[:9])), LONGEST)

"""Tokens in the audit log: who issued which, for what, until when; never what opens the door."""

from api.models import ApiToken
from tenants.people.auditing.registering import record_changes

record_changes(ApiToken, but=("digest", "last_used_at"))

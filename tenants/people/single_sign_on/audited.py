"""What of sign-in is in the audit log: how a connection is set up, never its secret."""

from tenants.people.auditing.registering import record_changes
from tenants.people.single_sign_on.models import SignInConnection

record_changes(SignInConnection, but=("client_secret", "tried_at", "tried_by", "is_on"))

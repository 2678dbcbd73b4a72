"""Tokens and webhooks in the audit log: who set up which, for what; never a secret of theirs."""

from api.models import ApiToken, WebhookEndpoint
from tenants.people.auditing.registering import record_changes

record_changes(ApiToken, but=("digest", "last_used_at"))
record_changes(
    WebhookEndpoint,
    but=(
        *("secret", "old_secret", "old_secret_until", "created_by", "state_since"),
        *("feed_epoch", "feed_transaction", "feed_row", "restarted_at", "last_delivered_at"),
        *("failing_since", "not_before", "busy_until", "owners_to_be_told"),
    ),
)

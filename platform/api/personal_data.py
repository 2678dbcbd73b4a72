"""What is stored of the API tokens and webhooks that somebody set up; never a secret."""

from typing import Any

from api.models import ApiToken, WebhookEndpoint
from tenants.people.models import Person
from tenants.people.personal_copies import Contribution


def sections(person: Person, *, private: bool) -> dict[str, Any]:
    """Two queries."""
    issued = ApiToken.objects.filter(created_by=person).order_by("created_at", "pk")
    added = WebhookEndpoint.objects.filter(created_by=person).order_by("created_at", "pk")
    return {
        "api_tokens_issued": list(
            issued.values("name", "scopes", "created_at", "expires_at", "last_used_at")
        ),
        "webhooks_added": list(added.values("url", "description", "kinds", "created_at")),
    }


CONTRIBUTION = Contribution(
    sections,
    covers={
        "api.ApiToken.created_by": "api_tokens_issued",
        "api.WebhookEndpoint.created_by": "webhooks_added",
    },
    left_out={
        "api.KeptAnswer": "It repeats what a system was answered, and is deleted after a day.",
        "api.WebhookDelivery": "It repeats learning records, and is deleted after 30 days.",
        "api.WebhookAttempt": "It holds what a system of the company answered, of nobody.",
    },
)

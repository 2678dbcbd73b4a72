"""What is stored of the API tokens that somebody issued; never a token or its digest."""

from typing import Any

from api.models import ApiToken
from tenants.people.models import Person
from tenants.people.personal_copies import Contribution


def sections(person: Person, *, private: bool) -> dict[str, Any]:
    """One query."""
    issued = ApiToken.objects.filter(created_by=person).order_by("created_at", "pk")
    return {
        "api_tokens_issued": list(
            issued.values("name", "scopes", "created_at", "expires_at", "last_used_at")
        )
    }


CONTRIBUTION = Contribution(
    sections, covers={"api.ApiToken.created_by": "api_tokens_issued"}, left_out={}
)

"""What is stored about somebody's accounts at a provider."""

from typing import Any

from allauth.socialaccount.models import SocialAccount

from tenants.people.models import Person
from tenants.people.personal_copies import Contribution
from tenants.people.single_sign_on.models import SignInConnection


def sections(person: Person, *, private: bool) -> dict[str, Any]:
    """Two queries."""
    names = {str(each.uid): each.name for each in SignInConnection.objects.only("uid", "name")}
    return {
        "accounts_at_providers": [
            {
                "provider": names.get(account.provider, account.provider),
                "key_there": account.uid,
                "since": account.date_joined,
                "last_signed_in_at": account.last_login,
            }
            for account in SocialAccount.objects.filter(user=person).order_by("pk")
        ],
        "connections_tried": list(
            SignInConnection.objects.filter(tried_by=person)
            .order_by("pk")
            .values("name", "tried_at")
        ),
    }


CONTRIBUTION = Contribution(
    sections,
    covers={
        "socialaccount.SocialAccount.user": "accounts_at_providers",
        "single_sign_on.SignInConnection.tried_by": "connections_tried",
    },
    left_out={
        "socialaccount.SocialAccount.extra_data": "Nothing is stored in it.",
        "socialaccount.SocialToken": "None is ever stored.",
    },
)

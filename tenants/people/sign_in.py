"""Sign-in tokens that mean nothing in another company."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from tenants.companies.connections import connection
from tenants.people.models import Person


class ResetTokenGenerator(PasswordResetTokenGenerator):
    """Django's, with the schema in what is signed: equal keys and hashes make other tokens."""

    def _make_hash_value(self, user: Person, timestamp: int) -> str:
        return f"{connection.schema_name}:{super()._make_hash_value(user, timestamp)}"

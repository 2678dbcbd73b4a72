"""What a request is once its reader is known."""

from django.http import HttpRequest

from tenants.people.models import Person


class SignedIn(HttpRequest):
    """A request behind ``login_required`` on a company's host."""

    user: Person

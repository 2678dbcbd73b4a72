"""The owner's first steps in their company: a password of their own, then the admin site.

On the company's host. The link opens nothing by itself; choosing the password does, once.
"""

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from portal.links.bearer import welcome_page
from portal.sign_up.forms import PasswordForm
from portal.sign_up.tokens import read_welcome
from reinforcement.links import DeadLink
from tenants.companies.signing import BadToken
from tenants.people.actions import choose_first_password
from tenants.people.models import Person

DEAD = "portal/sign_up/welcome_dead.html"


@welcome_page
@never_cache
@sensitive_post_parameters("password")
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks for a password; POST sets it, once, and signs in."""
    try:
        owner = Person.objects.get(uid=read_welcome(token))
    except (BadToken, Person.DoesNotExist):
        return _dead(request, 404, unknown=True)
    except DeadLink as reason:
        return _dead(request, 410, reason=reason)
    if owner.has_usable_password():
        return _dead(request, 410, used=True)
    if not owner.is_active:
        return _dead(request, 410, reason=_("It belonged to somebody who has left."))
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            owner = choose_first_password(person=owner.uid, password=form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error)
        else:
            login(request, owner, settings.AUTHENTICATION_BACKENDS[0])
            return redirect("admin:index")
    return render(request, "portal/sign_up/welcome.html", {"form": form, "owner": owner})


def _dead(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    return render(request, DEAD, context, status=status)

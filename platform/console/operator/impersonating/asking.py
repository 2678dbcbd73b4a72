"""On the root domain: as whom, why, for how long; then a link that is good once, for a minute."""

from typing import Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from console.operator.details import owners_of
from console.operator.impersonating.endings import end
from console.operator.impersonating.links import link_to
from console.operator.log import note
from console.operator.requests import Operating, company_named, operators_only
from tenants.companies.actions import ask_impersonation
from tenants.companies.context import working_for
from tenants.companies.models import Company, Impersonation
from tenants.companies.models.impersonations import LONGEST_MINUTES, SHORTEST_REASON
from tenants.people.models import Person

MINUTES: Final = (5, 15, LONGEST_MINUTES)


class LookForm(forms.Form):
    email = forms.EmailField(
        label="As whom",
        required=False,
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="The e-mail address of one of its people. Empty: an owner.",
    )
    reason = forms.CharField(
        label="Why",
        max_length=300,
        error_messages={"required": "Say why: the company reads it."},
        validators=[
            MinLengthValidator(
                SHORTEST_REASON, f"Say it in {SHORTEST_REASON} characters or more: people read it."
            )
        ],
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Stands on every page meanwhile, and in the company's audit log.",
    )
    minutes = forms.TypedChoiceField(
        label="For how long",
        coerce=int,
        initial=15,
        choices=[(minutes, f"{minutes} minutes") for minutes in MINUTES],
    )

    def __init__(self, *args: object, company: Company) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.company = company

    def person(self) -> Person | None:
        """Whom the form names; where it is nobody who could sign in, None, and it says so."""
        email = self.cleaned_data["email"].lower()
        with working_for(self.company):
            found: Person | None = (
                Person.objects.filter(email=email).first()
                if email
                else next(iter(owners_of()), None)
            )
        if found is None:
            told = "Nobody there has this address." if email else "It has no owner: name somebody."
            self.add_error("email", told)
        elif not found.is_active:
            self.add_error("email", "They do not work there now, so they could not sign in.")
            return None
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def look(request: Operating, slug: str) -> HttpResponse:
    """The link is on the answer to the POST, and nowhere else."""
    company = company_named(slug)
    if company.status != Company.Status.ACTIVE:
        messages.info(request, f"{company} is {company.status}: nobody can look at it.")
        return redirect("company", slug)
    sent = request.POST if request.method == "POST" else None
    form = LookForm(sent, company=company)
    if sent is not None and form.is_valid() and (person := form.person()):
        asked = _ask(request, form, person)
        if asked:
            context = {"found": company, "person": person, "link": link_to(asked), "asked": asked}
            response = render(request, "console/operator/look_link.html", context)
            response["Referrer-Policy"] = "same-origin"
            return response
    context = {"found": company, "form": form, "longest": LONGEST_MINUTES}
    status = 400 if form.errors else 200
    return render(request, "console/operator/look.html", context, status=status)


def _ask(request: Operating, form: LookForm, person: Person) -> Impersonation | None:
    operator = request.user
    try:
        asked = ask_impersonation(
            company=form.company,
            person=person.uid,
            operator_email=operator.email or "",
            operator_name=operator.called,
            reason=form.cleaned_data["reason"],
            minutes=form.cleaned_data["minutes"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None
    words = f"asked to look as {person}, for {asked.minutes} minutes: {asked.reason}"
    note(company=form.company, action="impersonation", words=words, operator=operator)
    return asked


@require_POST
@operators_only
def end_all(request: Operating, slug: str) -> HttpResponse:
    """Whatever this operator has open at this company is over, in whichever browser it is."""
    company = company_named(slug)
    now = timezone.now()
    running = Impersonation.objects.filter(
        company=company, operator_email=request.user.email, ended_at=None, until__gt=now
    )
    for impersonation in running:
        end(impersonation)
    messages.success(request, f"You do not look as anybody at {company} any more.")
    return redirect("company", slug)

"""Suspending a company, and resuming it: what it does to whom is said, and asked once."""

from typing import Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from console.operator.log import note
from console.operator.overviews import overviews_of
from console.operator.requests import Operating, company_named, operators_only
from tenants.companies import actions
from tenants.companies.models import Company
from tenants.people.models import Person

Status = Company.Status
LONGEST: Final = 300  # characters


class ReasonForm(forms.Form):
    """Why; and for what is not lightly done, the company's address typed once."""

    reason = forms.CharField(
        label="Why",
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Kept in the company's audit log, which its owner reads, and in ours.",
    )
    address = forms.CharField(
        label="Its address, to confirm",
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: object, company: Company, confirmed: bool = False) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.company = company
        self.fields["address"].help_text = f"Type {company.slug}."
        if confirmed:
            del self.fields["address"]

    def clean_address(self) -> str:
        typed: str = self.cleaned_data["address"].strip().lower()
        if typed != self.company.slug:
            raise ValidationError(f"This is not its address: type {self.company.slug}.")
        return typed


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def suspend(request: Operating, slug: str) -> HttpResponse:
    return _switch(request, company_named(slug), Status.ACTIVE)


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def resume(request: Operating, slug: str) -> HttpResponse:
    return _switch(request, company_named(slug), Status.SUSPENDED)


def switch(*, company: Company, reason: str, operator: Person | None) -> str:
    """Suspend what is active, resume what is suspended; returns what was done, as a sentence.

    For the console and the command line alike. Raises `ValidationError`.
    """
    on = company.status == Status.SUSPENDED
    with transaction.atomic():
        if on:
            actions.resume_company(company=company, reason=reason)
        else:
            actions.suspend_company(company=company, reason=reason)
        verb = "resumed" if on else "suspended"
        words = f"{verb} {company}: {reason}"
        note(company=company, action=verb, words=words, operator=operator)
    return f"{company} is {verb}."


def _switch(request: Operating, company: Company, wanted: str) -> HttpResponse:
    """`wanted` is the status that the page is for; in any other, there is nothing to do."""
    if company.status != wanted:
        is_new = company.status == Status.PROVISIONING
        state = "still being set up: wait until it is ready" if is_new else str(company.status)
        messages.info(request, f"{company} is {state}.")
        return redirect("company", company.slug)
    on = wanted == Status.SUSPENDED
    sent = request.POST if request.method == "POST" else None
    form = ReasonForm(sent, company=company, confirmed=on)
    if sent is not None and form.is_valid():
        try:
            told = switch(
                company=company, reason=form.cleaned_data["reason"], operator=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, told)
            return redirect("company", company.slug)
    [overview] = overviews_of([company], now=timezone.now())
    context = {"found": company, "overview": overview, "form": form, "on": on}
    status = 400 if form.errors else 200
    return render(request, "console/operator/switch.html", context, status=status)

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from console.library.cards import cards
from learning.library import Loaded, Part, available_roles
from learning.models import Path, TitleRule
from reinforcement.library import start_from_library

MAY = "learning.add_role"


class TakeForm(forms.Form):
    """Which parts of which role. The role itself comes in any case, so nobody has to say so."""

    role = forms.ChoiceField()
    parts = forms.MultipleChoiceField(
        choices=[(part.value, part.value) for part in Part], required=False
    )
    draft = forms.BooleanField(required=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["role"].choices = [(slug, slug) for slug in available_roles()]  # type: ignore[attr-defined]

    def take(self) -> Loaded:
        taken = self.cleaned_data
        parts = {Part(part) for part in taken["parts"]} | {Part.ROLE}
        return start_from_library(taken["role"], parts, publish=not taken["draft"])


def library(request: HttpRequest) -> HttpResponse:
    """The roles of the library; posting takes one of them, whole or in part."""
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    if request.method == "POST":
        _take(request)
        return redirect("admin:library")
    context = {
        **admin.site.each_context(request),
        "title": "Start from the library",
        "cards": cards(),
    }
    return TemplateResponse(request, "console/library.html", context)


def _take(request: HttpRequest) -> None:
    form = TakeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That is not in the library: choose one of these roles.")
        return
    loaded = form.take()
    tell = messages.success if loaded.new else messages.info
    tell(request, _told(loaded))
    for note in loaded.notes:
        messages.warning(request, note)


def _told(loaded: Loaded) -> SafeString:
    """What came, with the way to it."""
    ways = [("learning_role_change", loaded.role.pk, "To the role")]
    if loaded.path:
        ways.append(("learning_path_change", loaded.path.pk, "To its path"))
    links = format_html_join(
        " ",
        '<a class="font-medium underline" href="{}">{}</a>',
        [(reverse(f"admin:{page}", args=[key]), words) for page, key, words in ways],
    )
    more = ""
    if loaded.new.get(TitleRule):
        more += "Whoever has such a title gets the role within a minute. "
    if loaded.new.get(Path) and loaded.path and loaded.path.status == Path.Status.DRAFT:
        more += "Its path is a draft: publish it once you have read it. "
    return format_html("“{}”. {} {}{}", loaded.role, loaded.sentence, more, links)

"""The files of a step, on its page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from learning.actions import add_file, remove_file
from learning.admin.uploads import Uploads
from learning.files import MEGABYTES, TAKEN, in_words
from learning.models import Step, StepFile
from tenants.people.admin.pages import EditRows

PREFIX = "files"  # of the rows on the page


class Download(forms.Widget):
    """In the place of the field, where there is a file already."""

    def __init__(self, file: StepFile) -> None:
        super().__init__()
        self.file = file

    def render(self, name: str, value: Any, *_: Any, **__: Any) -> SafeString:
        return link_to(self.file)


class FileForm(forms.ModelForm):  # type: ignore[type-arg]
    upload = Uploads(required=False, label="file")

    class Meta:
        model = StepFile
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.fields["upload"].widget = Download(self.instance)


class FileFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """A row for each file, and one to add some."""

    def is_multipart(self) -> bool:
        return True

    def save_new_objects(self, commit: bool = True) -> list[StepFile]:
        uploads = [
            upload for form in self.extra_forms for upload in form.cleaned_data.get("upload", [])
        ]
        self.new_objects = [add_file(step=self.instance, upload=upload) for upload in uploads]
        return self.new_objects

    def delete_existing(self, obj: StepFile, commit: bool = True) -> None:
        remove_file(file=obj)


class FileRows(EditRows):
    """Whoever may change a step may change its files."""

    model = StepFile
    form = FileForm
    formset = FileFormSet
    extra = 1
    verbose_name = verbose_name_plural = "files"
    template_before = "learning/path/files.html"
    megabytes, taken = MEGABYTES, TAKEN  # for it
    readonly_fields = ("download", "kind", "weight", "uploaded_at")

    def get_fields(self, request: HttpRequest, obj: Step | None = None) -> tuple[str, ...]:
        first = "upload" if self.has_change_permission(request, obj) else "download"
        return (first, "kind", "weight", "uploaded_at")

    def get_formset(self, request: HttpRequest, obj: Step | None = None, **options: Any) -> Any:
        return super().get_formset(request, obj, can_delete_extra=False, **options)

    def get_max_num(self, request: HttpRequest, obj: Step | None = None, **_: Any) -> int:
        return 1 + (obj.files.count() if obj else 0)  # one row takes several files

    def get_queryset(self, request: HttpRequest) -> QuerySet[StepFile]:
        rows: QuerySet[StepFile] = super().get_queryset(request)
        return rows.select_related("step__path")

    def has_add_permission(self, request: HttpRequest, obj: Step | None = None) -> bool:
        return request.user.has_perm(f"learning.{'change' if obj else 'add'}_step")

    def has_change_permission(self, request: HttpRequest, obj: Step | None = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Step | None = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Step | None = None) -> bool:
        return request.user.has_perm("learning.view_step") or self.has_add_permission(request, obj)

    @admin.display(description="file")
    def download(self, file: StepFile) -> str:
        return link_to(file)

    @admin.display(description="what it is")
    def kind(self, file: StepFile) -> str:
        return in_words(file.media_type) if file.pk else ""

    @admin.display(description="size")
    def weight(self, file: StepFile) -> str:
        return filesizeformat(file.size) if file.pk else ""


def will_have_files(form: Any) -> bool:
    """Whether a step has files once its page is saved: some that stay, or some that come."""
    if any(name.startswith(f"{PREFIX}-") for name in form.files):
        return True
    if not form.instance.pk:
        return False
    rows = (name.removesuffix("-DELETE") for name in form.data if name.endswith("-DELETE"))
    gone = [form.data.get(f"{row}-id") for row in rows if row.startswith(f"{PREFIX}-")]
    kept = form.instance.files.values_list("pk", flat=True)
    return any(str(pk) not in gone for pk in kept)


def link_to(file: StepFile) -> SafeString:
    address = reverse("step_file", args=[file.uid])
    return format_html('<a class="underline break-all" href="{}">{}</a>', address, file.name)

from django.db import models

from tenants.companies.identifiers import Identified
from tenants.people.models.people import Person
from tenants.people.models.sync_runs import SyncRun


class PeopleFile(Identified):
    """A file of people somebody uploaded, from choosing its columns to the run that used it."""

    name = models.CharField(max_length=150)
    content = models.BinaryField(null=True, help_text="Forgotten once it has been imported.")
    uploaded_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="people_files"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    fields = models.JSONField(
        default=list, help_text='Per column the field it is read as, "" for none.'
    )
    mode = models.CharField(
        max_length=8, choices=SyncRun.Mode.choices, default=SyncRun.Mode.PARTIAL
    )
    preview = models.OneToOneField(
        SyncRun, null=True, on_delete=models.SET_NULL, related_name="previewed_file"
    )
    run = models.OneToOneField(
        SyncRun, null=True, on_delete=models.SET_NULL, related_name="imported_file"
    )

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name


class ColumnChoice(models.Model):
    """What this company reads a heading as; remembered from its last upload."""

    heading = models.CharField(max_length=200, unique=True, help_text="As `plain` writes it.")
    field = models.CharField(max_length=40, blank=True, help_text="Blank: not read.")

    class Meta:
        ordering = ["heading"]

    def __str__(self) -> str:
        return f"{self.heading}: {self.field or 'not read'}"

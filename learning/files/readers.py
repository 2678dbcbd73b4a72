"""Who may download which file."""

from django.db.models import Exists, OuterRef, QuerySet

from learning.models import Assignment, PlanStep, StepFile
from tenants.people.models import Person


def files_visible_to(viewer: Person) -> QuerySet[StepFile]:
    """The files of steps that are in the plan of this person or of somebody below them; all of
    them for whoever may look at steps in the admin site.

    Who has a step may have every file that stores the same: a page that was open while L&D changed
    the path links to the step's file, and the plan rests on its copy by then.
    """
    if viewer.has_perm("learning.view_step"):
        return StepFile.objects.all()
    people = Person.objects.filter(pk=viewer.pk) | Person.objects.organisation_of(viewer)
    held = PlanStep.objects.filter(
        assignment__person__in=people, step__files__content=OuterRef("content")
    ).exclude(assignment__status=Assignment.Status.WITHDRAWN)
    return StepFile.objects.filter(Exists(held))

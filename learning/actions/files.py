"""A step gains a file, or loses one."""

from functools import partial
from secrets import token_hex
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from learning.actions.versions import keep_version
from learning.files import examine
from learning.models import Step, StepFile


@transaction.atomic
def add_file(*, step: Step, upload: "File[Any]") -> StepFile:
    """Give a step a file; whoever is on its path keeps the step as they have it.

    It is stored under a random name. Raises `FileRefused`, a `ValidationError`.
    """
    _refuse_copies(step)
    examined = examine(upload)
    keep_version(path=step.path)
    file = StepFile(
        step=step, name=examined.name, size=examined.size, media_type=examined.kind.media_type
    )
    file.content.save(token_hex(16), upload, save=False)
    try:
        file.save()
    except BaseException:
        file.content.storage.delete(str(file.content.name))
        raise
    return file


@transaction.atomic
def remove_file(*, file: StepFile) -> None:
    """Take a file away; whoever is on the path keeps it. Raises `ValidationError`."""
    _refuse_copies(file.step)
    keep_version(path=file.step.path)
    file.delete()


@receiver(post_delete, sender=StepFile)
def forget_content(instance: StepFile, **_: Any) -> None:
    """Let go of what is stored once no file has it: neither the step's nor a kept copy's.

    A signal, since files also go with their step, version or path. A copy made meanwhile is seen:
    whoever makes one holds the path. Costs a query for each file.
    """
    name, storage = str(instance.content.name), instance.content.storage
    if not StepFile.objects.filter(content=name).exists():
        transaction.on_commit(partial(storage.delete, name), robust=True)


def _refuse_copies(step: Step) -> None:
    if step.version_id:
        raise ValidationError("This is a step as it was kept for people on it: it stays as it is.")

from auditlog.context import disable_auditlog
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tenants.people.access import GROUPS, Access, access_of, owners
from tenants.people.auditing import events
from tenants.people.models import Person


@transaction.atomic
def give_access(*, person: Person, access: Access, actor: Person) -> bool:
    """Let somebody do this in the admin site, in place of what they could do.

    Returns whether that is anything else than before. Raises `ValidationError` where `actor` is no
    owner, or the company would be left without one.
    """
    list(owners().select_for_update(no_key=True).values_list("pk"))  # two go one after the other
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    check_access(person=person, access=access, actor=actor)
    before = access_of(person)
    opens = access != Access.NOTHING
    if before == access and person.is_staff == opens:
        return False
    with disable_auditlog():  # one row tells of it
        person.is_superuser = access == Access.OWNER
        person.is_staff = opens
        person.save(update_fields=["is_superuser", "is_staff", "updated_at"])
        person.user_permissions.clear()
        person.groups.set(Group.objects.filter(name=access) if access in GROUPS else [])
    events.record(
        action=events.Event.ACCESS,
        about=person,
        words=_("%(person)s: access “%(access)s”") % {"person": person, "access": access.label},
        actor=actor,
        changes={"access": [str(before.label), str(access.label)]},
    )
    return True


def check_access(*, person: Person | None, access: Access, actor: Person) -> None:
    """Raises `ValidationError` where `give_access` would."""
    if not actor.is_superuser:
        raise ValidationError(_("Only an owner gives access."))
    loses = person is not None and person.is_superuser and access != Access.OWNER
    if loses and not owners().exclude(pk=person.pk).exists():  # type: ignore[union-attr]
        told = _("%(person)s is the last owner: make somebody else one first.")
        raise ValidationError(told % {"person": person})

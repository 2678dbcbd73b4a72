"""The O*NET tables of a company, and the roles that are started from them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from auditlog.context import disable_auditlog
from django.db import transaction
from django.utils.text import slugify

from learning.models import Occupation, Role, RoleSkill, Skill
from learning.onet.attribution import as_modified
from learning.onet.levels import level_texts
from learning.onet.names import LIMIT, names_of, short_name
from learning.onet.reading import Database
from learning.onet.rows import PublishedTask
from learning.onet.storing import lock_occupations, store
from tenants.companies.context import current_company
from tenants.companies.identifiers import new_uid
from tenants.people.auditing import record_event

Watch = Callable[[Sequence[PublishedTask]], Iterable[PublishedTask]]


@dataclass(frozen=True, slots=True)
class Started:
    """The role, whether it was made just now, and the skills it was then given. They come from
    supplemental tasks where the occupation has no core ones."""

    role: Role
    is_new: bool
    skills: int = 0
    from_supplemental: bool = False


@transaction.atomic
def replace_occupations(*, database: Database, watch: Watch = iter) -> None:
    """Put the tables in the place of those there are. Roles already made stay as they are.

    `watch` passes the tasks on as they are stored, for whoever shows progress.
    """
    lock_occupations()
    store(database, watch(database.tasks))


@transaction.atomic
def start_role(*, occupation: Occupation) -> Started:
    """Make the occupation a draft role, with a skill per core task, to be edited.

    A task that another occupation has word for word is the same skill, as it was edited meanwhile.
    Whoever starts again gets the role there is. At most twelve queries, however many tasks. Raises
    `Occupation.DoesNotExist` where the tables have been replaced by some without it.
    """
    lock_occupations()
    occupation = Occupation.objects.get(code=occupation.code)
    if role := Role.objects.filter(occupation_code=occupation.code).first():
        return Started(role, is_new=False)
    tasks = list(occupation.tasks.values_list("core", "text"))
    core = [text for is_core, text in tasks if is_core]
    attribution = as_modified(occupation.release, by=current_company().name)
    with disable_auditlog():  # one row tells of it all
        role = _draft(occupation, attribution)
    skills = _skills(dict.fromkeys(core or [text for _, text in tasks]), attribution)
    RoleSkill.objects.bulk_create(RoleSkill(role=role, skill=skill) for skill in skills)
    told = f"Started “{role}” from O*NET, with {len(skills)} skills"
    record_event(action="bulk", about=role, words=told)
    return Started(role, True, len(skills), from_supplemental=bool(skills and not core))


def _draft(occupation: Occupation, attribution: str) -> Role:
    endings = ("", " (O*NET)", f" (O*NET {occupation.code})")
    names = [short_name(occupation.title, LIMIT - len(ending)) + ending for ending in endings]
    taken = set(Role.objects.filter(name__in=names).values_list("name", flat=True))
    uid = new_uid()
    return Role.objects.create(
        uid=uid,
        slug=f"{slugify(occupation.title)[:60]}-{uid.hex[-8:]}".lstrip("-"),
        name=next(name for name in names if name not in taken),
        summary=occupation.description,
        status=Role.Status.DRAFT,
        occupation_code=occupation.code,
        attribution=attribution,
    )


def _skills(texts: Iterable[str], attribution: str) -> list[Skill]:
    """A skill per text, in that order; those that are there already stay as they are."""
    slugs = {_slug(text): text for text in texts}
    there = {skill.slug: skill for skill in Skill.objects.filter(slug__in=slugs)}
    new = {slug: text for slug, text in slugs.items() if slug not in there}
    # all names of the company: a different text must not take one of them
    taken = Skill.objects.values_list("name", flat=True) if new else ()
    made = Skill.objects.bulk_create(
        Skill(slug=slug, name=name, attribution=attribution, **level_texts(text))
        for (slug, text), name in zip(new.items(), names_of(new.values(), taken=taken), strict=True)
    )
    there |= {skill.slug: skill for skill in made}
    return [there[slug] for slug in slugs]


def _slug(text: str) -> str:
    """Made of the text alone, so that the skill is found again whatever its name has become."""
    digest = sha256(text.encode()).hexdigest()[:12]
    return f"{slugify(short_name(text))[:60]}-{digest}".lstrip("-")

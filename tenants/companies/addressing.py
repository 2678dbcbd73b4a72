"""Which address a company can have: whether it is free, and what is free where it is not."""

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tenants.companies.models import (
    RESERVED_SLUGS,
    Company,
    validate_slug,
    validate_slug_is_free,
)

LONGEST: Final = 40


def check_slug(slug: str) -> None:
    """Raises `ValidationError` at ``slug`` where the address cannot be had. One query, or two."""
    try:
        validate_slug(slug)
        validate_slug_is_free(slug)
    except ValidationError as error:
        raise ValidationError({"slug": error.messages}) from error
    if len(slug) > LONGEST:
        raise ValidationError({"slug": _("Choose a shorter address.")})
    if Company.objects.filter(slug=slug).exists():
        raise ValidationError(
            {
                "slug": _("%(slug)s is taken. %(other)s is free.")
                % {"slug": slug, "other": free_slug(slug)}
            }
        )


def free_slug(name: str) -> str:
    """An address made of a company's name that nobody has; empty where no letter is left of it.

    One query.
    """
    slug = slugify(name).replace("_", "-").lstrip("0123456789-")[: LONGEST - 4].strip("-")
    if len(slug) < 2:
        return ""
    taken = set(Company.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS
    numbered = (f"{slug}-{number}" for number in range(2, 1000))
    return next((each for each in (slug, *numbered) if each not in taken), "")

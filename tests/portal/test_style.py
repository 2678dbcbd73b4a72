"""The design system's own page, and what its tokens promise."""

from collections.abc import Iterator
from importlib import reload

import pytest
from pytest_django import Settings

from portal import style, urls
from tenants.companies.colours import SHEETS
from tenants.companies.models import Company
from tests.portal.cast import Visit

TOKENS = style.TOKENS.read_text()


def test_the_page_draws_every_part(acme: Company, visit: Visit) -> None:
    page = visit(acme).get("/style/").content.decode()
    for part in ("--thread-deep", "A field that is wrong", 'class="thread"', "Write it so."):
        assert part in page


@pytest.mark.parametrize("swatch", style.swatches(TOKENS), ids=lambda swatch: swatch.name)
def test_text_can_be_read_on_every_ground_in_both_schemes(swatch: style.Swatch) -> None:
    assert swatch.is_readable


def test_a_companys_colour_is_measured_against_the_least_favourable_ground() -> None:
    sunk = next(each for each in style.swatches(TOKENS) if each.name == "sunk")
    assert (sunk.light, sunk.dark) == (SHEETS["light"], SHEETS["dark"])


@pytest.fixture
def in_production(settings: Settings) -> Iterator[None]:
    settings.PRODUCTION = True
    reload(urls)
    yield
    settings.PRODUCTION = False
    reload(urls)


def test_production_has_no_such_page(in_production: None) -> None:
    assert "style" not in {pattern.name for pattern in urls.urlpatterns}

"""A company's own colour: whatever it is, what is written in it can be read."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tenants.companies.actions import paint
from tenants.companies.colours import READABLE, SHEETS, contrast, parts_of, shades
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import Visit

COLOURS = st.binary(min_size=3, max_size=3).map(lambda rgb: f"#{rgb.hex()}")


@given(colour=COLOURS, scheme=st.sampled_from(["light", "dark"]))
def test_whatever_the_colour_it_can_be_read(colour: str, scheme: str) -> None:
    made = shades(colour, scheme)
    for text in (made.thread, made.deep):
        for ground in (SHEETS[scheme], made.tint, made.on_thread):
            assert contrast(parts_of(text), parts_of(ground)) >= READABLE


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert shades("#1d5a4b", "light").thread == "#1d5a4b"


def test_pages_wear_the_companys_colour_without_unsafe_styles(
    acme: Company, lee: Person, visit: Visit
) -> None:
    assert "<style" not in visit(acme, lee).get("/path/").content.decode()
    assert paint(company=acme, brand_colour=" #B3261E ")
    response = visit(acme, lee).get("/path/")
    page, policy = response.content.decode(), response["Content-Security-Policy"]
    assert "#b3261e" in page
    assert f"'nonce-{page.split('<style nonce=')[1][1:].split(chr(34))[0]}'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g", "1d5a4b", "#1d5a4b;}"])
def test_what_is_no_colour_is_refused_with_how_to_write_it(acme: Company, colour: str) -> None:
    with pytest.raises(ValidationError) as refused:
        paint(company=acme, brand_colour=colour)
    assert "#1d5a4b" in str(refused.value.message_dict["brand_colour"])

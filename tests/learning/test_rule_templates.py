"""The texts of a rule's framing, filled for each person."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.templates import PLACEHOLDERS, SAMPLES, check_template

TEXTS = st.text(alphabet=st.sampled_from("ab {}"), max_size=20)


def test_every_placeholder_has_a_sample() -> None:
    assert SAMPLES.keys() == PLACEHOLDERS.keys()


def test_known_placeholders_pass() -> None:
    check_template("close deals faster in {department}, {location}")


@pytest.mark.parametrize("text", ["{team} loses demos", "{} loses", "{Department} loses"])
def test_an_unknown_placeholder_is_refused_naming_those_there_are(text: str) -> None:
    with pytest.raises(ValidationError, match=r"There is: \{name\}, \{job_title\}"):
        check_template(text)


@pytest.mark.parametrize("text", ["{department", "department}", "{department}}"])
def test_a_stray_brace_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="A brace stands alone"):
        check_template(text)


@given(TEXTS)
def test_a_text_with_braces_never_slips_through(text: str) -> None:
    try:
        check_template(text)
    except ValidationError:
        assert "{" in text or "}" in text
    else:
        assert "{" not in text
        assert "}" not in text

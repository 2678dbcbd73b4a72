"""A file is called as its owner named it, as far as that does no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.files.names import NAME_LIMIT, cleaned


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/plan.pdf", "plan.pdf"),
        ("C:\\Users\\Olive\\plan.pdf", "plan.pdf"),
        ("pl\x00an\r\n.pdf", "plan.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        (".htaccess", "htaccess"),
        ("plan.pdf. ", "plan.pdf"),
        ("Plan  für\u00a0Köln.pdf", "Plan für Köln.pdf"),
        ("Ko\u0308ln.pdf", "Köln.pdf"),
        ("..", "file"),
        ("", "file"),
        (None, "file"),
        ("a" * 300 + ".docx", "a" * 145 + ".docx"),
        ("a." + "b" * 300, "a." + "b" * 148),
    ],
)
def test_a_name_is_kept_as_far_as_it_does_no_harm(given_name: str | None, kept: str) -> None:
    assert cleaned(given_name) == kept


@given(st.text(max_size=400))
def test_no_name_leads_anywhere(name: str) -> None:
    kept = cleaned(name)
    assert 0 < len(kept) <= NAME_LIMIT
    assert not set(kept) & set("/\\\0\r\n\u202e")
    assert not kept.startswith(".")
    assert cleaned(kept) == kept

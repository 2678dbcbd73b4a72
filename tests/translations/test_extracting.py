"""What is asked for is found, in each way of asking."""

from pathlib import Path

import pytest

from tests.translations.extracting import strings_of
from tests.translations.floors import FLOORS, ROOT, Floor

PYTHON = '''
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext, pgettext_lazy

LATER = gettext_lazy("a label")
NEVER = gettext_noop("kept as it is")
KIND = pgettext_lazy("a kind", "read")

def told(n: int) -> str:
    """_("not this")"""
    return _("one sentence, "
             "in two parts") + ngettext("%(n)s step", "%(n)s steps", n)
'''
TEMPLATE = """
{% load i18n %}
    {% if one %}{% translate "Save" %}{% else %}it's {{ _("a filter's")|upper }}{% endif %}
  {% blocktranslate with name=person.name %}Ask {{ name }} (or others){% endblocktranslate %}
{% include "x.html" with label=_("Given along") %}
{% blocktranslate trimmed count n=days %}
  {{ n }} day
{% plural %}
  {{ n }} days
{% endblocktranslate %}
{# {% translate "not this" %} #}
{% translate "read" context "a kind" %}
"""


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tests.translations.extracting.ROOT", tmp_path)

    def extract(name: str, text: str) -> set[tuple[object, str | None]]:
        path = tmp_path / name
        path.write_text(text)
        return {(each.text, each.context) for each in strings_of([path])}

    return extract


def test_python_is_read_in_every_way_of_asking(found):
    assert found("one.py", PYTHON) == {
        ("a label", None),
        ("kept as it is", None),
        ("read", "a kind"),
        ("one sentence, in two parts", None),
        (("%(n)s step", "%(n)s steps"), None),
    }


@pytest.mark.parametrize("name", ["page.html", "mail.txt", "mail.mjml"])
def test_templates_are_read_in_every_way_of_asking(found, name: str):
    assert found(name, TEMPLATE) == {
        ("Save", None),
        ("a filter's", None),
        ("Ask %(name)s (or others)", None),
        ("Given along", None),
        (("%(n)s day", "%(n)s days"), None),
        ("read", "a kind"),
    }


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.folder)
def test_what_is_left_out_is_there_to_be_left_out(floor: Floor):
    for place in floor.left_out:
        assert (floor.path / place).exists(), place


def test_every_page_and_mail_is_among_the_sources():
    sources = {path.relative_to(ROOT) for floor in FLOORS for path in floor.sources()}
    for folder in (
        "platform/portal/templates",
        "platform/api/templates/mail",
        "reinforcement/templates/mail",
    ):
        for path in (ROOT / folder).rglob("*.*"):
            assert path.relative_to(ROOT) in sources

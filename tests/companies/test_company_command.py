"""``manage.py company``: one sentence for what goes wrong, nothing left behind."""

import pytest
from django.core.management import CommandError, call_command
from django_tenants.utils import schema_context, schema_exists

from tenants.companies import cloning
from tenants.companies.actions import create_company
from tenants.companies.connections import connection
from tenants.companies.models import Company

pytestmark = pytest.mark.django_db


def test_company_is_created_with_its_schema_and_listed(capsys):
    call_command("company", "create", "initech", "--name", "Initech", "--time-zone", "Asia/Tokyo")
    assert capsys.readouterr().out == "Initech is ready: http://initech.localhost:8000/\n"
    assert schema_exists("c_initech")
    call_command("company", "list")
    assert "initech" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("Ini Tech", "Use lower-case letters"),
        ("admin", "kept for Throughline itself"),
        ("acme", "already exists"),
    ],
)
def test_slug_that_cannot_be_used_is_refused_with_the_reason(slug, told):
    with pytest.raises(CommandError, match=told):
        call_command("company", "create", slug)


def test_time_zone_that_does_not_exist_is_refused():
    with pytest.raises(CommandError, match="use an IANA name such as Europe/Berlin"):
        call_command("company", "create", "initech", "--time-zone", "Berlin")


def test_failure_half_way_leaves_neither_row_nor_schema(monkeypatch):
    def fail(schema: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {schema}")
        raise RuntimeError("disk full")

    monkeypatch.setattr(cloning, "replay", fail)
    with pytest.raises(RuntimeError):
        create_company(name="Initech", slug="initech", root_domain="localhost")
    with schema_context("public"):
        assert not Company.objects.filter(slug="initech").exists()
    assert not schema_exists("c_initech")

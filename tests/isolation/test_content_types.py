"""A content type has another id in every schema, and is never taken for that of another."""

from django.contrib.contenttypes.models import ContentType
from django_tenants.utils import schema_context

from tenants.companies.connections import connection
from tenants.companies.models import Company
from tenants.people.models import Person


def stored(schema: str) -> int:
    with schema_context(schema), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM django_content_type WHERE app_label = 'people' AND model = 'person'"
        )
        return int(cursor.fetchone()[0])


def remembered(schema: str) -> int:
    with schema_context(schema):
        return ContentType.objects.get_for_model(Person).pk


def test_each_schema_has_its_own(acme: Company, globex: Company) -> None:
    for schema, far in (("c_acme", 1000), ("c_globex", 2000)):
        with schema_context(schema), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_content_type (id, app_label, model)"
                " SELECT id + %s, 'moved', model FROM django_content_type"
                " WHERE app_label = 'people' AND model = 'person'",
                [far],
            )
            cursor.execute(
                "UPDATE django_content_type SET app_label ="
                " CASE app_label WHEN 'moved' THEN 'people' ELSE 'before' END"
                " WHERE model = 'person'"
            )
        ContentType.objects.clear_cache()
    schemas = ("public", "c_acme", "c_globex", "c_acme", "public")
    assert len({stored(schema) for schema in schemas}) == 3
    assert [remembered(schema) for schema in schemas] == [stored(schema) for schema in schemas]
    ContentType.objects.clear_cache()

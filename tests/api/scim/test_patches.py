"""PATCH of a user in memory: every way in which providers write the same thing."""

from typing import Any

import pytest
from scim2_models import SCIMException

from api.scim.patches import patched
from api.scim.resources import EnterpriseUser, FullUser, Group, ThroughlineUser

PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
OURS = "urn:ietf:params:scim:schemas:extension:throughline:2.0:User"


@pytest.fixture
def lee() -> Any:
    return FullUser.model_validate(
        {
            "schemas": [CORE, ENTERPRISE],
            "id": "u-lee",
            "externalId": "hr-1",
            "userName": "lee@acme.example",
            "displayName": "Lee Tanaka",
            "name": {"givenName": "Lee", "familyName": "Tanaka", "formatted": "Lee Tanaka"},
            "title": "Account Executive",
            "active": True,
            "emails": [{"value": "lee@acme.example", "type": "work", "primary": True}],
            "groups": [{"value": "g-sales"}],
            ENTERPRISE: {"department": "Sales", "manager": {"value": "u-ada"}},
        }
    )


@pytest.fixture
def sales() -> Group:
    return Group.model_validate(
        {"id": "g-sales", "displayName": "Sales", "members": [{"value": "a"}, {"value": "b"}]}
    )


def op(op: str, path: str | None = None, *value: Any) -> dict[str, Any]:
    return {"op": op, **({"path": path} if path else {}), **({"value": value[0]} if value else {})}


def after(resource: Any, *operations: Any) -> Any:
    return patched(resource, {"schemas": [PATCH], "Operations": list(operations)})


def told(resource: Any, *operations: Any) -> SCIMException:
    """The refusal; the resource is as it was."""
    before = resource.model_dump()
    with pytest.raises(SCIMException) as caught:
        after(resource, *operations)
    assert resource.model_dump() == before
    return caught.value


@pytest.mark.parametrize("word", ["Replace", "replace", "Add", "add"])
@pytest.mark.parametrize("value", ["False", "false", "FALSE", False])
def test_false_is_false_however_it_is_written(lee: Any, word: str, value: Any) -> None:
    assert after(lee, op(word, "active", value)).active is False
    assert after(lee, op(word, None, {"active": value})).active is False
    assert lee.active is True


def test_what_changes_nothing_gives_the_resource_itself(lee: Any) -> None:
    assert after(lee, op("Replace", "active", "True")) is lee
    assert after(lee, op("Remove", f"{ENTERPRISE}:division")) is lee
    assert after(lee, op("Replace", None, {ENTERPRISE: {}})) is lee


def test_object_without_a_path_may_have_dotted_keys_and_urns(lee: Any) -> None:
    changed = after(
        lee,
        op(
            "replace",
            None,
            {
                "displayName": "Bo Ek",
                "name.givenName": "Bo",
                "name.middleName": "M",
                "active": "True",
                f"{ENTERPRISE}:department": "Support",
                f"{CORE}:title": "Engineer",
                OURS: {"hireDate": "2026-11-18"},
            },
        ),
    )
    assert (changed.name.given_name, changed.name.family_name) == ("Bo", "Tanaka")
    assert changed[EnterpriseUser].department == "Support"
    assert changed[EnterpriseUser].manager.value == "u-ada"
    assert changed[ThroughlineUser].hire_date == "2026-11-18"
    assert changed.title == "Engineer"
    assert changed.display_name == "Lee Tanaka"


@pytest.mark.parametrize("word", ["Add", "Replace"])
@pytest.mark.parametrize(
    "value",
    [
        "u-nia",
        {"value": "u-nia"},
        {"value": "u-nia", "displayName": "Nia", "$ref": "../Users/u-nia"},
        [{"value": "u-nia"}],
        [{"$ref": None, "value": "u-nia"}],
    ],
)
def test_manager_is_read_in_every_form(lee: Any, word: str, value: Any) -> None:
    for operation in (
        op(word, f"{ENTERPRISE}:manager", value),
        op(word, None, {f"{ENTERPRISE}:manager": value}),
        op(word, ENTERPRISE, {"manager": value}),
    ):
        assert after(lee, operation)[EnterpriseUser].manager.value == "u-nia"
    assert after(lee, op(word, f"{ENTERPRISE}:manager.value", "u-nia")) is not lee


@pytest.mark.parametrize(
    "operation",
    [
        op("Remove", f"{ENTERPRISE}:manager"),
        op("Remove", f"{ENTERPRISE}:manager", "u-ada"),
        op("Remove", f"{ENTERPRISE}:manager", [{"value": "u-ada"}]),
        op("Remove", f"{ENTERPRISE}:manager.value"),
        op("Replace", f"{ENTERPRISE}:manager", ""),
        op("Replace", f"{ENTERPRISE}:manager", None),
        op("Replace", f"{ENTERPRISE}:manager", []),
        op("Replace", f"{ENTERPRISE}:manager", {"value": ""}),
        op("Replace", f"{ENTERPRISE}:manager.value", ""),
        op("replace", None, {ENTERPRISE: {"manager": None}}),
    ],
)
def test_manager_is_removed_in_every_form(lee: Any, operation: Any) -> None:
    changed = after(lee, operation)
    assert changed[EnterpriseUser].manager is None
    assert changed[EnterpriseUser].department == "Sales"


def test_filter_that_finds_nothing_makes_the_entry(lee: Any) -> None:
    changed = after(lee, op("Replace", 'emails[type eq "home"].value', "lee@home.example"))
    assert [(mail.type, mail.value) for mail in changed.emails] == [
        ("work", "lee@acme.example"),
        ("home", "lee@home.example"),
    ]
    assert after(lee, op("Replace", 'emails[type eq "home"].value', "")) is lee


def test_email_is_changed_where_it_is_and_goes_with_its_address(lee: Any) -> None:
    changed = after(lee, op("Replace", 'emails[type eq "work"].value', "lee.t@acme.example"))
    (mail,) = changed.emails
    assert (mail.value, mail.type, mail.primary) == ("lee.t@acme.example", "work", True)
    assert not after(lee, op("Replace", 'emails[type eq "work"].value', "")).emails
    named = [{"$ref": None, "value": "lee@acme.example"}]
    assert not after(lee, op("Remove", "emails", named)).emails


def test_list_of_emails_replaces_and_drops_what_is_not_kept(lee: Any) -> None:
    entries = [
        {"value": "lee@x.example", "type": "work", "primary": "True", "display": "Lee"},
        {"value": "", "type": "home"},
    ]
    (mail,) = after(lee, op("replace", "emails", entries)).emails
    assert (mail.value, mail.primary) == ("lee@x.example", True)
    assert not after(lee, op("replace", "emails", [])).emails
    assert after(lee, op("add", "emails", [])) is lee


def test_attributes_that_are_not_kept_are_dropped_and_the_others_apply(lee: Any) -> None:
    changed = after(
        lee,
        op("Add", 'addresses[type eq "work"].formatted', "18 Main St"),
        op("Replace", 'phoneNumbers[type eq "mobile"].value', "+49 30 1"),
        op("Replace", 'roles[primary eq "True"].value', "admin"),
        op("Replace", 'emails[type eq "work"].display', "Lee"),
        op("Replace", "password", "1mz050nq"),
        op("Replace", "name.formatted", "Bo Ek"),
        op("Replace", "name", {"middleName": "M", "givenName": "Bo"}),
        op("Remove", "displayName"),
    )
    assert changed.name.given_name == "Bo"
    assert changed.name.formatted == "Lee Tanaka"
    assert changed.emails == lee.emails


@pytest.mark.parametrize("value", [[{"$ref": None, "value": "CEO"}], ["CEO"], {"value": "CEO"}])
def test_single_value_may_come_wrapped(lee: Any, value: Any) -> None:
    assert after(lee, op("Add", "title", value)).title == "CEO"


@pytest.mark.parametrize("value", ["", "  ", None, [], [{"value": ""}]])
@pytest.mark.parametrize("word", ["Add", "Replace"])
def test_blank_clears(lee: Any, word: str, value: Any) -> None:
    assert after(lee, op(word, "title", value)).title is None
    assert after(lee, op(word, f"{ENTERPRISE}:department", value))[EnterpriseUser].manager
    changed = after(lee, op(word, None, {"name": {"familyName": value}}))
    assert (changed.name.given_name, changed.name.family_name) == ("Lee", None)


def test_names_are_read_without_regard_to_case(lee: Any) -> None:
    body = {
        "SCHEMAS": [PATCH.upper()],
        "operations": [{"OP": "REPLACE", "Path": "TITLE", "VALUE": "CEO"}],
    }
    assert patched(lee, body).title == "CEO"
    assert after(lee, op("Replace", f"{ENTERPRISE.upper()}:Department", "CS")) is not lee


def test_whole_extension_goes_by_its_urn(lee: Any) -> None:
    assert after(lee, op("Remove", ENTERPRISE))[EnterpriseUser] is None


def test_members_are_added_removed_and_replaced(sales: Group) -> None:
    def members(*operations: Any) -> list[str | None]:
        return [member.value for member in after(sales, *operations).members or []]

    assert members(op("Add", "members", [{"$ref": None, "value": "c"}])) == ["a", "b", "c"]
    assert members(op("Add", "members", [{"value": "a", "display": "A"}])) == ["a", "b"]
    assert members(op("Remove", "members", [{"$ref": None, "value": "a"}])) == ["b"]
    assert members(op("Remove", "members", [])) == ["a", "b"]
    assert members(op("Remove", "members")) == []
    assert members(op("remove", 'members[value eq "a"]')) == ["b"]
    assert members(op("remove", 'members[value eq "z"]')) == ["a", "b"]
    assert members(op("replace", "members", [{"value": "c", "type": "User"}])) == ["c"]
    assert members(op("replace", None, {"id": "g-sales", "displayName": "S"})) == ["a", "b"]


@pytest.mark.parametrize(
    ("operation", "scim_type", "said"),
    [
        (op("Replace", "id", "x"), "mutability", "'id'"),
        (op("Replace", None, {"id": "x"}), "mutability", "'id'"),
        (op("Remove", "meta.created"), "mutability", "'meta.created'"),
        (op("Add", "groups", [{"value": "g"}]), "mutability", "'groups'"),
        (op("Replace", "userName", ""), "mutability", "userName"),
        (op("Replace", "nope", "x"), "invalidPath", "'nope'"),
        (op("Replace", None, {"nope": "x"}), "invalidPath", "'nope'"),
        (op("Replace", "userName.nope", "x"), "invalidPath", "'userName.nope'"),
        (op("Replace", f"{ENTERPRISE}:nope", "x"), "invalidPath", "nope"),
        (op("Replace", "urn:example:2.0:User:x", "x"), "invalidPath", "urn:example:2.0:User:x"),
        (op("Replace", "emails[type eq work].value", "x"), "invalidPath", "syntax"),
        (op("Replace", "a b", "x"), "invalidPath", "'a b'"),
        (op("Replace", None, {"": "x"}), "invalidPath", "''"),
        ({"op": "replace", "path": 5, "value": "x"}, "invalidPath", "text"),
        (op("Replace", 'emails[nope eq "x"].value', "x"), "invalidFilter", "nope"),
        (op("Remove", 'emails[nope eq "x"]'), "invalidFilter", "nope"),
        (op("Replace", 'name[givenName eq "x"].familyName', "x"), "invalidFilter", "multi-valued"),
        (op("remove"), "noTarget", '"path"'),
        (op("move", "title", "x"), "invalidSyntax", "'move'"),
        ({"path": "title", "value": "x"}, "invalidSyntax", '"op"'),
        ("replace", "invalidSyntax", "object"),
        (op("replace", None, "x"), "invalidSyntax", '"path"'),
        (op("replace", None, ["x"]), "invalidSyntax", '"path"'),
        (op("add", "title"), "invalidValue", '"value"'),
        (op("add", "title", 5), "invalidValue", "title"),
        (op("add", "title", {"a": "b"}), "invalidValue", "title"),
        (op("add", "title", ["a", "b"]), "invalidValue", "one value"),
        (op("add", "active", "maybe"), "invalidValue", "'maybe'"),
        (op("add", "active", 0), "invalidValue", "active"),
        (op("add", "name", "Lee"), "invalidValue", "name takes an object"),
        (op("add", "name", {"nope": "x"}), "invalidValue", "'nope'"),
        (op("add", "emails", [5]), "invalidValue", "emails"),
        (op("add", ENTERPRISE, "x"), "invalidValue", ENTERPRISE),
        (op("add", "title", "a\x00b"), "invalidValue", "characters"),
        (op("add", "active", ""), "mutability", "active"),
    ],
)
def test_bad_operation_is_named_and_nothing_is_changed(
    lee: Any, operation: Any, scim_type: str, said: str
) -> None:
    refusal = told(lee, op("replace", "title", "CEO"), operation)
    assert refusal.status == 400
    assert refusal.scim_type == scim_type
    assert said in refusal.detail


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"Operations": [op("remove", "title")]}, 400, PATCH),
        ({"schemas": [CORE], "Operations": [op("remove", "title")]}, 400, PATCH),
        ({"schemas": PATCH, "Operations": [op("remove", "title")]}, 400, PATCH),
        ({"schemas": [PATCH]}, 400, "Operations"),
        ({"schemas": [PATCH], "Operations": []}, 400, "Operations"),
        ({"schemas": [PATCH], "Operations": {"op": "remove", "path": "title"}}, 400, "Operations"),
        ({"schemas": [PATCH], "Operations": [op("remove", "title")] * 1001}, 413, "1000"),
    ],
)
def test_bad_message_is_refused(lee: Any, body: Any, status: int, said: str) -> None:
    with pytest.raises(SCIMException, match=said) as caught:
        patched(lee, body)
    assert caught.value.status == status


def test_thousand_operations_are_few_enough(lee: Any) -> None:
    assert after(lee, *[op("replace", "title", f"CEO {n}") for n in range(1000)]).title == "CEO 999"

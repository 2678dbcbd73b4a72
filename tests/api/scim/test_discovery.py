"""What the service says of itself."""

from typing import Any

import pytest

from api.scim.resources import BULK_BYTES, BULK_OPERATIONS, MAX_RESULTS
from tenants.companies.models import Company
from tests.api.asking import Visit
from tests.api.scim.provider import CORE, ENTERPRISE, MESSAGES, OURS, Provider, connect


def test_config_says_what_we_do(provider: Provider) -> None:
    told = provider.get("/ServiceProviderConfig")
    assert told["patch"] == {"supported": True}
    assert told["bulk"] == {
        "supported": True,
        "maxOperations": BULK_OPERATIONS,
        "maxPayloadSize": BULK_BYTES,
    }
    assert told["filter"] == {"supported": True, "maxResults": MAX_RESULTS}
    assert told["changePassword"] == {"supported": False}
    assert told["sort"] == told["etag"] == {"supported": True}
    (scheme,) = told["authenticationSchemes"]
    assert (scheme["type"], scheme["primary"]) == ("oauthbearertoken", True)
    assert told["meta"]["location"].endswith("acme.localhost/scim/v2/ServiceProviderConfig")
    documented = provider.client.get(told["documentationUri"].partition(".localhost")[2])
    assert documented.status_code == 200


def listed(provider: Provider, path: str) -> dict[str, Any]:
    told = provider.get(path)
    assert told["schemas"] == [f"{MESSAGES}:ListResponse"]
    assert told["totalResults"] == told["itemsPerPage"] == len(told["Resources"])
    return {resource["id"]: resource for resource in told["Resources"]}


def test_resource_types(provider: Provider) -> None:
    types = listed(provider, "/ResourceTypes")
    assert {name: kind["endpoint"] for name, kind in types.items()} == {
        "User": "/Users",
        "Group": "/Groups",
    }
    assert [extension["schema"] for extension in types["User"]["schemaExtensions"]] == [
        ENTERPRISE,
        OURS,
    ]
    assert provider.get("/ResourceTypes/User") == types["User"]
    provider.get("/ResourceTypes/Printer", status=404)


def test_schemas_tell_the_attributes_that_are_kept(provider: Provider) -> None:
    schemas = listed(provider, "/Schemas")
    assert {f"{CORE}:User", f"{CORE}:Group", ENTERPRISE, OURS} <= set(schemas)
    attributes = {each["name"]: each for each in schemas[f"{CORE}:User"]["attributes"]}
    assert "phoneNumbers" not in attributes
    assert attributes["userName"]["required"] is True
    assert attributes["userName"]["uniqueness"] == "server"
    assert attributes["displayName"]["mutability"] == "readOnly"
    (manager,) = (each for each in schemas[ENTERPRISE]["attributes"] if each["name"] == "manager")
    references = {each["name"]: each.get("referenceTypes") for each in manager["subAttributes"]}
    assert references == {"value": None, "$ref": ["User"], "displayName": None}
    for urn, schema in schemas.items():
        assert provider.get(f"/Schemas/{urn}") == schema
        assert schema["meta"]["location"].endswith(f"/scim/v2/Schemas/{urn}")
    provider.get("/Schemas/urn:x:y", status=404)


@pytest.mark.parametrize("path", ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"])
def test_discovery_is_not_filtered(provider: Provider, path: str) -> None:
    """RFC 7644, section 4: 403 for a filter; paging is ignored."""
    provider.get(f"{path}?filter=id%20pr", status=403)
    assert provider.get(f"{path}?startIndex=5&count=1") == provider.get(path)
    assert "colour" in provider.get(f"{path}?colour=red", status=400)["detail"]


@pytest.mark.parametrize("path", ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"])
def test_discovery_needs_a_token(acme: Company, visit: Visit, path: str) -> None:
    assert visit(acme).get(f"/scim/v2{path}").status_code == 401
    connect(visit, acme, ["people:write"]).get(path, status=403)

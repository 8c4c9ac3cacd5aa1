"""What scim2-tester needs to know to test the stand-in, and what it asks for that Enboarder does not document."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from enboarder_api.models import UserType

NOT_DOCUMENTED = {
    "service_provider_config_endpoint": "the sample of the article marks two authentication schemes as primary",
    "service_provider_config_endpoint_methods": "a method that is not described is refused by the gateway: 403",
    "query_all_resource_types": "the reply is not documented; the stand-in answers an empty object",
    "access_invalid_resource_type": "a path that is not described is refused by the gateway: 403",
    "resource_types_endpoint_methods": "a method that is not described is refused by the gateway: 403",
    "query_all_schemas": "the reply is not documented; the stand-in answers an empty object",
    "access_invalid_schema": "a path that is not described is refused by the gateway: 403",
    "schemas_endpoint_methods": "a method that is not described is refused by the gateway: 403",
    "random_url": "a path that is not described is refused by the gateway: 403, without a SCIM error",
    "object_query_with_attributes": "no text names `attributes` and `excludedAttributes`; they are ignored",
    "object_list_with_attributes": "no text names `attributes` and `excludedAttributes`; they are ignored",
    "search_with_attributes": "no text names `/.search`",
    "check_add_attribute": "PATCH is declared supported, but nobody lists such an operation",
    "check_remove_attribute": "PATCH is declared supported, but nobody lists such an operation",
    "check_replace_attribute": "PATCH is declared supported, but nobody lists such an operation",
}
"""The checks that prove nothing here, and why."""
TESTED = {"object_creation", "object_query", "object_query_without_id", "object_replacement", "object_deletion"}
"""The checks that have to succeed."""


def results(base_url: str, headers: dict[str, str]) -> list[Any]:
    """What scim2-tester says of a service whose users are those of the article."""
    scim: Any = import_module("scim2_models")
    engine: Any = import_module("scim2_client.engines.httpx2")
    http: Any = import_module("httpx2").Client(base_url=f"{base_url}/scim/v2", headers=headers)
    user = _user()
    provider = scim.ScimProvider([user], [scim.ResourceType.from_resource(user)], _config(scim))
    with http:
        found: list[Any] = import_module("scim2_tester").check_server(engine.SyncSCIMClient(http, provider=provider))
    return found


def _user() -> Any:
    """The attributes that the contract describes."""
    scim: Any = import_module("scim2_models")
    schema: Any = scim.Schema.model_validate(
        {
            "id": "urn:ietf:params:scim:schemas:core:2.0:User",
            "name": "User",
            "attributes": [
                _attribute("userName", required=True, uniqueness="server"),
                _attribute(
                    "name",
                    "complex",
                    required=True,
                    subAttributes=[_attribute("givenName", required=True), _attribute("familyName", required=True)],
                ),
                _attribute(
                    "emails",
                    "complex",
                    required=True,
                    multiValued=True,
                    subAttributes=[_attribute("value", required=True)],
                ),
                _attribute("phoneNumbers", "complex", multiValued=True, subAttributes=[_attribute("value")]),
                _attribute("userType", required=True, canonicalValues=[str(role) for role in UserType]),
                _attribute("displayName"),
                _attribute("active", "boolean"),
            ],
        }
    )
    return scim.Resource.from_schema(schema)


def _attribute(name: str, kind: str = "string", **members: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "multiValued": False, "required": False, **members}


def _config(scim: Any) -> Any:
    no = {"supported": False}
    return scim.ServiceProviderConfig.model_validate(
        {
            **dict.fromkeys(("patch", "changePassword", "sort", "etag"), no),
            "bulk": {**no, "maxOperations": 1, "maxPayloadSize": 1048576},
            "filter": {**no, "maxResults": 200},
            "authenticationSchemes": [],
        }
    )

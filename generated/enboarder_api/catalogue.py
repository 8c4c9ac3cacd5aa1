# Generated from openapi/enboarder.yaml (contract 0.1.0) by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""What the service says, and what it means."""

import re
from typing import NamedTuple


class Entry(NamedTuple):
    """One message or code."""

    id: str
    kind: str
    """`success`, `refusal`, `warning`, `gateway`, `status` or `token`."""
    meaning: str
    fix: str
    resend: bool
    """Whether the same request may be sent again."""
    operations: tuple[str, ...] = ()
    """The operations that it is known from; empty means any."""
    message: str | None = None
    """A regular expression for `message`."""
    code: str | None = None
    field: str | None = None
    status: int | None = None


CATALOGUE: tuple[Entry, ...] = (
    Entry(
        "launched",
        "success",
        "The launch was accepted. (For the bulk launch this is assumed; its reply is not documented.)",
        "Keep the `referenceid` of the reply; update and cancel by it.",
        False,
        operations=("workflows.launch_basic", "workflows.launch_advanced", "workflows.launch_bulk"),
        message="^ok$",
    ),
    Entry(
        "workflow-updated",
        "success",
        "The workflow was changed.",
        "Nothing to do.",
        False,
        operations=("workflows.update",),
        message="^Workflow updated successfully for externalid \\[.*\\]$",
    ),
    Entry(
        "workflow-cancelled",
        "success",
        'The workflow was cancelled, although the message says "updated"; the article has the update\u0027s words.',
        "Nothing to do.",
        False,
        operations=("workflows.cancel",),
        message="^Workflow updated successfully for externalid \\[.*\\]$",
    ),
    Entry(
        "no-employee-contact",
        "refusal",
        "The employee has no contact. (For the bulk launch this is assumed.)",
        "Send an e-mail address (`nheml`) or a mobile number (`nhmob`) that is not empty.",
        False,
        operations=("workflows.launch_basic", "workflows.launch_advanced", "workflows.launch_bulk", "workflows.update"),
        message='^Atleast one of the fields is required \\["nheml","nhmob","nhmobeml"\\]$',
    ),
    Entry(
        "channel-without-value",
        "refusal",
        "The employee\u0027s preferred channel (`chnl`) is mobile, but there is no mobile number. (For the bulk launch and the update this is assumed.)",
        "Send the mobile number (`nhmob`), or leave `chnl` out.",
        False,
        operations=("workflows.launch_basic", "workflows.launch_advanced", "workflows.launch_bulk", "workflows.update"),
        message="^Employee preferred channel is mobile while mobile not provided$",
    ),
    Entry(
        "workflow-not-found",
        "refusal",
        "No workflow with this external id can be changed: it is complete, was cancelled, or was never launched. (Documented for the cancellation, assumed for the update. That it may also run in a child account is inferred.)",
        "Check the external id and the workflow\u0027s state in Enboarder; for a child account send its id as `childAccountID`.",
        False,
        operations=("workflows.cancel", "workflows.update"),
        message="^Error: externalid \\[.*\\] not found$",
    ),
    Entry(
        "profile-created",
        "success",
        "The profile exists now.",
        "Keep the `id` of the reply, and read its `warnings` if you asked for them.",
        False,
        operations=("profiles.create",),
        message="^Profile Created$",
    ),
    Entry(
        "missing-fields",
        "refusal",
        "A mandatory field is missing; a sentence in `errors` may also call one invalid. (Documented for the creation; a third party says it of the update too.)",
        "Read `errors`, which has one sentence a fault, and send what it names.",
        False,
        operations=("profiles.create", "profiles.update"),
        message="^Mandatory fields are missing$",
        code="MISSING_FIELDS",
    ),
    Entry(
        "first-name-missing",
        "refusal",
        "The profile has no first name. This sentence stands in `errors`.",
        "Send `firstName`.",
        False,
        operations=("profiles.create", "profiles.update"),
        message="^First Name is missing$",
    ),
    Entry(
        "no-profile-contact",
        "refusal",
        "The profile has neither a valid e-mail address nor a valid mobile number. This sentence stands in `errors`.",
        "Send `contact.email` or `contact.mobile`; the mobile number with `+` and the country first.",
        False,
        operations=("profiles.create", "profiles.update"),
        message="^Both Email and mobile number are missing or invalid$",
    ),
    Entry(
        "invalid-mobile",
        "warning",
        "The mobile number is not valid. While the e-mail address is, the profile is accepted all the same. This sentence stands in `warnings`.",
        "Correct `contact.mobile` with an update; write `+` and the country first.",
        False,
        operations=("profiles.create", "profiles.update"),
        message="^mobile number is invalid$",
    ),
    Entry(
        "profile-exists",
        "refusal",
        "A profile with this external id exists already.",
        "Update that profile, or use another `externalid`.",
        False,
        operations=("profiles.create",),
        message="^Profile with ID .* already exists$",
        code="PROFILE_EXISTS",
    ),
    Entry(
        "profile-not-exists",
        "refusal",
        "There is no profile with this id. (Which operations answer so is inferred.)",
        "Check the id; it is the `externalid` of the profile\u0027s creation. If there is no such profile, create it.",
        False,
        operations=(
            "profiles.get",
            "profiles.update",
            "profiles.delete",
            "profiles.set_photo",
            "profiles.get_photo",
            "profiles.get_workflows",
        ),
        code="PROFILE_NOT_EXISTS",
    ),
    Entry(
        "invalid-fields",
        "refusal",
        "A value is invalid. (Which operations answer so is inferred.)",
        "Read `errors` and correct what it names; dates are YYYY-MM-DD.",
        False,
        operations=("profiles.create", "profiles.update"),
        code="INVALID_FIELDS",
    ),
    Entry(
        "active-profile",
        "refusal",
        "The profile belongs to an active workflow and cannot be deleted.",
        "Cancel the profile\u0027s workflows or wait until they are complete, then delete it.",
        False,
        operations=("profiles.delete",),
        code="ACTIVE_PROFILE",
    ),
    Entry(
        "brand-not-found",
        "refusal",
        "There is no brand with this id. The status is 400, not 404.",
        "Take the id from the list of brands (`getBrands`).",
        False,
        operations=("brands.get_by_id",),
        message="^Brand item with \u0027id\u0027 does not exist$",
        field="id",
        status=400,
    ),
    Entry(
        "brand-forbidden",
        "refusal",
        "The credential may not read brands. (Documented for the brand by id, assumed for the others.)",
        "Check that the region is the account\u0027s, that the REST API is switched on, that the key is the right one, and that OAuth2 is activated and the token has the scope `api/settings.all`; the base path of these operations is a guess too.",
        False,
        operations=("brands.get_by_id", "brands.get_by_name", "brands.get_all"),
        message="^Forbidden$",
        status=403,
    ),
    Entry(
        "brands-forbidden",
        "refusal",
        "The credential may not read brands. The article gives 404 here, and 403 for the operation next to it.",
        "Check that the region is the account\u0027s, that the REST API is switched on, that the key is the right one, and that OAuth2 is activated and the token has the scope `api/settings.all`; the base path of these operations is a guess too.",
        False,
        operations=("brands.get_all",),
        message="^Forbidden$",
        status=404,
    ),
    Entry(
        "gateway-unauthorized",
        "gateway",
        "The credential is missing, expired or wrong.",
        "Fetch a new token and send it bare in `Authorization` to the v2 path, or send the key in `apikey` to the v1 path.",
        False,
        message="^Unauthorized$",
        status=401,
    ),
    Entry(
        "gateway-forbidden",
        "gateway",
        "The request was turned away before it reached the service.",
        "Check that the region is the account\u0027s, that the REST API is switched on, that the key is the right one, that a key goes to the v1 path and a token to the v2 path, and that OAuth2 is activated. Was the token revoked? Get a new one.",
        False,
        message="^Forbidden$",
        status=403,
    ),
    Entry(
        "gateway-missing-token",
        "gateway",
        "The gateway knows no such path or method, or the request had no credential.",
        "Check path, method and base URL first, then that `apikey` or `Authorization` is sent.",
        False,
        message="^Missing Authentication Token$",
        status=403,
    ),
    Entry(
        "gateway-too-many-requests",
        "gateway",
        "Too many requests in a short time. The limits are not documented.",
        "Wait as long as `Retry-After` says, or some seconds without it, and send the request again.",
        True,
        message="^Too Many Requests$",
        status=429,
    ),
    Entry(
        "status-not-found",
        "status",
        "By its status, what the request names is not there. Which operations answer so is not documented.",
        "Check the id in the path or the body, then the path and the region.",
        False,
        status=404,
    ),
    Entry(
        "status-conflict",
        "status",
        "By its status, the request conflicts with what is there already. Which operations answer so is not documented.",
        "Look at what is there before you change the request.",
        False,
        status=409,
    ),
    Entry(
        "token-invalid-request",
        "token",
        "The token request lacks a parameter or is malformed.",
        "Send a form-encoded POST with `grant_type=client_credentials`, and the client\u0027s credentials by HTTP Basic.",
        False,
        code="invalid_request",
    ),
    Entry(
        "token-invalid-client",
        "token",
        "Client id and client secret do not fit, or belong to another region.",
        "Compare id, secret and region with Settings / Integration / Our Extensions, and see that OAuth2 is still activated there.",
        False,
        code="invalid_client",
    ),
    Entry(
        "token-invalid-grant",
        "token",
        "The grant was refused.",
        "Ask for `grant_type=client_credentials` and nothing else; there is no refresh token.",
        False,
        code="invalid_grant",
    ),
    Entry(
        "token-unauthorized-client",
        "token",
        "This client may not use the client credentials grant.",
        "Activate OAuth2 again in Settings / Integration / Our Extensions, or ask Enboarder\u0027s support.",
        False,
        code="unauthorized_client",
    ),
    Entry(
        "token-unsupported-grant-type",
        "token",
        "The token endpoint does not know this grant.",
        "Send `grant_type=client_credentials`.",
        False,
        code="unsupported_grant_type",
    ),
    Entry(
        "token-invalid-scope",
        "token",
        "A scope is unknown or not granted to this client.",
        "Ask only for scopes among `api/workflow.basic`, `api/workflow.advance` and `api/settings.all`, or leave the scope out.",
        False,
        code="invalid_scope",
    ),
)


def find(operation: str, status: int, code: str | None, message: str | None) -> Entry | None:
    """What the catalogue knows of an answer: by its code, then by its message, then by the gateway's status, or by HTTP's meaning of one."""
    known = [entry for entry in CATALOGUE if not entry.operations or operation in entry.operations]
    by_code = (entry for entry in known if entry.code and entry.code == code)
    by_message = (
        entry
        for entry in known
        if entry.message and message and entry.status in (None, status) and re.search(entry.message, message)
    )
    by_status = (entry for entry in known if entry.kind in ("gateway", "status") and entry.status == status)
    return next(by_code, None) or next(by_message, None) or next(by_status, None)

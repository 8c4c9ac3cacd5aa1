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
        "The launch was accepted. No other success is known. For the bulk launch this is assumed, because its response is not documented.",
        "Keep the `referenceid` of the response: updates and cancellations need it.",
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
        'The workflow was cancelled, although the message says "updated": the article prints the message of an update.',
        "Nothing to do.",
        False,
        operations=("workflows.cancel",),
        message="^Workflow updated successfully for externalid \\[.*\\]$",
    ),
    Entry(
        "no-employee-contact",
        "refusal",
        "The employee has no contact. For the bulk launch this is assumed.",
        "Send an e-mail address (`nheml`) or a mobile number (`nhmob`) that is not empty.",
        False,
        operations=("workflows.launch_basic", "workflows.launch_advanced", "workflows.launch_bulk", "workflows.update"),
        message='^Atleast one of the fields is required \\["nheml","nhmob","nhmobeml"\\]$',
    ),
    Entry(
        "channel-without-value",
        "refusal",
        "The employee\u0027s preferred channel (`chnl`) is mobile, but there is no mobile number. For the bulk launch and the update this is assumed.",
        "Send the mobile number (`nhmob`), or name a channel in `chnl` whose value you send.",
        False,
        operations=("workflows.launch_basic", "workflows.launch_advanced", "workflows.launch_bulk", "workflows.update"),
        message="^Employee preferred channel is mobile while mobile not provided$",
    ),
    Entry(
        "workflow-not-found",
        "refusal",
        "No workflow with this external id can be changed or cancelled. Either there is none or, according to a third party, it is complete or was cancelled. The message is documented for the cancellation and assumed for the update. That the workflow may run in a child account is inferred.",
        "Check the external id and the state of the workflow in Enboarder. For a child account, send its id as `childAccountID`; a child account can have its data in another region.",
        False,
        operations=("workflows.cancel", "workflows.update"),
        message="^Error: externalid \\[.*\\] not found$",
    ),
    Entry(
        "profile-created",
        "success",
        "The profile was created.",
        "Keep the `id` of the response, and read its `warnings` if you asked for them.",
        False,
        operations=("profiles.create",),
        message="^Profile Created$",
    ),
    Entry(
        "missing-fields",
        "refusal",
        "A mandatory field is missing, or invalid if a sentence in `errors` says so. This is documented for the creation; a third party says it of the update too.",
        "Read `errors`, which has one sentence per problem, and send what it names.",
        False,
        operations=("profiles.create", "profiles.update"),
        message="^Mandatory fields are missing$",
        code="MISSING_FIELDS",
    ),
    Entry(
        "first-name-missing",
        "refusal",
        "The profile has no first name. This sentence appears in `errors`.",
        "Send `firstName`.",
        False,
        operations=("profiles.create", "profiles.update"),
        message="^First Name is missing$",
    ),
    Entry(
        "no-profile-contact",
        "refusal",
        "The profile has neither a valid e-mail address nor a valid mobile number. This sentence appears in `errors`.",
        "Send `contact.email` or `contact.mobile`. Begin the mobile number with `+` and the country code.",
        False,
        operations=("profiles.create", "profiles.update"),
        message="^Both Email and mobile number are missing or invalid$",
    ),
    Entry(
        "invalid-mobile",
        "warning",
        "The mobile number is invalid. If the e-mail address is valid, the profile is accepted. This sentence appears in `warnings`.",
        "Correct `contact.mobile` with an update. Begin the number with `+` and the country code.",
        False,
        operations=("profiles.create", "profiles.update"),
        message="^mobile number is invalid$",
    ),
    Entry(
        "profile-exists",
        "refusal",
        "A profile with this external id already exists.",
        "Update that profile, or use another `externalid`.",
        False,
        operations=("profiles.create",),
        message="^Profile with ID .*\\s+already exists$",
        code="PROFILE_EXISTS",
    ),
    Entry(
        "profile-not-exists",
        "refusal",
        "There is no profile with this id. Which operations say so is inferred.",
        "Check the id: it is the `externalid` that the profile was created with. If there is no such profile, create it.",
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
        "A value is invalid. Which operations say so is inferred.",
        "Read `errors`, and correct what it names. Write dates as YYYY-MM-DD.",
        False,
        operations=("profiles.create", "profiles.update"),
        code="INVALID_FIELDS",
    ),
    Entry(
        "active-profile",
        "refusal",
        "The profile belongs to an active workflow and cannot be deleted.",
        "Cancel the workflows of the profile or wait until they are complete, then delete it.",
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
        "The credential may not read brands. This is documented for the brand by id and assumed for the others.",
        "Check that the region is that of the account and that the REST API is switched on. With an API key, check the key. With OAuth2, check that it is activated and that the token has the scope `api/settings.all`. The base path of these operations may be wrong too: it is an assumption.",
        False,
        operations=("brands.get_by_id", "brands.get_by_name", "brands.get_all"),
        message="^Forbidden$",
        status=403,
    ),
    Entry(
        "brands-forbidden",
        "refusal",
        "The credential may not read brands. The article gives status 404 here, and 403 for the next operation.",
        "Check that the region is that of the account and that the REST API is switched on. With an API key, check the key. With OAuth2, check that it is activated and that the token has the scope `api/settings.all`. The base path of these operations may be wrong too: it is an assumption.",
        False,
        operations=("brands.get_all",),
        message="^Forbidden$",
        status=404,
    ),
    Entry(
        "gateway-unauthorized",
        "gateway",
        "The credential is missing, expired or wrong.",
        "Get a new token and send it without a prefix in `Authorization` to the v2 path, or send the key in `apikey` to the v1 path.",
        False,
        message="^Unauthorized$",
        status=401,
    ),
    Entry(
        "gateway-forbidden",
        "gateway",
        "The request was refused before it reached the service.",
        "Check that the region is that of the account and that the REST API is switched on. With an API key, check the key, and send it to the v1 path. With OAuth2, check that it is activated, and send the token to the v2 path. If the token was revoked, get a new one.",
        False,
        message="^Forbidden$",
        status=403,
    ),
    Entry(
        "gateway-missing-token",
        "gateway",
        "The gateway does not know this path or method, or the request has no credential.",
        "Check the path, the method and the base URL first, then that `apikey` or `Authorization` is sent.",
        False,
        message="^Missing Authentication Token$",
        status=403,
    ),
    Entry(
        "gateway-too-many-requests",
        "gateway",
        "Too many requests arrived in a short time. The limits are not documented.",
        "Wait as long as `Retry-After` says, or a few seconds if it is missing, and send the request again.",
        True,
        message="^Too Many Requests$",
        status=429,
    ),
    Entry(
        "status-not-found",
        "status",
        "What the request names does not exist: that is the general meaning of this status. Which operations use it is not documented.",
        "Check the id in the path or the body, then the path and the region.",
        False,
        status=404,
    ),
    Entry(
        "status-conflict",
        "status",
        "The request conflicts with something that already exists: that is the general meaning of this status. Which operations use it is not documented.",
        "Check what already exists before you change the request.",
        False,
        status=409,
    ),
    Entry(
        "token-invalid-request",
        "token",
        "The token request is malformed or lacks a parameter.",
        "Send a form-encoded POST with `grant_type=client_credentials`, and the client\u0027s credentials in HTTP Basic.",
        False,
        code="invalid_request",
    ),
    Entry(
        "token-invalid-client",
        "token",
        "The client id and the client secret do not match, or belong to another region.",
        "Compare the id, the secret and the region with Settings / Integration / Our Extensions, and check there that OAuth2 is still activated.",
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

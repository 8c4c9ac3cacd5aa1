# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""What the service says, and what it means."""

import re
from typing import NamedTuple


class Entry(NamedTuple):
    """One message or code of the service."""

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
        id="launched",
        kind="success",
        meaning=(
            "The launch was accepted. (For the bulk launch this is assumed; its "
            "reply is not documented.)"
        ),
        fix="Keep the `referenceid` of the reply; update and cancel by it.",
        resend=False,
        operations=(
            "workflows.launch_basic",
            "workflows.launch_advanced",
            "workflows.launch_bulk",
        ),
        message="^ok$",
    ),
    Entry(
        id="workflow-updated",
        kind="success",
        meaning="The workflow was changed.",
        fix="Nothing to do.",
        resend=False,
        operations=("workflows.update",),
        message="^Workflow updated successfully for externalid \\[.*\\]$",
    ),
    Entry(
        id="workflow-cancelled",
        kind="success",
        meaning=(
            'The workflow was cancelled, although the message says "updated"; the '
            "article has the update\u0027s words."
        ),
        fix="Nothing to do.",
        resend=False,
        operations=("workflows.cancel",),
        message="^Workflow updated successfully for externalid \\[.*\\]$",
    ),
    Entry(
        id="no-employee-contact",
        kind="refusal",
        meaning="The employee has no contact. (For the bulk launch this is assumed.)",
        fix=(
            "Send an e-mail address (`nheml`) or a mobile number (`nhmob`) that "
            "is not empty."
        ),
        resend=False,
        operations=(
            "workflows.launch_basic",
            "workflows.launch_advanced",
            "workflows.launch_bulk",
            "workflows.update",
        ),
        message='^Atleast one of the fields is required \\["nheml","nhmob","nhmobeml"\\]$',
    ),
    Entry(
        id="channel-without-value",
        kind="refusal",
        meaning=(
            "The employee\u0027s preferred channel (`chnl`) is mobile, but there is no "
            "mobile number. (For the bulk launch and the update this is assumed.)"
        ),
        fix="Send the mobile number (`nhmob`), or leave `chnl` out.",
        resend=False,
        operations=(
            "workflows.launch_basic",
            "workflows.launch_advanced",
            "workflows.launch_bulk",
            "workflows.update",
        ),
        message="^Employee preferred channel is mobile while mobile not provided$",
    ),
    Entry(
        id="workflow-not-found",
        kind="refusal",
        meaning=(
            "No workflow with this external id can be changed: it is complete, "
            "was cancelled, or was never launched. (Documented for the "
            "cancellation, assumed for the update. That it may also run in a "
            "child account is inferred.)"
        ),
        fix=(
            "Check the external id and the workflow\u0027s state in Enboarder; for a "
            "child account send its id as `childAccountID`."
        ),
        resend=False,
        operations=(
            "workflows.cancel",
            "workflows.update",
        ),
        message="^Error: externalid \\[.*\\] not found$",
    ),
    Entry(
        id="profile-created",
        kind="success",
        meaning="The profile exists now.",
        fix=(
            "Keep the `id` of the reply, and read its `warnings` if you asked for them."
        ),
        resend=False,
        operations=("profiles.create",),
        message="^Profile Created$",
    ),
    Entry(
        id="missing-fields",
        kind="refusal",
        meaning=(
            "A mandatory field is missing; a sentence in `errors` may also call "
            "one invalid. (Documented for the creation; a third party says it of "
            "the update too.)"
        ),
        fix=("Read `errors`, which has one sentence a fault, and send what it names."),
        resend=False,
        operations=(
            "profiles.create",
            "profiles.update",
        ),
        message="^Mandatory fields are missing$",
        code="MISSING_FIELDS",
    ),
    Entry(
        id="first-name-missing",
        kind="refusal",
        meaning="The profile has no first name. This sentence stands in `errors`.",
        fix="Send `firstName`.",
        resend=False,
        operations=(
            "profiles.create",
            "profiles.update",
        ),
        message="^First Name is missing$",
    ),
    Entry(
        id="no-profile-contact",
        kind="refusal",
        meaning=(
            "The profile has neither a valid e-mail address nor a valid mobile "
            "number. This sentence stands in `errors`."
        ),
        fix=(
            "Send `contact.email` or `contact.mobile`; the mobile number with `+` "
            "and the country first."
        ),
        resend=False,
        operations=(
            "profiles.create",
            "profiles.update",
        ),
        message="^Both Email and mobile number are missing or invalid$",
    ),
    Entry(
        id="invalid-mobile",
        kind="warning",
        meaning=(
            "The mobile number is not valid. While the e-mail address is, the "
            "profile is accepted all the same. This sentence stands in "
            "`warnings`."
        ),
        fix=(
            "Correct `contact.mobile` with an update; write `+` and the country first."
        ),
        resend=False,
        operations=(
            "profiles.create",
            "profiles.update",
        ),
        message="^mobile number is invalid$",
    ),
    Entry(
        id="profile-exists",
        kind="refusal",
        meaning="A profile with this external id exists already.",
        fix="Update that profile, or use another `externalid`.",
        resend=False,
        operations=("profiles.create",),
        message="^Profile with ID .* already exists$",
        code="PROFILE_EXISTS",
    ),
    Entry(
        id="profile-not-exists",
        kind="refusal",
        meaning=(
            "There is no profile with this id. (Which operations answer so is "
            "inferred.)"
        ),
        fix=(
            "Check the id; it is the `externalid` of the profile\u0027s creation. If "
            "there is no such profile, create it."
        ),
        resend=False,
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
        id="invalid-fields",
        kind="refusal",
        meaning="A value is invalid. (Which operations answer so is inferred.)",
        fix="Read `errors` and correct what it names; dates are YYYY-MM-DD.",
        resend=False,
        operations=(
            "profiles.create",
            "profiles.update",
        ),
        code="INVALID_FIELDS",
    ),
    Entry(
        id="active-profile",
        kind="refusal",
        meaning="The profile belongs to an active workflow and cannot be deleted.",
        fix=(
            "Cancel the profile\u0027s workflows or wait until they are complete, then "
            "delete it."
        ),
        resend=False,
        operations=("profiles.delete",),
        code="ACTIVE_PROFILE",
    ),
    Entry(
        id="brand-not-found",
        kind="refusal",
        meaning="There is no brand with this id. The status is 400, not 404.",
        fix="Take the id from the list of brands (`getBrands`).",
        resend=False,
        operations=("brands.get_by_id",),
        message="^Brand item with \u0027id\u0027 does not exist$",
        field="id",
        status=400,
    ),
    Entry(
        id="brand-forbidden",
        kind="refusal",
        meaning=(
            "The credential may not read brands. (Documented for the brand by id, "
            "assumed for the others.)"
        ),
        fix=(
            "Check that the region is the account\u0027s, that the REST API is "
            "switched on, that the key is the right one, and that OAuth2 is "
            "activated and the token has the scope `api/settings.all`; the base "
            "path of these operations is a guess too."
        ),
        resend=False,
        operations=(
            "brands.get_by_id",
            "brands.get_by_name",
            "brands.get_all",
        ),
        message="^Forbidden$",
        status=403,
    ),
    Entry(
        id="brands-forbidden",
        kind="refusal",
        meaning=(
            "The credential may not read brands. The article gives 404 here, and "
            "403 for the operation next to it."
        ),
        fix=(
            "Check that the region is the account\u0027s, that the REST API is "
            "switched on, that the key is the right one, and that OAuth2 is "
            "activated and the token has the scope `api/settings.all`; the base "
            "path of these operations is a guess too."
        ),
        resend=False,
        operations=("brands.get_all",),
        message="^Forbidden$",
        status=404,
    ),
    Entry(
        id="gateway-unauthorized",
        kind="gateway",
        meaning="The credential is missing, expired or wrong.",
        fix=(
            "Fetch a new token and send it bare in `Authorization` to the v2 "
            "path, or send the key in `apikey` to the v1 path."
        ),
        resend=False,
        message="^Unauthorized$",
        status=401,
    ),
    Entry(
        id="gateway-forbidden",
        kind="gateway",
        meaning="The request was turned away before it reached the service.",
        fix=(
            "Check that the region is the account\u0027s, that the REST API is "
            "switched on, that the key is the right one, that a key goes to the "
            "v1 path and a token to the v2 path, and that OAuth2 is activated. "
            "Was the token revoked? Get a new one."
        ),
        resend=False,
        message="^Forbidden$",
        status=403,
    ),
    Entry(
        id="gateway-missing-token",
        kind="gateway",
        meaning=(
            "The gateway knows no such path or method, or the request had no "
            "credential."
        ),
        fix=(
            "Check path, method and base URL first, then that `apikey` or "
            "`Authorization` is sent."
        ),
        resend=False,
        message="^Missing Authentication Token$",
        status=403,
    ),
    Entry(
        id="gateway-too-many-requests",
        kind="gateway",
        meaning="Too many requests in a short time. The limits are not documented.",
        fix=(
            "Wait as long as `Retry-After` says, or some seconds without it, and "
            "send the request again."
        ),
        resend=True,
        message="^Too Many Requests$",
        status=429,
    ),
    Entry(
        id="status-not-found",
        kind="status",
        meaning=(
            "By its status, what the request names is not there. Which operations "
            "answer so is not documented."
        ),
        fix="Check the id in the path or the body, then the path and the region.",
        resend=False,
        status=404,
    ),
    Entry(
        id="status-conflict",
        kind="status",
        meaning=(
            "By its status, the request conflicts with what is there already. "
            "Which operations answer so is not documented."
        ),
        fix="Look at what is there before you change the request.",
        resend=False,
        status=409,
    ),
    Entry(
        id="token-invalid-request",
        kind="token",
        meaning="The token request lacks a parameter or is malformed.",
        fix=(
            "Send a form-encoded POST with `grant_type=client_credentials`, and "
            "the client\u0027s credentials by HTTP Basic."
        ),
        resend=False,
        code="invalid_request",
    ),
    Entry(
        id="token-invalid-client",
        kind="token",
        meaning="Client id and client secret do not fit, or belong to another region.",
        fix=(
            "Compare id, secret and region with Settings / Integration / Our "
            "Extensions, and see that OAuth2 is still activated there."
        ),
        resend=False,
        code="invalid_client",
    ),
    Entry(
        id="token-invalid-grant",
        kind="token",
        meaning="The grant was refused.",
        fix=(
            "Ask for `grant_type=client_credentials` and nothing else; there is "
            "no refresh token."
        ),
        resend=False,
        code="invalid_grant",
    ),
    Entry(
        id="token-unauthorized-client",
        kind="token",
        meaning="This client may not use the client credentials grant.",
        fix=(
            "Activate OAuth2 again in Settings / Integration / Our Extensions, or "
            "ask Enboarder\u0027s support."
        ),
        resend=False,
        code="unauthorized_client",
    ),
    Entry(
        id="token-unsupported-grant-type",
        kind="token",
        meaning="The token endpoint does not know this grant.",
        fix="Send `grant_type=client_credentials`.",
        resend=False,
        code="unsupported_grant_type",
    ),
    Entry(
        id="token-invalid-scope",
        kind="token",
        meaning="A scope is unknown or not granted to this client.",
        fix=(
            "Ask only for scopes among `api/workflow.basic`, "
            "`api/workflow.advance` and `api/settings.all`, or leave the scope "
            "out."
        ),
        resend=False,
        code="invalid_scope",
    ),
)


def find(
    operation: str, status: int, code: str | None, message: str | None
) -> Entry | None:
    """Return what the catalogue knows of an answer.

    The code decides, then the message, then the status.
    """
    known = [
        entry
        for entry in CATALOGUE
        if not entry.operations or operation in entry.operations
    ]
    for entry in known:
        if entry.code and entry.code == code:
            return entry
    for entry in known:
        if _has_message(entry, status, message):
            return entry
    for entry in known:
        if entry.kind in ("gateway", "status") and entry.status == status:
            return entry
    return None


def _has_message(entry: Entry, status: int, message: str | None) -> bool:
    if not entry.message or not message:
        return False
    if entry.status not in (None, status):
        return False
    return re.search(entry.message, message) is not None

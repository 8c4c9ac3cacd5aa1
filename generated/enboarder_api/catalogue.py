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
            "The launch was accepted. No other success is known. For the bulk "
            "launch this is assumed, because its response is not documented."
        ),
        fix=(
            "Keep the `referenceid` of the response: updates and cancellations need it."
        ),
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
            'The workflow was cancelled, although the message says "updated": the '
            "article prints the message of an update."
        ),
        fix="Nothing to do.",
        resend=False,
        operations=("workflows.cancel",),
        message="^Workflow updated successfully for externalid \\[.*\\]$",
    ),
    Entry(
        id="no-employee-contact",
        kind="refusal",
        meaning="The employee has no contact. For the bulk launch this is assumed.",
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
            "mobile number. For the bulk launch and the update this is assumed."
        ),
        fix=(
            "Send the mobile number (`nhmob`), or name a channel in `chnl` whose "
            "value you send."
        ),
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
            "No workflow with this external id can be changed or cancelled. "
            "Either there is none or, according to a third party, it is complete "
            "or was cancelled. The message is documented for the cancellation and "
            "assumed for the update. That the workflow may run in a child account "
            "is inferred."
        ),
        fix=(
            "Check the external id and the state of the workflow in Enboarder. "
            "For a child account, send its id as `childAccountID`; a child "
            "account can have its data in another region."
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
        meaning="The profile was created.",
        fix=(
            "Keep the `id` of the response, and read its `warnings` if you asked "
            "for them."
        ),
        resend=False,
        operations=("profiles.create",),
        message="^Profile Created$",
    ),
    Entry(
        id="missing-fields",
        kind="refusal",
        meaning=(
            "A mandatory field is missing, or invalid if a sentence in `errors` "
            "says so. This is documented for the creation; a third party says it "
            "of the update too."
        ),
        fix=(
            "Read `errors`, which has one sentence per problem, and send what it names."
        ),
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
        meaning="The profile has no first name. This sentence appears in `errors`.",
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
            "number. This sentence appears in `errors`."
        ),
        fix=(
            "Send `contact.email` or `contact.mobile`. Begin the mobile number "
            "with `+` and the country code."
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
            "The mobile number is invalid. If the e-mail address is valid, the "
            "profile is accepted. This sentence appears in `warnings`."
        ),
        fix=(
            "Correct `contact.mobile` with an update. Begin the number with `+` "
            "and the country code."
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
        meaning="A profile with this external id already exists.",
        fix="Update that profile, or use another `externalid`.",
        resend=False,
        operations=("profiles.create",),
        message="^Profile with ID .*\\s+already exists$",
        code="PROFILE_EXISTS",
    ),
    Entry(
        id="profile-not-exists",
        kind="refusal",
        meaning=(
            "There is no profile with this id. Which operations say so is inferred."
        ),
        fix=(
            "Check the id: it is the `externalid` that the profile was created "
            "with. If there is no such profile, create it."
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
        meaning="A value is invalid. Which operations say so is inferred.",
        fix="Read `errors`, and correct what it names. Write dates as YYYY-MM-DD.",
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
            "Cancel the workflows of the profile or wait until they are complete, "
            "then delete it."
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
            "The credential may not read brands. This is documented for the brand "
            "by id and assumed for the others."
        ),
        fix=(
            "Check that the region is the account\u0027s and that the REST API is "
            "switched on. With an API key, check the key. With OAuth2, check that "
            "it is activated and that the token has the scope `api/settings.all`. "
            "The base path of these operations may be wrong too: it is an "
            "assumption."
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
            "The credential may not read brands. The article gives status 404 "
            "here, and 403 for the next operation."
        ),
        fix=(
            "Check that the region is the account\u0027s and that the REST API is "
            "switched on. With an API key, check the key. With OAuth2, check that "
            "it is activated and that the token has the scope `api/settings.all`. "
            "The base path of these operations may be wrong too: it is an "
            "assumption."
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
            "With OAuth2, get a new token, and send it without a prefix in "
            "`Authorization` to the v2 path. With an API key, send it in `apikey` "
            "to the v1 path."
        ),
        resend=False,
        message="^Unauthorized$",
        status=401,
    ),
    Entry(
        id="gateway-forbidden",
        kind="gateway",
        meaning="The request was refused before it reached the service.",
        fix=(
            "Check that the region is the account\u0027s and that the REST API is "
            "switched on. With an API key, check the key, and send it to the v1 "
            "path. With OAuth2, check that it is activated, and send the token to "
            "the v2 path. If the token was revoked, get a new one."
        ),
        resend=False,
        message="^Forbidden$",
        status=403,
    ),
    Entry(
        id="gateway-missing-token",
        kind="gateway",
        meaning=(
            "The gateway does not know this path or method, or the request has no "
            "credential."
        ),
        fix=(
            "Check the path, the method and the base URL first, then that the "
            "header of the credential is sent."
        ),
        resend=False,
        message="^Missing Authentication Token$",
        status=403,
    ),
    Entry(
        id="gateway-too-many-requests",
        kind="gateway",
        meaning=(
            "Too many requests arrived in a short time. The limits are not documented."
        ),
        fix=(
            "Wait as long as `Retry-After` says, or a few seconds if it is "
            "missing, and send the request again."
        ),
        resend=True,
        message="^Too Many Requests$",
        status=429,
    ),
    Entry(
        id="status-not-found",
        kind="status",
        meaning=(
            "What the request names does not exist: that is the general meaning "
            "of this status. Which operations use it is not documented."
        ),
        fix="Check the id in the path or the body, then the path and the region.",
        resend=False,
        status=404,
    ),
    Entry(
        id="status-conflict",
        kind="status",
        meaning=(
            "The request conflicts with something that already exists: that is "
            "the general meaning of this status. Which operations use it is not "
            "documented."
        ),
        fix="Check what already exists before you change the request.",
        resend=False,
        status=409,
    ),
    Entry(
        id="token-invalid-request",
        kind="token",
        meaning="The token request is malformed or lacks a parameter.",
        fix=(
            "Send a form-encoded POST with `grant_type=client_credentials`, and "
            "the client\u0027s credentials in HTTP Basic."
        ),
        resend=False,
        code="invalid_request",
    ),
    Entry(
        id="token-invalid-client",
        kind="token",
        meaning=(
            "The client id and the client secret do not match, or belong to "
            "another region."
        ),
        fix=(
            "Compare the id, the secret and the region with Settings / "
            "Integration / Our Extensions, and check there that OAuth2 is still "
            "activated."
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

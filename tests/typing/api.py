"""Typical uses of the public interface: checked for their types, never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any, assert_type

import httpx

from enboarder import (
    CONTRACT_VERSION,
    UNSET,
    Answer,
    ApiError,
    ApiKey,
    AsyncEnboarder,
    Attempt,
    CallError,
    ClientCredentials,
    Clock,
    ConfigurationError,
    ConnectionFailed,
    Enboarder,
    EnboarderError,
    InvalidInput,
    InvalidResponse,
    OutcomeUnknown,
    RateLimited,
    Region,
    RetryPolicy,
    TokenRefused,
    TokenUnavailable,
    Unset,
    __version__,
    models,
)

LAUNCH = models.BasicLaunch(
    employee_name="Alex Example",
    employee_email="alex@example.com",
    manager_name="Sam Example",
    manager_email="sam@example.com",
    manager_channel=models.Channel.EML,
    start_date=date(2027, 1, 12),
    custom_fields=[models.CustomField(name="Department", value="People")],
    external_id="A-1",
)


def build_clients(context: httpx.URL) -> list[Enboarder | AsyncEnboarder]:
    key = ApiKey("key")
    client = ClientCredentials(
        "id",
        "secret",
        scopes=("api/workflow.basic",),
        token_url="https://auth.example.com/token",
        client_auth="post",
    )
    policy = RetryPolicy(attempts=2, first_wait=1.0)
    versions: list[str] = [__version__, CONTRACT_VERSION]
    print(versions)
    return [
        Enboarder(key, region=Region.EU),
        Enboarder(key, region="EU", timeout=10, retry=policy, show_warnings=True),
        Enboarder(
            client,
            base_url=str(context),
            path_prefixes={"/scim/v2/": "/scim/"},
            clock=Clock(),
        ),
        Enboarder(
            client,
            region="CA",
            proxy="http://proxy.example.com:8080",
            verify="ca.pem",
            trust_env=False,
        ),
        Enboarder.from_env(),
        Enboarder.from_env({"ENBOARDER_API_KEY": "key"}, region="EU"),
        AsyncEnboarder(
            client,
            region=Region.CA,
            transport=httpx.MockTransport(lambda _: httpx.Response(200)),
        ),
        AsyncEnboarder.from_env(
            timeout=5.0, retry=policy, show_warnings=True, trust_env=False
        ),
    ]


def call() -> None:
    with Enboarder(ApiKey("key"), region=Region.AU) as enboarder:
        assert_type(enboarder, Enboarder)
        launched = enboarder.workflows.launch_basic(
            LAUNCH, timeout=5.0, params={"extra": "1"}
        )
        assert_type(launched, models.LaunchResult)
        assert_type(launched.reference_id, str | Unset)
        reference = launched.reference_id or "none"
        assert_type(reference, str)
        enboarder.workflows.launch_basic(
            {"nhnm": "Alex Example", "nhstdt": date(2027, 1, 12)}
        )
        enboarder.workflows.launch_bulk(
            [
                models.AdvancedLaunch(date(2027, 1, 12), [models.Manager()]),
                {"nhnm": "Sam"},
            ]
        )
        change = enboarder.workflows.update(
            models.WorkflowUpdate("A-1", start_date=date(2027, 2, 1))
        )
        assert_type(change, models.WorkflowChange)
        enboarder.workflows.cancel(
            models.WorkflowCancellation(
                "A-1", mode=models.CancelMode.ALL, comments=UNSET
            )
        )
        assert_type(enboarder.profiles.update("A-1", {"lastName": "Example"}), Answer)
        assert_type(enboarder.profiles.get("A-1"), models.Profile)
        assert_type(enboarder.brands.get_all(), list[models.Brand])
        assert_type(
            enboarder.users.get_all(start_index=1, count=10), models.ScimUserList
        )
        assert_type(enboarder.users.iter_all(count=9), Iterator[models.ScimUser])
        assert_type(enboarder.users.find("sam@example.com"), models.ScimUser | None)
        assert_type(enboarder.users.upsert({}).created, bool)
        rows = enboarder.reports.iter_form_data("F-1", cursor="c")
        assert_type(rows, Iterator[models.FormRow])
        for row in rows:
            assert_type(row["email"], Any)
        page = enboarder.reports.get_form_data("F-1")
        assert_type(page.items, list[models.FormRow] | Unset)
        if not isinstance(page.items, Unset):
            assert_type(page.items[0].additional_properties, dict[str, Any])
        answer = enboarder.request("GET", "/reports/forms", params={"a": 1}, timeout=1)
        assert_type(answer, Answer)
        assert_type(answer.status, int)
        assert_type(answer.text, str)


async def call_awaited() -> None:
    async with AsyncEnboarder(
        ClientCredentials("id", "secret"), region=Region.US
    ) as enboarder:
        assert_type(enboarder, AsyncEnboarder)
        assert_type(await enboarder.workflows.launch_basic(LAUNCH), models.LaunchResult)
        rows = enboarder.profiles.iter_workflows("A-1")
        assert_type(rows, AsyncIterator[models.ProfileWorkflow])
        async for row in rows:
            assert_type(row.is_active, bool | Unset)
        assert_type(await enboarder.request("POST", "/x", body={"a": 1}), Answer)


def call_with_keywords(enboarder: Enboarder) -> None:
    launched = enboarder.workflows.launch_basic(
        employee_name="Alex Example",
        employee_channel="eml",
        manager_name="Sam Example",
        manager_channel=models.Channel.EML,
        start_date=date(2027, 1, 12),
        custom_fields={"location": "Sydney"},
        external_id=UNSET,
        timeout=5.0,
    )
    assert_type(launched, models.LaunchResult)
    enboarder.workflows.launch_advanced(
        start_date=date(2027, 1, 12),
        managers=[models.Manager(name="Sam Example"), {"externalid": "ext-0001"}],
        custom_fields=[models.CustomField(name="location", value="Sydney")],
    )
    enboarder.workflows.cancel(external_id="A-1", mode="ALL")
    enboarder.workflows.cancel(external_id="A-1", mode=models.CancelMode.SELECTED)
    answer = enboarder.profiles.update(
        "P-1", last_name="Example", contact={"email": "alex@example.com"}
    )
    assert_type(answer, Answer)
    created = enboarder.users.create(
        user_name="sam@example.com",
        name=models.ScimName(given_name="Sam", family_name="Example"),
        emails=[{"value": "sam@example.com"}],
        user_type="Author",
    )
    assert_type(created, models.ScimUser)
    upserted = enboarder.users.upsert(
        user_name="sam@example.com",
        name={"givenName": "Sam", "familyName": "Example"},
        emails=[models.ScimEmail(value="sam@example.com")],
        user_type=models.UserType("Author"),
    )
    assert_type(upserted.created, bool)


async def await_with_keywords(enboarder: AsyncEnboarder) -> None:
    change = await enboarder.workflows.update(
        external_id="A-1", start_date=date(2027, 2, 1), params={"extra": 1}
    )
    assert_type(change, models.WorkflowChange)
    answer = await enboarder.profiles.set_photo(
        "P-1", image_type="image/png", image="aGVsbG8="
    )
    assert_type(answer, Answer)


def catch_input(enboarder: Enboarder) -> tuple[str, ...]:
    try:
        enboarder.workflows.launch_basic(LAUNCH)
    except InvalidInput as error:
        assert_type(error.problems, tuple[str, ...])
        return error.problems
    except (ConfigurationError, EnboarderError) as error:
        raise ValueError(str(error)) from error
    return ()


def catch_refusal(enboarder: Enboarder) -> float | None:
    try:
        enboarder.workflows.launch_basic(LAUNCH)
    except RateLimited as error:
        assert_type(error.retry_after, float | None)
        return error.retry_after
    except ApiError as error:
        assert_type(error.status, int | None)
        assert_type(error.code, str | None)
        assert_type(error.message, str | None)
        assert_type(error.hint, str)
        assert_type(error.body, Any)
    return None


def catch_outcome(enboarder: Enboarder) -> tuple[str, ...]:
    try:
        enboarder.workflows.launch_basic(LAUNCH)
    except OutcomeUnknown as error:
        assert_type(error.external_id, str | None)
        assert_type(error.external_ids, tuple[str, ...])
        return error.external_ids
    except (ConnectionFailed, InvalidResponse) as error:
        assert_type(error.answer, Answer | None)
    except CallError as error:
        assert_type(error.operation, str)
    return ()


def catch_token(enboarder: Enboarder) -> float | None:
    try:
        enboarder.reports.get_forms()
    except TokenRefused as error:
        assert_type(error.status, int | None)
        assert_type(error.code, str | None)
    except TokenUnavailable as error:
        assert_type(error.status, int | None)
        assert_type(error.retry_after, float | None)
        return error.retry_after
    return None


def raise_in_a_test_of_the_user() -> None:
    raise OutcomeUnknown(
        "lost", operation="workflows.launch_basic", external_ids=("A",)
    )


class OnlyReads(RetryPolicy):
    def wait(self, attempt: Attempt) -> float | None:
        assert_type(attempt.number, int)
        assert_type(attempt.writes, bool)
        assert_type(attempt.status, int | None)
        assert_type(attempt.sent, bool)
        assert_type(attempt.retry_after, float | None)
        return None if attempt.writes else super().wait(attempt)


def use_a_policy() -> None:
    Enboarder(ApiKey("key"), region="EU", retry=OnlyReads(attempts=2)).close()
    Enboarder(ApiKey("key"), region="EU", retry=RetryPolicy(chance=lambda: 0.5)).close()


def use_a_client_of_the_user() -> None:
    with httpx.Client(
        auth=ClientCredentials("id", "secret").auth(region="AU")
    ) as client:
        client.get("https://api.syd.e1.enboarder.com/restapi/v2/profile/A-1")
    httpx.AsyncClient(
        auth=ApiKey("key").auth(base_url="https://api.example.com", verify="ca.pem")
    )

"""Wrong calls, each of which both type checkers must refuse; never run.

A line that a checker accepts has a comment without a purpose, which it reports.
"""

from __future__ import annotations

from datetime import date

from enboarder import AsyncEnboarder, Enboarder, InvalidInput, models

START = date(2027, 1, 12)


def leave_out_what_is_required(enboarder: Enboarder) -> None:
    enboarder.workflows.launch_basic(employee_name="Alex Example", start_date=START)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.workflows.launch_advanced(start_date=START)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.workflows.update(start_date=START)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.workflows.cancel()  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.profiles.create(first_name="Alex")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.profiles.set_photo("P-1", image="aGVsbG8=")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.users.create(user_name="sam@example.com")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.users.replace("U-1", user_name="sam@example.com")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.users.upsert(user_name="sam@example.com")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.profiles.update(last_name="Example")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]


def misspell_a_field(enboarder: Enboarder) -> None:
    enboarder.workflows.update(external_id="A-1", strat_date=START)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.workflows.cancel(externalid="A-1")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.profiles.update("P-1", lastName="Example")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.users.upsert({}, timout=5)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.workflows.cancel(external_id="A-1", timout=5)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]


def give_a_wrong_type(enboarder: Enboarder) -> None:
    enboarder.workflows.update(external_id=7)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    enboarder.workflows.update(external_id="A-1", start_date="2027-01-12")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    enboarder.workflows.update(external_id="A-1", start_date=None)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    enboarder.workflows.cancel(external_id="A-1", mode="EVERY")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    enboarder.workflows.cancel(external_id="A-1", custom_fields={"Floor": 3})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    enboarder.profiles.update("P-1", contact=models.Manager())  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]


def give_a_body_and_a_field(enboarder: Enboarder) -> None:
    enboarder.workflows.cancel({"externalid": "A-1"}, comments="late")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    enboarder.workflows.launch_bulk([], start_date=START)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def await_a_wrong_call(enboarder: AsyncEnboarder) -> None:
    await enboarder.workflows.launch_basic(employee_name="Alex Example")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    await enboarder.workflows.cancel(externalid="A-1")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    await enboarder.workflows.cancel(external_id="A-1", mode="EVERY")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    await enboarder.workflows.cancel({"externalid": "A-1"}, comments="late")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]


def misspell_a_setting() -> None:
    Enboarder.from_env(timeuot=5.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def misspell_an_attribute() -> None:
    raise InvalidInput("wrong", problmes=())  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]

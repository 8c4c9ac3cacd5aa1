"""Administrators: iterate over all, find one by name, create or replace one."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from typing import Any, Required, get_origin, get_overloads, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enboarder import (
    UNSET,
    Enboarder,
    EnboarderError,
    InvalidInput,
    InvalidResponse,
    OutcomeUnknown,
    RetryPolicy,
    models,
)
from enboarder.mock import MockServer
from enboarder.users import UserFields
from tests.conftest import Driver, Service, credential_of, keyed
from tests.engine import httpx

SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User"
SAM = {
    "schemas": [SCHEMA],
    "userName": "sam@example.com",
    "name": {"givenName": "Sam", "familyName": "Example"},
    "emails": [{"value": "sam@example.com"}],
    "userType": "Author",
}


class Directory:
    """A SCIM service with some users and the given pages."""

    def __init__(
        self,
        users: list[Any],
        *,
        size: int = 2,
        total: Callable[[int, int], Any] = lambda whole, page: whole,
        lists: str = "Resources",
    ) -> None:
        self.users = users
        self.size = size
        self.total = total
        self.lists = lists
        self.asked: list[str | None] = []
        self.writes: list[tuple[str, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method != "GET":
            self.writes.append((request.method, request.url.path))
            return httpx.Response(200, json=json.loads(request.content))
        asked = request.url.params.get("startIndex")
        self.asked.append(asked)
        first = int(asked or 1) - 1
        page = self.users[first : first + self.size]
        body = {self.lists: page}
        total = self.total(len(self.users), len(page))
        if total is not None:
            body["totalResults"] = total
        return httpx.Response(200, json=body)

    @property
    def settings(self) -> dict[str, Any]:
        return keyed(Service(self))


def users(number: int) -> list[dict[str, Any]]:
    """Return users with numbers as ids."""
    return [
        {"id": str(index), "userName": f"user-{index}@example.com"}
        for index in range(number)
    ]


TOTALS: dict[str, Callable[[int, int], Any]] = {
    "of all": lambda whole, page: whole,
    "of the page": lambda whole, page: page,
    "as text": lambda whole, page: str(whole),
    "as a word": lambda whole, page: "many",
    "missing": lambda whole, page: None,
    "null in effect": lambda whole, page: [],
}


@pytest.mark.parametrize("total", TOTALS.values(), ids=TOTALS)
def test_all_users_come_whatever_the_total_counts(
    driver: Driver, total: Callable[[int, int], Any]
) -> None:
    """Pages are read until one is empty, whatever `totalResults` says."""
    directory = Directory(users(5), total=total)

    found = driver.call(directory.settings, "users.iter_all")

    assert [user.id for user in found] == ["0", "1", "2", "3", "4"]
    assert directory.asked == [None, "3", "5", "6"]


@pytest.mark.parametrize("lists", ["Resources", "resources", "RESOURCES"])
def test_name_of_the_list_may_have_any_case(driver: Driver, lists: str) -> None:
    """RFC 7643: the case of attribute names does not matter."""
    directory = Directory(users(3), lists=lists)

    assert len(driver.call(directory.settings, "users.iter_all")) == 3


def test_attributes_of_a_user_may_have_any_case() -> None:
    """A user's attribute names may have any case, and number ids become text."""
    user = models.ScimUser.from_dict(
        {"ID": 20268, "username": "sam", "NAME": {"givenname": "Sam"}, "EXTERNALID": 7}
    )

    assert user.id == "20268"
    assert user.user_name == "sam"
    assert user.external_id == "7"
    assert isinstance(user.name, models.ScimName)
    assert user.name.given_name == "Sam"
    assert user.additional_properties == {}


def test_exact_spelling_comes_first() -> None:
    """Of two attributes that differ in case, the contract's own is the field."""
    user = models.ScimUser.from_dict({"USERNAME": "other", "userName": "sam"})

    assert user.user_name == "sam"
    assert user.additional_properties == {"USERNAME": "other"}


def test_service_that_ignores_the_index_is_read_once(driver: Driver) -> None:
    """If the same page comes again, no row is repeated, and the iteration ends."""
    service = Service(httpx.Response(200, json={"Resources": users(3)}))

    found = driver.call(keyed(service), "users.iter_all")

    assert [user.id for user in found] == ["0", "1", "2"]
    assert len(service.requests) == 2


@pytest.mark.parametrize(
    "pages",
    [
        [{"totalResults": 9, "Resources": users(3)}],
        [
            {"totalResults": 9, "Resources": users(3)},
            {"totalResults": 9, "Resources": []},
        ],
        [
            {"totalResults": "9", "Resources": users(3)},
            {"totalResults": "9", "Resources": []},
        ],
        [{"Resources": users(3)}, {}],
        [{"Resources": users(3)}, {"Resources": {"id": "4"}}],
    ],
    ids=["repeated", "empty", "text", "no list", "no list but an object"],
)
def test_users_that_are_missing_are_an_error(
    driver: Driver, pages: list[dict[str, Any]]
) -> None:
    """An incomplete list of users is an error that names the place."""
    service = Service(*(httpx.Response(200, json=page) for page in pages))

    with pytest.raises(InvalidResponse) as caught:
        driver.call(keyed(service), "users.iter_all")

    assert caught.value.operation == "users.iter_all"
    assert caught.value.cursor == "4"


def test_page_beyond_the_last_user_may_lack_its_list(driver: Driver) -> None:
    """RFC 7644 allows an answer without the list if the list is empty."""
    service = Service(
        httpx.Response(200, json={"totalResults": 3, "Resources": users(3)}),
        httpx.Response(200, json={"totalResults": 3}),
    )

    assert len(driver.call(keyed(service), "users.iter_all")) == 3


def test_odd_users_do_not_end_the_pages(driver: Driver) -> None:
    """A member that is not an object is left out, but counts as a user."""
    directory = Directory([*users(1), "odd", "odd too", *users(3)[1:]])

    found = driver.call(directory.settings, "users.iter_all")

    assert [user.id for user in found] == ["0", "1", "2"]


def test_iteration_continues_at_the_cursor_of_an_error(driver: Driver) -> None:
    """After an error, an iteration can continue with the page that failed."""
    broken = Service(
        httpx.Response(200, json={"Resources": users(2)}),
        httpx.Response(400, json={"detail": "no"}),
    )
    with pytest.raises(Exception, match="no") as caught:
        driver.call(keyed(broken), "users.iter_all")
    cursor = caught.value.cursor  # type: ignore[attr-defined]
    directory = Directory(users(5))

    rest = driver.call(directory.settings, "users.iter_all", cursor=cursor)

    assert [user.id for user in rest] == ["2", "3", "4"]


@pytest.mark.parametrize("options", [{"count": 0}, {"count": -1}, {"cursor": "next"}])
def test_page_that_cannot_be_is_refused(driver: Driver, options: Any) -> None:
    """A request for a page of no users is refused before it is sent."""
    directory = Directory(users(1))

    with pytest.raises(InvalidInput, match=next(iter(options))):
        driver.call(directory.settings, "users.iter_all", **options)

    assert directory.asked == []


@pytest.mark.parametrize("name", ["user-3@example.com", "USER-3@Example.COM"])
def test_user_is_found_by_name(driver: Driver, name: str) -> None:
    """The case of a user name does not matter (RFC 7643)."""
    directory = Directory(users(5), total=TOTALS["of the page"])

    assert driver.call(directory.settings, "users.find", name).id == "3"


def test_part_of_a_name_finds_nobody(driver: Driver) -> None:
    """A name is compared as a whole."""
    directory = Directory(users(5))

    assert driver.call(directory.settings, "users.find", "user-3") is None


def test_numeric_name_is_found(driver: Driver) -> None:
    """A user name that the service returns as a number is that name."""
    directory = Directory([{"id": 7, "userName": 4711}])

    assert driver.call(directory.settings, "users.find", "4711").id == "7"


@pytest.mark.parametrize(
    "name", ["", " ", "\u200b", "sam ", "\u3000sam", "s\ufeffam", 7]
)
def test_name_that_cannot_be_one_is_refused(driver: Driver, name: Any) -> None:
    """A name that only looks like another one is refused, because nobody has it."""
    directory = Directory(users(1))

    with pytest.raises(InvalidInput, match="user_name"):
        driver.call(directory.settings, "users.find", name)

    assert directory.asked == []


def test_user_without_a_name_leaves_it_open(driver: Driver) -> None:
    """If the service leaves names out, nobody is created a second time."""
    directory = Directory([{"id": "1"}, {"id": "2", "userName": None}])

    with pytest.raises(InvalidResponse, match="2 users"):
        driver.call(directory.settings, "users.upsert", SAM)

    assert directory.writes == []


def test_upsert_creates_whom_nobody_knows(driver: Driver) -> None:
    """A user with a new name is created, and the result says so."""
    directory = Directory(users(5), total=TOTALS["of the page"])

    done = driver.call(directory.settings, "users.upsert", SAM)

    assert done.created
    assert done.user.user_name == "sam@example.com"
    assert directory.writes == [("POST", "/scim/v2/Users")]


def test_upsert_replaces_whom_it_finds(driver: Driver) -> None:
    """A user whose name differs only in case is replaced; its id is a number."""
    known = {"id": 20268, "userName": "SAM@example.com"}
    directory = Directory([*users(4), known], total=TOTALS["of the page"])

    done = driver.call(directory.settings, "users.upsert", SAM)

    assert not done.created
    assert directory.writes == [("PUT", "/scim/v2/Users/20268")]


def test_upsert_checks_the_body_first(driver: Driver) -> None:
    """A wrong body is refused before the users are read."""
    directory = Directory(users(1))

    with pytest.raises(InvalidInput, match="user_name"):
        driver.call(directory.settings, "users.upsert", {**SAM, "userName": "sam "})

    assert directory.asked == []


@pytest.mark.parametrize("known", [[], [{"id": "7", "userName": "sam@example.com"}]])
def test_upsert_takes_keywords(driver: Driver, known: list[Any]) -> None:
    """The fields of a user as keywords do the same as the user as one value."""
    by_value = Directory(list(known))
    by_keyword = Directory(list(known))
    fields = {
        "schemas": [SCHEMA],
        "user_name": "sam@example.com",
        "name": models.ScimName(given_name="Sam", family_name="Example"),
        "emails": [{"value": "sam@example.com"}],
        "user_type": "Author",
        "external_id": UNSET,
    }

    expected = driver.call(by_value.settings, "users.upsert", SAM)
    [done] = driver.calls(by_keyword.settings, ("users.upsert", (), fields))

    assert expected.user.to_dict() == done.user.to_dict()
    assert by_value.writes == by_keyword.writes


@pytest.mark.parametrize(
    ("body", "fields", "error"),
    [
        ((SAM,), {"active": True}, InvalidInput),
        ((), {}, InvalidInput),
        ((), {"user_name": "sam@example.com"}, InvalidInput),
        ((), {"usr_name": "sam@example.com"}, TypeError),
    ],
    ids=["both", "neither", "missing", "misspelt"],
)
def test_upsert_checks_keywords_first(
    driver: Driver, body: tuple[Any, ...], fields: Any, error: type[Exception]
) -> None:
    """Wrong keywords are refused before the users are read."""
    directory = Directory(users(1))

    with pytest.raises(error):
        driver.calls(directory.settings, ("users.upsert", body, fields))

    assert directory.asked == []


def test_fields_of_upsert_are_those_of_create() -> None:
    """What `create` takes as keywords, `upsert` takes, too, and requires the same."""
    by_keyword, _ = get_overloads(Enboarder.users.create)
    parameters = inspect.signature(by_keyword).parameters
    hints = get_type_hints(UserFields, include_extras=True)
    options = {"self", "timeout", "params"}

    assert {
        name: parameter.default is inspect.Parameter.empty
        for name, parameter in parameters.items()
        if name not in options
    } == {name: get_origin(hint) is Required for name, hint in hints.items()}


def test_upsert_needs_an_id_to_replace(driver: Driver) -> None:
    """A user without an id is neither replaced nor created again."""
    directory = Directory([{"userName": "sam@example.com"}])

    with pytest.raises(InvalidResponse, match="no id"):
        driver.call(directory.settings, "users.upsert", SAM)

    assert directory.writes == []


def test_upsert_works_with_the_mock(driver: Driver, mock: MockServer) -> None:
    """The second time, the user is replaced."""
    settings = {"credential": credential_of(mock), "base_url": mock.base_url}

    done = driver.calls(
        settings,
        ("users.upsert", (SAM,), {}),
        ("users.upsert", (models.ScimUserInput.from_dict(SAM),), {}),
    )

    assert [one.created for one in done] == [True, False]
    assert done[0].user.id == done[1].user.id


def test_upsert_says_that_its_outcome_is_unknown(driver: Driver) -> None:
    """The write of an upsert is sent at most once, like any other."""
    service = Service(
        httpx.Response(200, json={"Resources": []}), httpx.ReadTimeout("too late")
    )

    with pytest.raises(OutcomeUnknown):
        driver.call(keyed(service), "users.upsert", SAM)


@pytest.mark.parametrize("body", [SAM, models.ScimUserInput.from_dict(SAM)])
def test_unknown_outcome_of_a_new_user_names_the_user(
    driver: Driver, body: Any
) -> None:
    """An administrator is looked up by user name, with or without an external id."""
    service = Service(httpx.ReadTimeout("too late"))

    with pytest.raises(OutcomeUnknown, match=r"user name .sam@example\.com"):
        driver.call(keyed(service), "users.create", body)


STEPS = st.lists(st.sampled_from(["1", "2", "3", "409", "500", "cut"]), max_size=6)


@pytest.mark.parametrize("total", ["of all", "of the page", "as text", "missing"])
def test_any_pages_are_read_whole_or_end_in_an_error(total: str) -> None:
    """For any answers, the users are complete, or the error says where they end."""

    @settings(
        max_examples=40,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def holds(steps: list[str]) -> None:
        sizes = [int(step) for step in steps if len(step) == 1]
        everybody = users(sum(sizes))
        answers = list(answers_of(steps, everybody, TOTALS[total]))
        found, error = read_all(Service(*answers))
        names = [user["id"] for user in everybody]
        if error is None:
            assert found == names
        else:
            assert found == names[: len(found)]
            assert int(error.cursor or 1) == len(found) + 1

    holds()


def answers_of(
    steps: list[str], everybody: list[Any], total: Callable[[int, int], Any]
) -> Iterator[Any]:
    """Answer with pages of some sizes, with refusals and with cuts."""
    sent = 0
    for step in [*steps, "0"]:
        if step == "cut":
            yield httpx.ReadError("cut off")
        elif len(step) > 1:
            yield httpx.Response(int(step), json={"detail": "no"})
        else:
            page = everybody[sent : sent + int(step)]
            sent += len(page)
            body: dict[str, Any] = {"Resources": page}
            counted = total(len(everybody), len(page))
            if counted is not None:
                body["totalResults"] = counted
            yield httpx.Response(200, json=body)


def read_all(service: Service) -> tuple[list[str], EnboarderError | None]:
    """Return the ids of all users that came, and the error that ended them."""
    found: list[str] = []
    with Enboarder(**keyed(service, retry=RetryPolicy(attempts=1))) as client:
        try:
            for user in client.users.iter_all():
                found.append(str(user.id))
        except EnboarderError as error:
            return found, error
    return found, None

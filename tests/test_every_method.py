"""Every method of the public interface, called once against the stand-in service."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from enboarder import AsyncEnboarder, Enboarder, models
from enboarder.mock import MockServer
from enboarder_api.api import Resources
from enboarder_api.operations import OPERATIONS
from tests.conftest import Driver, basic_launch, credential_of

MANAGER = models.Manager(name="Sam Example", email="sam@example.com", label="Manager")
ADVANCED = models.AdvancedLaunch(
    start_date=date(2027, 1, 12),
    managers=[MANAGER],
    employee_name="Alex Example",
    employee_email="alex@example.com",
)
PERSON = models.ProfileCreation(
    first_name="Alex",
    contact=models.Contact(email="alex@example.com"),
    external_id="{new}",
)
PHOTO = models.ProfilePhoto(image_type=models.ImageType("image/png"), image="aGVsbG8=")
USER = models.ScimUserInput(
    user_name="{new}@example.com",
    name=models.ScimName(given_name="Morgan", family_name="Example"),
    emails=[models.ScimEmail(value="{new}@example.com")],
    user_type=next(iter(models.UserType)),
)


@dataclass
class World:
    """What the service holds before a call."""

    mock: MockServer
    ids: dict[str, str] = field(default_factory=dict)


ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "workflows.launch_basic": (basic_launch("W-2"),),
    "workflows.launch_advanced": (ADVANCED,),
    "workflows.launch_bulk": ([ADVANCED, ADVANCED.to_dict()],),
    "workflows.update": (
        models.WorkflowUpdate(external_id="W-1", start_date=date(2027, 2, 1)),
    ),
    "workflows.cancel": (
        models.WorkflowCancellation(external_id="W-1", mode=models.CancelMode.ALL),
    ),
    "profiles.create": ({"firstName": "Sam", "contact": {"email": "sam@example.com"}},),
    "profiles.update": ("{profile}", models.ProfileUpdate(last_name="Example")),
    "profiles.set_photo": ("{profile}", PHOTO),
    "users.create": ({**USER.to_dict(), "userName": "sam@example.com"},),
    "users.replace": ("{user}", USER),
    **dict.fromkeys(
        (
            "reports.get_form_properties",
            "reports.get_form_data",
            "reports.iter_form_data",
        ),
        ("{form}",),
    ),
    **{
        f"reports.{name}": ("{workflow}",)
        for name in (
            "get_workflow_properties",
            "get_workflow_data",
            "iter_workflow_data",
        )
    },
    **{
        f"profiles.{name}": ("{profile}",)
        for name in ("get", "delete", "get_photo", "get_workflows", "iter_workflows")
    },
    **{f"users.{name}": ("{user}",) for name in ("get", "delete")},
    "brands.get_by_id": ("{brand}",),
    "brands.get_by_name": ("{brand_name}",),
}
OPERATION_OF = {
    "users.iter_all": "users.get_all",
    "profiles.iter_workflows": "profiles.get_workflows",
    "reports.iter_workflow_data": "reports.get_workflow_data",
    "reports.iter_form_data": "reports.get_form_data",
}
DESIGNED = {
    "workflows": [
        "launch_basic",
        "launch_advanced",
        "launch_bulk",
        "update",
        "cancel",
    ],
    "profiles": [
        "create",
        "get",
        "update",
        "delete",
        "set_photo",
        "get_photo",
        "get_workflows",
        "iter_workflows",
    ],
    "reports": [
        "get_workflows",
        "get_workflow_properties",
        "get_workflow_data",
        "iter_workflow_data",
        "get_forms",
        "get_form_properties",
        "get_form_data",
        "iter_form_data",
    ],
    "users": [
        "get_service_provider_config",
        "get_resource_types",
        "get_schemas",
        "get_all",
        "iter_all",
        "create",
        "get",
        "replace",
        "delete",
    ],
    "brands": ["get_all", "get_by_id", "get_by_name"],
}
MADE_OF_SEVERAL = {"users": ["find", "upsert"]}
"""Methods that call several operations; test_users.py has their tests."""
METHODS = [f"{resource}.{name}" for resource in DESIGNED for name in DESIGNED[resource]]


def with_one_of_everything(mock: MockServer) -> World:
    """Put one of everything into a service."""
    with Enboarder(credential_of(mock, "apikey"), base_url=mock.base_url) as client:
        client.workflows.launch_basic(basic_launch("W-1"))
        profile = client.profiles.create(PERSON)
        client.profiles.set_photo(str(profile.id), PHOTO)
        user = client.users.create(USER)
        brand = client.brands.get_all()[0]
    return World(
        mock,
        {
            "form": next(iter(mock.state.form_rows)),
            "workflow": next(iter(mock.state.workflow_rows)),
            "profile": str(profile.id),
            "user": str(user.id),
            "brand": str(brand.id),
            "brand_name": str(brand.name),
        },
    )


@pytest.fixture(scope="module")
def shared_world(shared_mock: MockServer) -> World:
    """A service in which one of everything exists, for tests that only read."""
    return with_one_of_everything(shared_mock)


@pytest.fixture
def own_world(mock: MockServer) -> World:
    """A service in which one of everything exists, for one test."""
    return with_one_of_everything(mock)


def test_methods_are_those_of_the_design() -> None:
    """Every operation of the contract has its method, and iterators are added."""
    assert sorted({*OPERATIONS, *OPERATION_OF}) == sorted(METHODS)
    assert all(hasattr(Resources, resource) for resource in DESIGNED)


READS = [
    name for name in METHODS if not OPERATIONS[OPERATION_OF.get(name, name)].writes
]
WRITES = [name for name in METHODS if name not in READS]


@pytest.mark.parametrize("kind", ["oauth2", "apikey"])
@pytest.mark.parametrize("name", READS)
def test_read_reaches_its_path(
    shared_world: World, driver: Driver, name: str, kind: str
) -> None:
    """Each read sends the method and path of the contract, and succeeds."""
    reaches_its_path(shared_world, driver, name, kind)


@pytest.mark.parametrize("kind", ["oauth2", "apikey"])
@pytest.mark.parametrize("name", WRITES)
def test_write_reaches_its_path(
    own_world: World, driver: Driver, name: str, kind: str
) -> None:
    """Each write sends the method and path of the contract, and succeeds."""
    reaches_its_path(own_world, driver, name, kind)


def reaches_its_path(world: World, driver: Driver, name: str, kind: str) -> None:
    """Call a method, and see which request arrives and what comes back."""
    operation = OPERATIONS[OPERATION_OF.get(name, name)]
    template = operation.key_path if kind == "apikey" else operation.token_path
    if template is None:
        pytest.skip("the contract has no path for this credential")
    arguments = [
        world.ids[argument.strip("{}")] if isinstance(argument, str) else argument
        for argument in ARGUMENTS.get(name, ())
    ]
    before = len(world.mock.requests)

    result = driver.call(
        {
            "credential": credential_of(world.mock, kind),
            "base_url": world.mock.base_url,
        },
        name,
        *arguments,
    )

    seen = [one for one in world.mock.requests[before:] if one.operation != "token"]
    path = re.compile(re.sub(r"\{\w+\}", "[^/]+", template))
    assert {
        (one.method, bool(path.fullmatch(one.path)), one.operation, one.status // 100)
        for one in seen
    } == {(operation.method, True, operation.name, 2)}
    assert result is not None
    pages = {"reports.iter_form_data": 3, "users.iter_all": 2}
    assert len(seen) == pages.get(name, 1)


def test_all_rows_come(shared_world: World, driver: Driver) -> None:
    """1,203 rows come as 1,203 rows."""
    settings = {
        "credential": credential_of(shared_world.mock),
        "base_url": shared_world.mock.base_url,
    }

    assert (
        len(driver.call(settings, "reports.iter_form_data", shared_world.ids["form"]))
        == 1203
    )


@pytest.mark.parametrize("resource", DESIGNED)
def test_awaited_resource_has_the_same_methods(resource: str) -> None:
    """The awaited resources have the methods of the blocking ones, in order."""
    with Enboarder.from_env(
        {"ENBOARDER_API_KEY": "key", "ENBOARDER_REGION": "AU"}
    ) as client:
        blocking = methods_of(getattr(client, resource))
    awaited_client = AsyncEnboarder.from_env(
        {"ENBOARDER_API_KEY": "key", "ENBOARDER_REGION": "AU"}
    )
    awaited = methods_of(getattr(awaited_client, resource))

    designed = [*DESIGNED[resource], *MADE_OF_SEVERAL.get(resource, ())]
    assert awaited == blocking
    assert sorted(blocking) == sorted(designed)


def methods_of(resource: object) -> list[str]:
    """Return the public methods of a resource, in the order of their definition."""
    kinds = reversed(type(resource).__mro__[:-1])
    return [name for kind in kinds for name in vars(kind) if not name.startswith("_")]

"""Reading is tolerant: types never lie, and one odd value costs only itself."""

import copy
import json
import pickle
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enboarder_api import models
from enboarder_api.api.reports import get_form_data
from enboarder_api.client import Answer
from enboarder_api.errors import Unreadable
from enboarder_api.types import UNSET
from tests.characters import CHARACTERS

pytestmark = pytest.mark.untraced

LAUNCH = {"nhnm": "Alex Example", "mgrnm": "Morgan Sample", "nhstdt": "2027-01-12"}
READABLE: list[Any] = [
    models.BasicLaunch,
    models.AdvancedLaunch,
    models.Profile,
    models.FormDataPage,
    models.ScimUser,
]
READABLE += [models.ScimMeta, models.WorkflowRow, models.WorkflowList]


def test_an_unknown_word_is_read_unchanged() -> None:
    """An unknown word becomes a member that equals it, and is sent again."""
    launch = models.BasicLaunch.from_dict({**LAUNCH, "chnl": "fax"})
    assert (launch.employee_channel, type(launch.employee_channel)) == (
        "fax",
        models.Channel,
    )
    assert launch.to_dict() == {**LAUNCH, "chnl": "fax"}
    assert json.dumps(launch.to_dict()["chnl"]) == '"fax"'
    assert "fax" not in [*models.Channel]


def test_what_is_not_a_word_is_kept() -> None:
    """A value that is not a string leaves the field unset, and is sent again."""
    launch = models.BasicLaunch.from_dict({**LAUNCH, "chnl": 7})
    assert (launch.employee_channel, launch.to_dict()) == (UNSET, {**LAUNCH, "chnl": 7})


def test_an_unknown_word_survives_a_copy() -> None:
    """An open member can be copied and pickled."""
    word = models.Channel("fax")
    assert (copy.deepcopy(word), pickle.loads(pickle.dumps(word))) == (word, word)


def test_a_known_word_is_an_enum() -> None:
    """A value that the enum knows is read as its member, and written as the word."""
    launch = models.BasicLaunch.from_dict({**LAUNCH, "chnl": "eml"})
    assert launch.employee_channel is models.Channel.EML
    assert launch.to_dict()["chnl"] == "eml"


def test_an_unexpected_null_is_kept() -> None:
    """`null` where the contract has a string leaves the field unset and is not lost."""
    form = models.Form.from_dict({"id": None, "name": "Add buddy"})
    assert (form.id, form.name, form.to_dict()) == (
        UNSET,
        "Add buddy",
        {"id": None, "name": "Add buddy"},
    )


def test_an_expected_null_is_none() -> None:
    """`null` where the contract allows it is None, not UNSET."""
    page = models.FormDataPage.from_dict({"nextKey": None})
    assert (page.next_cursor, page.to_dict()) == (None, {"nextKey": None})


def test_a_bad_date_is_kept() -> None:
    """A date that cannot be read leaves an optional field unset, and is kept."""
    update = models.WorkflowUpdate.from_dict(
        {"externalid": "1", "nhstdt": "12/01/2027"}
    )
    assert (update.start_date, update["nhstdt"]) == (UNSET, "12/01/2027")


def test_a_date_time_serves_as_a_date() -> None:
    """A date-time where a date was promised gives its date."""
    update = models.WorkflowUpdate.from_dict(
        {"externalid": "1", "nhstdt": "2027-01-12T09:00:00Z"}
    )
    assert update.start_date == date(2027, 1, 12)


def test_a_date_time_is_read_with_its_zone() -> None:
    """A timestamp is a datetime that knows its zone."""
    meta = models.ScimMeta.from_dict({"created": "2027-01-12T09:00:00Z"})
    assert meta.created == datetime(2027, 1, 12, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("model", "wire", "name", "value"),
    [
        (models.FormList, "count", "count", "4"),
        (models.FormList, "count", "count", True),
        (models.FormList, "count", "count", 4.5),
        (models.WorkflowDefinition, "isActive", "is_active", "yes"),
        (models.WorkflowDefinition, "isActive", "is_active", 1),
        (models.WorkflowDefinition, "name", "name", 7),
        (models.Profile, "contact", "contact", ["alex@example.com"]),
        (models.Profile, "profilefields", "profile_fields", {"name": "Department"}),
    ],
)
def test_a_value_of_a_wrong_type_is_kept(
    model: Any, wire: str, name: str, value: Any
) -> None:
    """A value of another type is kept under its wire name, and not converted."""
    whole = {wire: value, "items": []} if model is models.FormList else {wire: value}
    read = model.from_dict(whole)
    assert (getattr(read, name), read[wire], read.to_dict()) == (UNSET, value, whole)


def test_an_extra_member_is_kept() -> None:
    """An unknown member is available by its wire name, and is sent again."""
    brand = models.Brand.from_dict({"id": "val_brand_1", "colour": {"name": "red"}})
    assert ("colour" in brand, brand["colour"], brand.to_dict()["colour"]) == (
        True,
        {"name": "red"},
        {"name": "red"},
    )


def test_a_list_that_is_partly_readable_keeps_its_good_members() -> None:
    """The other rows of a page are read, and the odd ones are kept beside them."""
    came = {"items": [{"id": "1"}, "odd", None, {"id": "2"}], "count": 4}
    forms = models.FormList.from_dict(came)
    assert [form.id for form in forms.items or []] == ["1", "2"]
    assert forms.additional_properties == {"items": ["odd", None]}
    assert forms.to_dict() == {
        "items": [{"id": "1"}, {"id": "2"}, "odd", None],
        "count": 4,
    }


def test_no_member_of_a_reply_is_required() -> None:
    """A reply without its list is read; the list is unset."""
    forms = models.FormList.from_dict({"count": 4})

    assert (4, UNSET) == (forms.count, forms.items)


@pytest.mark.parametrize("value", [None, "text", 7, True, [], [{"id": "1"}]])
def test_what_is_not_an_object_is_unreadable(value: Any) -> None:
    """A model is read from a JSON object, and from nothing else."""
    with pytest.raises(Unreadable, match="JSON object"):
        models.Form.from_dict(value)


def test_reading_leaves_the_source_as_it_was() -> None:
    """The JSON object that was read is not changed."""
    came = {"items": [{"id": "1"}, "odd"], "count": 4, "more": {"deep": [1]}}
    before = copy.deepcopy(came)
    models.FormList.from_dict(came).to_dict()
    assert came == before


def test_a_page_survives_one_odd_row() -> None:
    """The parser of a page returns the rows that are objects."""
    content = json.dumps(
        {"items": [{"a": "1"}, 7, {"a": "2"}], "nextKey": "k"}
    ).encode()
    page = get_form_data.parse(Answer(200, {}, content))
    assert [row["a"] for row in page.items or []] == ["1", "2"]
    assert page.next_cursor == "k"


def as_json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def wire_names(model: Any) -> list[str]:
    names = [field.name for field in attrs.fields(model)]
    names.remove("additional_properties")
    return list(model(**dict.fromkeys(names, "x")).to_dict())


WORDS = [
    "ok",
    "mob",
    "ALL",
    "2027-01-12",
    "2027-01-12T09:00:00Z",
    "2027-13-41",
    "24:00",
    "0001-01-01T00:00+14:00",
    "",
]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(CHARACTERS, max_size=8),
    st.sampled_from(WORDS),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "value", "id", "email", "x"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


def objects(model: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Arbitrary JSON objects, most of whose members have names that the model knows."""
    known = [*wire_names(model), "to_dict", "additional_properties"]
    folded = {name.lower() for name in known}
    # A name in another case would be written in the contract's.
    others = st.text(CHARACTERS, max_size=4).filter(
        lambda name: name.lower() not in folded
    )
    names = st.one_of(st.sampled_from(known), others)
    return st.dictionaries(names, VALUES, max_size=6)


@pytest.mark.parametrize("model", READABLE)
def test_no_member_is_lost(model: Any) -> None:
    """Any object is read or is `Unreadable`, and sends every member again."""

    @settings(
        max_examples=40,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(objects(model))
    def holds(came: dict[str, Any]) -> None:
        try:
            read = model.from_dict(came)
        except Unreadable:
            return
        written = read.to_dict()
        assert written.keys() == came.keys()
        for name, value in read.additional_properties.items():
            # A list that is partly readable has its odd members after the good ones.
            if written[name] != value:
                assert sorted(map(as_json, written[name])) == sorted(
                    map(as_json, came[name])
                )
                assert all(member in came[name] for member in value)
        for name in written.keys() - read.additional_properties.keys():
            if isinstance(came[name], int) and isinstance(written[name], str):
                # An id or a cursor, of which a number becomes text.
                assert written[name] == str(came[name])
            elif isinstance(came[name], (bool, int, float)):
                assert (type(written[name]), written[name]) == (
                    type(came[name]),
                    came[name],
                )

    holds()

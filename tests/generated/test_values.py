"""Scalars of other libraries are sent as what they mean, or refused by name."""

from __future__ import annotations

import enum
import json
import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pandas as pd
import pytest

from enboarder_api import models, parameters
from enboarder_api.checks import problems
from enboarder_api.types import to_json

pytestmark = pytest.mark.untraced

LAUNCH: dict[str, Any] = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Morgan Sample",
    "mgreml": "morgan@example.com",
    "nhstdt": "2027-01-12",
}
NUMBER = uuid.UUID(int=5)


class OddDate(date):
    """A date that writes itself in another way, as those of some libraries do."""

    def isoformat(self) -> str:
        return "12/01/2027"


class Word(enum.Enum):
    """What a program of the user's has for words."""

    TEXT = "hire-7"
    NUMBER = 4
    DATE = date(2027, 1, 12)
    OBJECT = object()


class Scalar:
    """A scalar that offers the protocol of NumPy."""

    shape = ()

    def __init__(self, kind: str, held: Any) -> None:
        self.dtype = type("Type", (), {"kind": kind})
        self._held = held

    def item(self) -> Any:
        return self._held


class NotATime(datetime):
    """A date-time that stands for no value, as that of pandas does."""

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


class NotAvailable:
    """A value that makes no comparison true or false, as that of pandas does."""

    def __ne__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise TypeError("ambiguous")


PLAIN = {
    "date": (date(2027, 1, 12), "2027-01-12"),
    "subclass of date": (OddDate(2027, 1, 12), "2027-01-12"),
    "uuid": (NUMBER, str(NUMBER)),
    "enum of text": (Word.TEXT, "hire-7"),
    "enum of a number": (Word.NUMBER, 4),
    "enum of a date": (Word.DATE, "2027-01-12"),
    "whole Decimal": (Decimal("7.00"), 7),
    "Decimal": (Decimal("0.1"), 0.1),
    "integer": (Scalar("i", 7), 7),
    "boolean": (Scalar("b", True), True),
    "day": (Scalar("M", date(2027, 1, 12)), "2027-01-12"),
    "numpy integer": (np.int64(7), 7),
    "numpy float": (np.float32(0.5), 0.5),
    "numpy boolean": (np.bool_(True), True),
    "numpy text": (np.str_("x"), "x"),
    "numpy day": (np.datetime64("2027-01-12"), "2027-01-12"),
    "numpy array of no dimension": (np.array(7), 7),
}
MISSING = {
    "NaN": float("nan"),
    "NaN of Decimal": Decimal("NaN"),
    "NaT": NotATime(2027, 1, 12),
    "NA": NotAvailable(),
    "NaN of numpy": np.float64("nan"),
    "NaN of numpy, short": np.float32("nan"),
    "NaT of numpy": np.datetime64("NaT"),
    "NaT of pandas": pd.NaT,
    "NA of pandas": pd.NA,
}
REFUSED = {
    "date-time": datetime(2027, 1, 12),
    "time": time(9),
    "duration": timedelta(1),
    "enum of an object": Word.OBJECT,
    "bytes": b"x",
    "complex": 1j,
    "infinite Decimal": Decimal("Infinity"),
    "signalling Decimal": Decimal("sNaN"),
    "huge Decimal": Decimal("1E+999999999"),
    "tiny Decimal": Decimal("1E-999999999"),
    "fine Decimal": Decimal("0.1000000000000000000001"),
    "object": Scalar("O", object()),
    "nanoseconds": Scalar("M", 1_799_712_000_000_000_000),
    "numpy nanoseconds": np.datetime64("2027-01-12T00:00", "ns"),
    "numpy date-time": np.datetime64("2027-01-12T00:00"),
    "numpy duration": np.timedelta64(1, "D"),
    "numpy array": np.array([1]),
    "numpy array without members": np.array([]),
    "numpy long double": np.longdouble(1),
    "numpy bytes": np.bytes_(b"x"),
    "pandas date-time": pd.Timestamp("2027-01-12"),
    "pandas duration": pd.Timedelta(1),
    "pandas period": pd.Period("2027-01"),
}


def found_in(**changes: Any) -> list[str]:
    return problems("workflows.launch_basic", to_json({**LAUNCH, **changes}))


@pytest.mark.parametrize(("value", "written"), PLAIN.values(), ids=PLAIN)
def test_value_with_a_plain_meaning_is_sent_as_that(value: Any, written: Any) -> None:
    """JSON gets the value itself, wherever in a body it is."""
    body = to_json({**LAUNCH, "more": [{"deep": value}]})

    assert problems("workflows.launch_basic", body) == []
    again = json.loads(json.dumps(body))["more"][0]["deep"]
    assert (type(again), again) == (type(written), written)


@pytest.mark.parametrize("value", MISSING.values(), ids=MISSING)
@pytest.mark.parametrize(
    "wire", ["nhstdt", "nhmob", "mode", "externalid", "customfields", "chnl"]
)
def test_missing_value_is_refused_by_its_field(wire: str, value: Any) -> None:
    """An empty cell of a table is neither a text nor a number nor a date."""
    [found] = found_in(**{wire: value})

    assert wire in found
    assert "missing value" in found


@pytest.mark.parametrize("value", MISSING.values(), ids=MISSING)
def test_missing_value_is_refused_where_no_rule_is(value: Any) -> None:
    """A member that the contract does not know is named, too."""
    [found] = found_in(more=[value])

    assert found.startswith("the body.more[0] ")


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("wire", ["nhstdt", "mode", "externalid", "nhnm"])
def test_value_without_a_plain_meaning_is_refused(wire: str, value: Any) -> None:
    """Nothing is guessed, and the error names the field."""
    [found] = found_in(**{wire: value})

    assert wire in found


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
def test_value_that_is_not_json_is_refused_anywhere(value: Any) -> None:
    """A member that the contract does not know is named, too."""
    [found] = found_in(more=[value])

    assert found.startswith("the body.more[0] ")


@pytest.mark.parametrize("value", [NUMBER, Word.TEXT, np.str_("hire-7")])
def test_id_of_another_type_is_that_id(value: Any) -> None:
    """An id from a table or a database is sent as its text."""
    launch = models.BasicLaunch(
        employee_name="Alex Example",
        employee_email="alex@example.com",
        manager_name="Morgan Sample",
        manager_email="morgan@example.com",
        start_date=OddDate(2027, 1, 12),
        external_id=value,
    )

    written = launch.to_dict()

    assert problems("workflows.launch_basic", written) == []
    assert written["externalid"] in (str(NUMBER), "hire-7")
    assert written["nhstdt"] == "2027-01-12"


def test_row_of_a_table_is_a_body() -> None:
    """A Series of pandas is read by its own `to_dict`, with what is in it."""
    row = pd.Series({**LAUNCH, "mode": np.int64(0), "nhstdt": OddDate(2027, 1, 12)})

    assert to_json(row) == {**LAUNCH, "mode": 0}


@pytest.mark.parametrize(
    ("value", "written"),
    [(np.int64(7), "7"), (NUMBER, str(NUMBER)), (Word.NUMBER, "4"), (Decimal(7), "7")],
)
def test_query_parameter_has_a_plain_meaning(value: Any, written: str) -> None:
    """Filters come from tables, too."""
    assert parameters.query({"count": value}) == {"count": written}


@pytest.mark.parametrize("value", [pd.NaT, pd.NA, np.datetime64("NaT"), float("nan")])
def test_query_parameter_is_never_a_missing_value(value: Any) -> None:
    """A filter without a value would select something else."""
    with pytest.raises(ValueError, match=r"^count "):
        parameters.query({"count": value})


def test_evolve_keeps_what_the_contract_does_not_know() -> None:
    """A changed copy of a model keeps its additional members, and owns them."""
    profile = models.Profile.from_dict({"id": "P-1", "colour": "red"})

    changed = attrs.evolve(profile, first_name="Alex")
    changed["colour"] = "blue"

    assert changed.to_dict() == {"id": "P-1", "firstName": "Alex", "colour": "blue"}
    assert profile.to_dict() == {"id": "P-1", "colour": "red"}


@pytest.mark.parametrize("name", models.__all__)
def test_evolve_keeps_the_members_of_every_model(name: str) -> None:
    """No model loses what it could not read."""
    model = getattr(models, name)
    if issubclass(model, enum.Enum):
        return
    required = [one.name for one in attrs.fields(model) if one.default is attrs.NOTHING]
    built = model(**dict.fromkeys(required, "x"), additional_properties={"more": 1})

    assert attrs.evolve(built).additional_properties == {"more": 1}

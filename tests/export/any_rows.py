"""Strategies: any rows of any pages, and any fields that describe them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

ANY_CHARACTER = st.characters(exclude_categories=())
# Line breaks at the ends of cells, quotes and formulas are more likely than by chance.
TEXTS = st.one_of(
    st.text(ANY_CHARACTER, max_size=12),
    st.sampled_from(["", "=1+1", "+61400000000", '"', "a,b", "\r\n", "7.50", "\0"]),
    st.dates().map(str),
)
NAMES = st.one_of(st.sampled_from(["a", "b", "c", "Label"]), TEXTS)
NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)
    ),
    max_leaves=5,
)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=5)
ROWS = st.one_of(OBJECTS, OBJECTS, OBJECTS, VALUES)
ROWS_OF_PAGES: st.SearchStrategy[list[Any]] = st.lists(
    st.lists(ROWS, max_size=4), min_size=1, max_size=4
)
TYPES = st.sampled_from(["text", "email", "date", "number", "dropdown", "drawing"])
FIELDS: st.SearchStrategy[list[Any]] = st.lists(
    st.fixed_dictionaries(
        {"fieldName": NAMES, "datatype": TYPES},
        optional={"label": NAMES, "id": NAMES},
    ),
    max_size=4,
)

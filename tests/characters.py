"""The characters of property tests."""

from hypothesis import strategies as st

# All that UTF-8 can write: the default of `st.text`, which takes seconds to find them.
CHARACTERS = st.characters(exclude_categories=["Cs"])

"""The demo, in this process, where the judge sees its calls."""

from __future__ import annotations

import demo


def test_demo_is_judged() -> None:
    """The main job, as `make demo` does it, by both credentials."""
    assert 0 == demo.main()

"""Words instead of members of enums: checked for their types, never run."""

from __future__ import annotations

from enboarder import check, models


def give_words() -> None:
    problems: list[str] = check("workflows.cancel", {}, strict=True)
    problems.clear()
    models.WorkflowCancellation("A-1", mode="ALL")
    models.WorkflowCancellation("A-1", mode=models.CancelMode.SELECTED)
    models.WorkflowCancellation("A-1", mode="EVERY")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    models.Manager(channel="EML")
    models.Manager(channel="a channel that the documentation leaves out")
    models.Contact(preferred="email")
    models.ProfilePhoto("image/png", "aGk=")
    models.ProfilePhoto("image/gif", "aGk=")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

"""Finding a user by name among all users."""

from __future__ import annotations

from enboarder_api.models.scim_user import ScimUser
from enboarder_api.parameters import shown
from enboarder_api.spelling import flaw_of, is_blank

from ..errors import InvalidInput, InvalidResponse

NAME = "users.find"


class UserSearch:
    """Compares users with a user name.

    Args:
        user_name: the name.

    Raises:
        InvalidInput: it is not a possible user name.
    """

    def __init__(self, user_name: str) -> None:
        if not isinstance(user_name, str) or is_blank(user_name):
            flaw: str | None = "must be a string that is not blank"
        else:
            flaw = flaw_of(user_name)
        if flaw:
            raise InvalidInput(
                f"{NAME}: nothing was sent, because user_name {flaw}; "
                f"got {shown(user_name)}"
            )
        self._folded = user_name.casefold()
        self._nameless = 0

    def fits(self, user: ScimUser) -> bool:
        """Return whether a user has the name; count users without a name."""
        if not isinstance(user.user_name, str):
            self._nameless += 1
            return False
        return user.user_name.casefold() == self._folded

    def refuse_doubt(self) -> None:
        """Check that no user has the name, after all users were compared.

        Raises:
            InvalidResponse: a user without a readable name may be the wanted one.
        """
        if self._nameless:
            raise InvalidResponse(
                f"{NAME}: {self._nameless} users have no readable user name, and one "
                "of them may be the wanted one; look at them with users.iter_all",
                operation=NAME,
            )

"""The data that requests and answers carry, imported on first use."""

from typing import TYPE_CHECKING, Any

from enboarder_api import models as _models
from enboarder_api.models import __all__ as __all__

if TYPE_CHECKING:
    from enboarder_api.models import *

else:  # a type checker would take any name for given

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            from .misspelling import suggestion

            hint = suggestion(name, __name__, __all__)
            text = f"module {__name__!r} has no attribute {name!r}{hint}"
            raise AttributeError(text)
        return getattr(_models, name)


def __dir__() -> list[str]:
    return list(__all__)

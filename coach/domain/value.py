"""The one base of every value: frozen, strict about unknown keys, equal by content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, StringConstraints


class Value(BaseModel):
    """A frozen value. Unknown keys are errors, so a typo in a file is never read as silence; so are infinite
    numbers, which JSON cannot hold."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True, allow_inf_nan=False
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A changed copy. What was derived from the old fields (cached properties) does not come along."""
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A stable id in kebab-case, such as `golden-set`."""

FullName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$", max_length=121)]
"""`dimension.criterion`, such as `evals.golden-set`, or `dimension.rung` for a probe."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
"""Something a person says or reads: never empty."""

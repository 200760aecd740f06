"""The base of everything that is read from YAML."""

from pydantic import BaseModel, ConfigDict

Code = int | float | str


class Declared(BaseModel):
    """A frozen record in which an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, coerce_numbers_to_str=True)

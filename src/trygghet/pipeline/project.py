"""A project: where it lies and how it wants things done."""

from dataclasses import dataclass

from trygghet.errors import Problem, ProjectError
from trygghet.pipeline.params import Params
from trygghet.pipeline.paths import ProjectPaths


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder and its parameters.

    Parameters
    ----------
    paths : ProjectPaths
        Where everything lies.
    params : Params
        The checked ``params.yaml``.
    """

    paths: ProjectPaths
    params: Params

    def declared(self, wave: str | None) -> str:
        """Return the name of a wave that ``params.yaml`` declares.

        Parameters
        ----------
        wave : str or None
            Name as it was given.

        Returns
        -------
        str
            The same name.

        Raises
        ------
        ProjectError
            When no such wave is declared.
        """
        if wave in self.params.waves:
            return wave
        known = ", ".join(self.params.waves)
        raise ProjectError(
            Problem(
                code="PROJ-03",
                what=f"There is no wave {wave!r}; declared are {known}.",
                remedy="Declare it under waves in params.yaml.",
                facts={"wave": wave or "–", "known": known, "file": "params.yaml"},
            )
        )

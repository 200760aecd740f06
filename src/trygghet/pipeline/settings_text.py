"""Settings files as text: an editor may have saved them in another encoding, or with other line ends."""

from pathlib import Path

from trygghet.errors import Problem, ProjectError


def settings_text(path: Path) -> str:
    """Read a settings file.

    Parameters
    ----------
    path : Path
        A YAML file of the project.

    Returns
    -------
    str
        Its text, with Unix line ends and without a byte-order mark.

    Raises
    ------
    ProjectError
        PROJ-25 when it is not saved as UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise ProjectError(
            Problem(
                code="PROJ-25",
                what=f"{path.name} is not saved as UTF-8.",
                why="Its letters cannot be read.",
                remedy="Save it with the encoding UTF-8.",
                facts={"file": path.name},
            )
        ) from wrong

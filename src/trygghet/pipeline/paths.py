"""Where everything lies in a project folder."""

from dataclasses import dataclass
from pathlib import Path

from trygghet.errors import Problem, ProjectError

MARGIN_FILES = ("margins.csv", "margins.xlsx", "margins.ods")
"""What the file of population margins may be called."""


@dataclass(frozen=True, slots=True)
class WavePaths:
    """The files of one wave.

    Parameters
    ----------
    raw : Path
        Folder of the survey file, the codebook and the margins.
    processed : Path
        Folder of what the stages made of them.
    changes : Path
        Folder of the changes since the previous wave.
    claims : Path
        The claims of the wave, before they are screened.
    screened : Path
        Folder of what may be published.
    reports : Path
        Folder of what is published.
    """

    raw: Path
    processed: Path
    changes: Path
    claims: Path
    screened: Path
    reports: Path

    @property
    def codebook(self) -> Path:
        """The codebook."""
        return self.raw / "codebook.yaml"

    @property
    def margins(self) -> Path:
        """The population margins, as CSV or a workbook; the file may be absent."""
        files = [self.raw / name for name in MARGIN_FILES]
        return next((file for file in files if file.is_file()), files[0])

    @property
    def sources(self) -> Path:
        """Folder of declared tables from other sources; it may be absent."""
        return self.raw / "sources"

    @property
    def composite(self) -> Path:
        """The declaration of a composite of several sources; the file may be absent."""
        return self.sources / "composite.yaml"

    @property
    def microdata(self) -> Path:
        """The checked answers."""
        return self.processed / "microdata.parquet"

    @property
    def weights(self) -> Path:
        """Folder of the weights, one file a probability stream."""
        return self.processed / "weights"

    @property
    def estimates(self) -> Path:
        """Folder of the estimates, two files a result."""
        return self.processed / "estimates"

    @property
    def ranks(self) -> Path:
        """The rankings."""
        return self.processed / "ranks.json"

    def metrics(self, stage: str) -> Path:
        """Name the metrics file of a stage.

        Parameters
        ----------
        stage : str
            Name of the stage.

        Returns
        -------
        Path
            The JSON file.
        """
        return self.reports / "metrics" / f"{stage}.json"


@dataclass(frozen=True, slots=True)
class ProjectPaths:
    """The files of a project.

    Parameters
    ----------
    root : Path
        The project folder.
    """

    root: Path

    @property
    def params(self) -> Path:
        """The methodology parameters."""
        return self.root / "params.yaml"

    @property
    def log(self) -> Path:
        """The log: English texts and tracebacks."""
        return self.root / "trygghet.log"

    @property
    def lock(self) -> Path:
        """The file that a run locks; it means nothing that it exists."""
        return self.root / ".trygghet.lock"

    def wave(self, name: str) -> WavePaths:
        """Give the files of a wave.

        Parameters
        ----------
        name : str
            Name of the wave's folder.

        Returns
        -------
        WavePaths
            Its files.

        Raises
        ------
        ProjectError
            When the name leads out of the project folder.
        """
        joint = self.root / "data" / "joint"
        return WavePaths(
            raw=self.inside("data/raw", name),
            processed=self.inside("data/processed", name),
            changes=joint / "changes" / name,
            claims=joint / "claims" / f"{name}.json",
            screened=joint / "screened" / name,
            reports=self.inside("reports", name),
        )

    def joint_metrics(self, stage: str) -> Path:
        """Name the metrics file of a stage that works on all waves.

        Parameters
        ----------
        stage : str
            Name of the stage.

        Returns
        -------
        Path
            The JSON file.
        """
        return self.root / "reports" / "metrics" / f"{stage}.json"

    def inside(self, folder: str, name: str) -> Path:
        """Join a name from a parameter file to a folder of the project, and refuse one that leads out of it.

        Parameters
        ----------
        folder : str
            Folder relative to the project.
        name : str
            File or folder name from ``params.yaml``.

        Returns
        -------
        Path
            The joined path.

        Raises
        ------
        ProjectError
            When the result lies outside ``folder``.
        """
        return within(self.root / folder, name, file=self.params.name)


def within(folder: Path, name: str, *, file: str) -> Path:
    """Join a name from a settings file to a folder, and refuse one that leads out of it.

    Parameters
    ----------
    folder : Path
        Folder that the named file has to lie in.
    name : str
        What the settings say.
    file : str
        The settings file, for messages.

    Returns
    -------
    Path
        The joined path.

    Raises
    ------
    ProjectError
        PROJ-09 when the result lies outside the folder, through a link too.
    """
    path, base = folder / name, folder.resolve()
    if "\0" in name or not path.resolve().is_relative_to(base) or path.resolve() == base:
        raise ProjectError(
            Problem(
                code="PROJ-09",
                what=f"The path {name!r} leads out of {folder.name}.",
                remedy="Name a file inside the project folder.",
                facts={"path": name, "file": file},
            )
        )
    return path

"""Where a project lies: folders that are synced, version histories that leave the house, files that are open elsewhere."""

import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from trygghet.codebook.reading import read_yaml
from trygghet.errors import TrygghetError
from trygghet.pipeline.doctor.finding import Finding, findings_of
from trygghet.pipeline.erasure import dvc_remotes
from trygghet.pipeline.paths import MARGIN_FILES
from trygghet.pipeline.settings_text import settings_text

_SYNCED: Mapping[str, tuple[str, ...]] = {
    "OneDrive": ("onedrive", "sharepoint"),
    "Dropbox": ("dropbox",),
    "Google Drive": ("google drive", "googledrive", "drivefs", "my drive", "min enhet"),
    "iCloud": ("icloud", "mobile documents"),
}
_ENVIRONMENT = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_ANSWERS = frozenset(
    {".sav", ".zsav", ".por", ".dta", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
)
_NO_ANSWERS = frozenset(MARGIN_FILES)
_OPENED = ("data/raw", "reports")
_EDITED = frozenset({".xlsx", ".docx", ".csv"})
_REMEDY_SYNCED = "flytta projektet till en mapp som IT har godkänt. Har IT godkänt {service}: skriv ja i projekt.yaml under godkand_lagring."


def answer_files(root: Path, *, printed: Collection[str] = ()) -> tuple[Path, ...]:
    """List the files of a project that may hold persons' answers.

    Parameters
    ----------
    root : Path
        Project folder.
    printed : collection of str
        Workbooks with the figures of printed reports, from the project folder: they hold no answers.

    Returns
    -------
    tuple of Path
        Files under ``data/raw``.
    """
    raw = root / "data" / "raw"
    return tuple(
        path
        for path in sorted(raw.rglob("*"))
        if path.is_file()
        and path.suffix.lower() in _ANSWERS
        and not path.name.startswith(("~$", ".~lock"))
        and _may_hold_answers(path.relative_to(root), printed)
    )


def _may_hold_answers(path: Path, printed: Collection[str]) -> bool:
    """Margins, declared tables of other sources and figures of printed reports hold totals alone."""
    return path.name not in _NO_ANSWERS and "sources" not in path.parts and path.as_posix() not in printed


def synced_by(path: Path, environment: Mapping[str, str]) -> str:
    """Name the service that syncs a folder to somewhere else.

    Parameters
    ----------
    path : Path
        Folder.
    environment : mapping of str to str
        Environment variables; OneDrive tells there where it is.

    Returns
    -------
    str
        Name of the service; empty where none is known.
    """
    parts = [part.casefold() for part in re.split(r"[\\/]", str(path)) if part]
    for service, words in _SYNCED.items():
        if any(word in part for part in parts for word in words):
            return service
    homes = [environment[name] for name in _ENVIRONMENT if environment.get(name)]
    return "OneDrive" if any(path.is_relative_to(home) for home in homes) else ""


def storage(root: Path, *, synthetic: bool, printed: Collection[str] = ()) -> Iterator[Finding]:
    """Look at where the answers lie.

    Parameters
    ----------
    root : Path
        Project folder.
    synthetic : bool
        Whether the answers are invented.
    printed : collection of str
        Workbooks with the figures of printed reports, from the project folder.

    Yields
    ------
    Finding
        A stop where answers are synced without approval.
    """
    service = synced_by(root.resolve(), os.environ)
    if not service or synthetic or not answer_files(root, printed=printed):
        return
    try:
        approved = _approved(root / "projekt.yaml")
    except TrygghetError as error:
        yield from findings_of(error)
        return
    if approved:
        yield Finding("INFO", f"Mappen synkas av {service}. Kommunen har godkänt det i projekt.yaml.")
    else:
        yield Finding(
            "STOPP",
            f"Mappen synkas av {service} och innehåller svarsfiler med personuppgifter.",
            _REMEDY_SYNCED.format(service=service),
        )


def version_history(root: Path, *, synthetic: bool, printed: Collection[str] = ()) -> Iterator[Finding]:
    """Look for answers in a git history, above all in one that is copied to somewhere else.

    Parameters
    ----------
    root : Path
        Project folder.
    synthetic : bool
        Whether the answers are invented.
    printed : collection of str
        Workbooks with the figures of printed reports, from the project folder.

    Yields
    ------
    Finding
        A stop where answers are in a history with a remote.
    """
    git = shutil.which("git")
    inside = next(
        (parent for parent in (root.resolve(), *root.resolve().parents) if (parent / ".git").exists()), None
    )
    if git is None or inside is None or synthetic:
        return
    tracked = _lines(git, root, "ls-files", "--", "data/raw", "data/processed", "data/joint")
    kept = [
        name
        for name in tracked
        if Path(name).suffix.lower() in _ANSWERS | {".parquet"} and _may_hold_answers(Path(name), printed)
    ]
    files = [
        path
        for path in answer_files(root, printed=printed)
        if not _lines(git, root, "check-ignore", "--", str(path.resolve()))
    ]
    remote = bool(_lines(git, root, "remote"))
    if kept:
        there = " och kopieras till en annan plats" if remote else ""
        yield Finding(
            "STOPP" if remote else "VARNING",
            f"{len(kept)} svarsfiler ligger i versionshanteringen (git){there}.",
            f"ta bort dem ur git med: git rm --cached {Path(kept[0]).as_posix()} – och be IT rensa historiken.",
        )
    elif files:
        yield Finding(
            "VARNING",
            f"{len(files)} svarsfiler kan hamna i versionshanteringen (git): de står inte i .gitignore.",
            "skriv /data/raw/ och /data/processed/ i .gitignore, eller kör trygghet init i en ny mapp och se hur den gör.",
        )


def remote_copies(root: Path, *, synthetic: bool) -> Iterator[Finding]:
    """Look for places that DVC copies answers to.

    Parameters
    ----------
    root : Path
        Project folder.
    synthetic : bool
        Whether the answers are invented.

    Yields
    ------
    Finding
        A warning for each remote: ``dvc push`` sends the checked answers there.
    """
    if synthetic or not (root / "dvc.yaml").is_file():
        return
    for name in dvc_remotes(root):
        yield Finding(
            "VARNING",
            f"DVC har fjärrlagret {name}. Kommandot dvc push skickar svaren dit.",
            f"är det inte godkänt av IT: ta bort det med dvc remote remove {name}.",
        )


def open_files(root: Path) -> Iterator[Finding]:
    """Look for files that another program holds.

    Parameters
    ----------
    root : Path
        Project folder.

    Yields
    ------
    Finding
        A stop for each file that could not be read or replaced.
    """
    for folder in _OPENED:
        for path in sorted((root / folder).rglob("*")):
            if path.name.startswith("~$"):
                owner = next((p for p in sorted(path.parent.iterdir()) if _owns(path.name, p.name)), None)
                program = "Word" if path.suffix.lower() == ".docx" else "Excel"
                yield _held(owner.name if owner else path.name[2:], f"är öppen i {program}")
            elif path.name.startswith(".~lock.") and path.name.endswith("#"):
                yield _held(path.name[7:-1], "är öppen i LibreOffice")
            elif path.is_file() and (path.suffix.lower() in _EDITED or folder == "data/raw"):
                yield from _locked(path, mode="r+b" if folder == "reports" else "rb")


def _locked(path: Path, *, mode: str) -> Iterator[Finding]:
    """Open a file as a run would, and close it untouched."""
    try:
        path.open(mode).close()
    except PermissionError:
        yield _held(path.name, "går inte att öppna: den är öppen i ett annat program eller skrivskyddad")


def _held(name: str, how: str) -> Finding:
    return Finding("STOPP", f"Filen {name} {how}.", "stäng den och kör igen.")


def _owns(mark: str, name: str) -> bool:
    """Excel marks tabeller.xlsx as ~$tabeller.xlsx, Word marks lagesbild.docx as ~$gesbild.docx."""
    return not name.startswith("~$") and name in {mark[2:], name[:2] + mark[2:]} and name.endswith(mark[2:])


def _approved(path: Path) -> bool:
    if not path.is_file():
        return False
    said = read_yaml(settings_text(path), name=path.name).get("godkand_lagring")
    return said is True or str(said).casefold() == "ja"


def _lines(git: str, root: Path, *arguments: str) -> list[str]:
    """Ask git, which changes nothing and stays on this machine."""
    asked = subprocess.run(  # noqa: S603 - a fixed program with our own arguments
        [git, "-c", "core.quotepath=off", "-C", str(root), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return [line for line in asked.stdout.splitlines() if line]

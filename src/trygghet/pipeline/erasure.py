"""Erasing a wave when its time is up: the answers and all that was made of them, but not what has been published."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trygghet._files import sha256_of, write_json
from trygghet.errors import Problem, ProjectError
from trygghet.pipeline.paths import ProjectPaths
from trygghet.pipeline.project import Project

REGISTER = Path("data") / "gallrat.json"
_DIRECTORY = ".dir"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing a wave would remove.

    Parameters
    ----------
    wave : str
        Name of the wave.
    files : tuple of Path
        Files of the project.
    cached : tuple of Path
        Copies in the DVC cache that no other wave uses.
    in_history : bool
        Whether the answers are in the history of git, which this program does not rewrite.
    remotes : tuple of str
        DVC remotes that may hold further copies.
    published : bool
        Whether a report with its manifest has been written and stays.
    """

    wave: str
    files: tuple[Path, ...]
    cached: tuple[Path, ...]
    in_history: bool
    remotes: tuple[str, ...]
    published: bool

    @property
    def size(self) -> int:
        """Bytes that it frees."""
        return sum(path.lstat().st_size for path in (*self.files, *self.cached))


def erased_waves(root: Path) -> Mapping[str, Any]:
    """Read which waves have been erased.

    Parameters
    ----------
    root : Path
        Project folder.

    Returns
    -------
    mapping of str to object
        Hashes of the erased raw files, by wave.
    """
    path = root / REGISTER
    if not path.is_file():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def refuse_erased(project: Project) -> None:
    """Stop a run that still names a wave without answers.

    Parameters
    ----------
    project : Project
        The project.

    Raises
    ------
    ProjectError
        GAL-02 for every erased wave that the parameters name and that has no new answers.
    """
    erased = erased_waves(project.paths.root)
    named = [
        wave for wave in project.params.waves if wave in erased and not project.paths.wave(wave).raw.is_dir()
    ]
    if named:
        raise ProjectError(
            *(
                Problem(
                    code="GAL-02",
                    what=f"Wave {wave} is erased, and params.yaml still names it.",
                    why="There are no answers to run.",
                    remedy="Remove it from waves, also as previous.",
                    facts={"wave": wave},
                )
                for wave in named
            )
        )


def plan_erasure(paths: ProjectPaths, wave: str) -> Erasure:
    """List what erasing a wave would remove; nothing is changed.

    Parameters
    ----------
    paths : ProjectPaths
        The project's paths.
    wave : str
        Name of the wave: one folder name.

    Returns
    -------
    Erasure
        The list.

    Raises
    ------
    ProjectError
        GAL-01 when the wave has no files; PROJ-09 when its name leads out of the project.
    """
    folders = _folders(paths, wave)
    files = tuple(path for folder in folders for path in _files_in(folder))
    if not files:
        raise ProjectError(
            Problem(
                code="GAL-01",
                what=f"Wave {wave} has no files to erase.",
                why="It is erased already, or has another name.",
                remedy="See the folders of data/raw.",
                facts={"wave": wave},
            )
        )
    return Erasure(
        wave=wave,
        files=files,
        cached=tuple(sorted(_cached(paths.root, wave))),
        in_history=bool(_git(paths.root, "log", "--oneline", "-1", "--", f"data/raw/{wave}")),
        remotes=tuple(dvc_remotes(paths.root)),
        published=(paths.wave(wave).reports / "manifest.json").is_file(),
    )


def erase(paths: ProjectPaths, plan: Erasure) -> None:
    """Remove what was listed, and enter the wave into the register of erased waves.

    Parameters
    ----------
    paths : ProjectPaths
        The project's paths.
    plan : Erasure
        What :func:`plan_erasure` listed.
    """
    register = dict(erased_waves(paths.root))
    raw = paths.wave(plan.wave).raw
    hashes = {
        path.relative_to(raw).as_posix(): sha256_of(path)
        for path in plan.files
        if path.is_relative_to(raw) and path.is_file() and not path.is_symlink()
    }
    register[plan.wave] = {"inputs": {**register.get(plan.wave, {}).get("inputs", {}), **hashes}}
    write_json(paths.root / REGISTER, dict(sorted(register.items())))
    for path in (*plan.cached, *plan.files):
        path.unlink(missing_ok=True)
    for folder in _folders(paths, plan.wave):
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)


def _folders(paths: ProjectPaths, wave: str) -> tuple[Path, ...]:
    """Files and folders that hold a wave's answers or unscreened results."""
    if Path(wave).name != wave or wave in {"", ".", ".."} or "\\" in wave:
        paths.inside("data/raw", f"../{wave}")
    found = paths.wave(wave)
    return found.raw, found.processed, found.changes, found.claims


def _files_in(place: Path) -> Iterator[Path]:
    """A file, or all files below a folder; links are named, not followed."""
    if place.is_symlink() or place.is_file():
        yield place
        return
    for folder, inner, names in os.walk(place):
        links = [name for name in inner if (Path(folder) / name).is_symlink()]
        yield from (Path(folder) / name for name in sorted([*names, *links]))


def _cached(root: Path, wave: str) -> set[Path]:
    """Copies of the wave's files in the DVC cache, of any time that git remembers, less those that other waves use."""
    cache = root / ".dvc" / "cache" / "files" / "md5"
    if not cache.is_dir():
        return set()
    own: set[str] = set()
    others: set[str] = set()
    for name, digest in _recorded(root, cache):
        (own if _belongs(name, wave) else others).add(digest)
    paths = (cache / digest[:2] / digest[2:] for digest in own - others)
    return {path for path in paths if path.is_file()}


def _belongs(name: str, wave: str) -> bool:
    """Whether a path of the project holds the wave's answers or unscreened results."""
    own = (
        f"data/raw/{wave}",
        f"data/processed/{wave}",
        f"data/joint/changes/{wave}",
        f"data/joint/claims/{wave}.json",
    )
    return any(name == place or name.startswith(f"{place}/") for place in own)


def _recorded(root: Path, cache: Path) -> Iterator[tuple[str, str]]:
    """Every path that DVC has recorded, with its hash; folders also file by file."""
    documents = [("", path.read_text(encoding="utf-8")) for path in [root / "dvc.lock"] if path.is_file()]
    documents += [
        (path.parent.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((root / "data").rglob("*.dvc"))
    ]
    documents += _remembered(root)
    for folder, text in documents:
        for name, digest in _outs(text):
            full = f"{folder}/{name}" if folder else name
            yield full, digest
            if digest.endswith(_DIRECTORY):
                listing = cache / digest[:2] / digest[2:]
                entries = json.loads(listing.read_text(encoding="utf-8")) if listing.is_file() else []
                yield from ((f"{full}/{entry['relpath']}", entry["md5"]) for entry in entries)


def _outs(text: str) -> Iterator[tuple[str, str]]:
    """Paths and hashes of a dvc.lock or a .dvc file."""
    try:
        content = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError):
        return
    if not isinstance(content, dict):
        return
    stages = content.get("stages", {}).values() if "stages" in content else [content]
    for stage in stages:
        for entry in (*stage.get("deps", ()), *stage.get("outs", ())):
            if isinstance(entry, dict) and entry.get("md5"):
                yield str(entry["path"]), str(entry["md5"])


def _remembered(root: Path) -> list[tuple[str, str]]:
    """What dvc.lock and the .dvc files held at every commit."""
    found = []
    for line in _git(
        root, "log", "--all", "--format=commit %H", "--name-only", "--", "dvc.lock", "data/*.dvc"
    ).splitlines():
        if line.startswith("commit "):
            commit = line.removeprefix("commit ")
        elif line:
            folder = Path(line).parent.as_posix()
            text = _git(root, "show", f"{commit}:./{line}") or _git(root, "show", f"{commit}:{line}")
            found.append(("" if folder == "." else folder, text))
    return found


def dvc_remotes(root: Path) -> Iterator[str]:
    """Name the places that DVC may copy files to.

    Parameters
    ----------
    root : Path
        Project folder.

    Yields
    ------
    str
        Name of a DVC remote.
    """
    for name in ("config", "config.local"):
        path = root / ".dvc" / name
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.strip().startswith("['remote"):
                    yield line.strip().strip("[]'").removeprefix("remote").strip(' "')


def _git(root: Path, *arguments: str) -> str:
    """What git answers in the project; empty without git or outside a repository."""
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return ""
    answer = subprocess.run(  # noqa: S603 - git with our own arguments
        [git, "-C", str(root), *arguments], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    return answer.stdout if answer.returncode == 0 else ""

"""List the pinned packages that a run without DVC needs on Windows, one requirement a line, for ``make wheels``.

Markers are read as Windows reads them: a package such as colorama is needed there and not here.
"""

import sys
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

WINDOWS = {
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_system": "Windows",
    "sys_platform": "win32",
    "platform_python_implementation": "CPython",
    "python_version": "3.11",
    "python_full_version": "3.11.9",
}


def pins(path: Path) -> dict[str, str]:
    """Read the pinned versions.

    Parameters
    ----------
    path : Path
        ``constraints.txt``.

    Returns
    -------
    dict of str to str
        Version by normalised name.
    """
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("==") for line in lines if "==" in line)
    return {canonicalize_name(name): version for name, version in pairs}


def closure(requirements: list[str]) -> set[str]:
    """Names of everything that some requirements need on Windows, themselves included.

    Parameters
    ----------
    requirements : list of str
        Requirements as in ``pyproject.toml``.

    Returns
    -------
    set of str
        Normalised names.
    """
    found: set[str] = set()
    waiting = [(text, "") for text in requirements]
    seen: set[tuple[str, str]] = set()
    while waiting:
        text, extra = waiting.pop()
        requirement = Requirement(text)
        marker = requirement.marker
        if (text, extra) in seen or (
            marker is not None and not marker.evaluate({**default_environment(), **WINDOWS, "extra": extra})
        ):
            continue
        seen.add((text, extra))
        found.add(canonicalize_name(requirement.name))
        try:
            needs = metadata.requires(requirement.name) or []
        except metadata.PackageNotFoundError:
            continue  # needed on Windows alone: its own needs are not known here
        waiting += [(need, wanted) for need in needs for wanted in ("", *requirement.extras)]
    return found


def main() -> None:
    """Write the requirements to standard output."""
    pinned = pins(Path("constraints.txt"))
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = sorted(closure(project["dependencies"]))
    lacking = [name for name in needed if name not in pinned]
    if lacking:
        sys.exit(f"constraints.txt pins no version of {', '.join(lacking)}")
    sys.stdout.writelines(f"{name}=={pinned[name]}\n" for name in needed)


if __name__ == "__main__":
    main()

"""What a run of DVC that was killed may leave behind, and that DVC does not clear by itself."""

import json
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trygghet.pipeline.doctor.finding import Finding

_LOCK = Path(".dvc") / "tmp" / "rwlock"
_RECORD = Path("dvc.lock")


def interrupted(root: Path) -> Iterator[Finding]:
    """Look for files of DVC that a killed run left half-written, or that say that a run is still going on.

    Parameters
    ----------
    root : Path
        Project folder.

    Yields
    ------
    Finding
        A stop for a file that DVC cannot read; what to do when DVC waits for a run that is dead. DVC removes the marks of dead
        runs itself, unless another program has got the number of the dead process.
    """
    lock, record = root / _LOCK, root / _RECORD
    if lock.is_file():
        yield from _marks(lock)
    if record.is_file() and not _is_yaml(record):
        yield Finding(
            "STOPP",
            "Filen dvc.lock är inte hel. En körning har avbrutits medan den skrevs.",
            "ta bort dvc.lock, eller hämta den ur versionshanteringen: git checkout dvc.lock. Kör sedan dvc repro.",
        )


def _marks(lock: Path) -> Iterator[Finding]:
    try:
        content = json.loads(lock.read_text(encoding="utf-8"))
        held = [
            *content.get("write", {}).values(),
            *(each for some in content.get("read", {}).values() for each in some),
        ]
        numbers = sorted({int(each["pid"]) for each in held})
    except (ValueError, TypeError, KeyError, AttributeError):
        yield Finding(
            "STOPP",
            f"DVC:s låsfil {_LOCK.as_posix()} är inte hel. En körning har avbrutits medan den skrevs.",
            f"se till att ingen körning pågår och ta bort filen {_LOCK.as_posix()}. Kör sedan dvc repro.",
        )
        return
    if numbers:
        yield Finding(
            "INFO",
            f"DVC:s låsfil säger att en körning pågår (process {', '.join(map(str, numbers))}).",
            f"om dvc repro säger ”is busy” och ingen körning pågår: ta bort filen {_LOCK.as_posix()}. Kör sedan dvc repro.",
        )


def _is_yaml(record: Path) -> bool:
    try:
        return isinstance(YAML(typ="safe", pure=True).load(record.read_text(encoding="utf-8")), dict)
    except (YAMLError, ValueError, RecursionError):
        return False

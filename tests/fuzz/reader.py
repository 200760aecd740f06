"""The process that reads damaged files: one path a line in, one verdict a line out."""

import sys
import time
from pathlib import Path

from trygghet.codebook import Codebook
from trygghet.errors import TrygghetError
from trygghet.ingest import draft_codebook, read_survey
from trygghet.pipeline.messages import render


def verdict(path: Path, book: Codebook) -> str:
    told = ""
    for work in (lambda: read_survey(path, codebook=book), lambda: Codebook.from_text(draft_codebook(path))):
        try:
            work()
            told += "read "
        except TrygghetError as error:
            render(error)
            told += f"{error.code} "
        except Exception as error:  # noqa: BLE001 - this is what the fuzzing looks for
            return f"CRASH {type(error).__name__}"
    return told.strip()


def peak() -> int:
    """Highest memory of this process and the largest of its children together, in MB."""
    import resource

    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(kind).ru_maxrss for kind in kinds) // 1024


def main() -> None:
    book = Codebook.read(sys.argv[1])
    for line in sys.stdin:
        start = time.monotonic()
        told = verdict(Path(line.rstrip("\n")), book)
        sys.stdout.write(f"{told}|{time.monotonic() - start:.2f}|{peak()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""A synthetic wave as the files that an institute delivers."""

from pathlib import Path

from trygghet._files import atomic_path, write_text
from trygghet.datasets.exempelstad import Synthetic
from trygghet.datasets.sources import source_tables
from trygghet.datasets.spss_labels import dictionary_of
from trygghet.ingest import write_spss


def write_wave(synthetic: Synthetic, folder: Path) -> None:
    """Write ``survey.sav``, ``codebook.yaml``, ``margins.csv``, the frame file ``urval.csv`` and other sources of one wave.

    Parameters
    ----------
    synthetic : Synthetic
        The wave.
    folder : Path
        Folder to write to; made when it does not exist.
    """
    write_survey(synthetic, folder / "survey.sav")
    write_text(folder / "codebook.yaml", synthetic.codebook_text)
    tables = {"margins.csv": synthetic.margins, "urval.csv": synthetic.register}
    tables |= {f"sources/{name}": table for name, table in source_tables(synthetic.wave).items()}
    for name, table in tables.items():
        with atomic_path(folder / name) as temporary:
            table.to_csv(temporary, index=False, encoding="utf-8", lineterminator="\n")


def write_survey(synthetic: Synthetic, path: Path) -> None:
    """Write the raw file as SPSS would: labels in Swedish, user-missing codes declared.

    Parameters
    ----------
    synthetic : Synthetic
        The wave.
    path : Path
        File to write.
    """
    write_spss(path, synthetic.frame, dictionary=dictionary_of(synthetic.wave))

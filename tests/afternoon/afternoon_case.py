"""An afternoon at the desk, scripted: what she types, what she answers, and how many decisions it took."""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner
from number_forms import badly_written, offences, without_alternative_text
from ruamel.yaml import YAML

from trygghet.codebook import Codebook
from trygghet.pipeline.cli import main


@dataclass
class Afternoon:
    """A project folder, and what was decided on the way."""

    root: Path
    wave: str = "2026"
    decisions: list[str] = field(default_factory=list)

    def types(self, *words, exit_code=0):
        """A command as she types it, in the project's folder."""
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exit_code == exit_code, f"{words}\n{result.output}\n{result.stderr}"
        assert offences(result.output) == []
        return result.output

    def decides(self, what):
        self.decisions.append(what)

    def begins(self, survey, **options):
        self.types("init", self.root, "--wave", self.wave, "--utan-prova", *self._options(options))
        told = self.types("codebook", "draft", survey, "--wave", self.wave, "--root", self.root)
        self.decides(f"vilken fil: {Path(survey).name}")
        self.decides(f"vilken mätning: {self.wave}")
        return told

    def _options(self, options):
        for name, value in options.items():
            self.decides(f"{name}: {value}")
            yield f"--{name}"
            yield value

    @property
    def codebook(self):
        return self.root / "data" / "raw" / self.wave / "codebook.yaml"

    @property
    def marks(self):
        return Codebook.read(self.codebook).marks

    def answers(self, place, **corrections):
        """Look at one mark, correct what is wrong there, and remove it."""
        self.decides(f"kodboken, {place}: {corrections or 'stämmer'}")
        yaml = YAML()
        yaml.preserve_quotes = True
        yaml.width = 4096
        book = yaml.load(self.codebook.read_text(encoding="utf-8"))
        where = self._section(book, place)
        for path, value in corrections.items():
            section, *inner = path.split("__")
            target = book if section in book else where
            for key in (section, *inner)[:-1]:
                target = target[int(key) if key.isdigit() else key]
            key = (section, *inner)[-1]
            if value is None:
                target.pop(key)
            else:
                target[key] = value
        if place in (book.get("check") or {}):
            book["check"].pop(place)
        else:
            where.pop("check")
        with self.codebook.open("w", encoding="utf-8", newline="\r\n") as stream:  # Notepad's line ends
            yaml.dump(book, stream)

    def _section(self, book, place):
        parts = re.split(r"[.>] ?", place)
        section = book
        for part in (name.strip() for name in parts):
            section = section.get(part, section) if hasattr(section, "get") else section
        return section

    def sets(self, what, old, new):
        """Change a setting in params.yaml."""
        self.decides(f"params.yaml, {what}")
        params = self.root / "params.yaml"
        text = params.read_text(encoding="utf-8")
        assert old in text, f"{old} not in params.yaml"
        params.write_text(text.replace(old, new), encoding="utf-8", newline="\r\n")

    def keeps(self, what):
        """A setting that she looks at and leaves as it is."""
        self.decides(f"params.yaml, {what}: som det är")

    def sees_the_doctor(self):
        told = self.types("doctor", self.root)
        assert "[STOPP]" not in told
        return told

    def runs(self):
        told = self.types("run", self.root)
        assert "steg" not in told  # progress is for a screen alone
        reports = self.root / "reports" / self.wave
        for name in ("lagesbild.html", "lagesbild_utkast.docx", "tabeller.xlsx", "manifest.json"):
            assert (reports / name).is_file(), f"{name}: {told}"
        return reports

    def is_well_written(self):
        """Numbers in everything that she may hand on, and a text for every picture."""
        reports = self.root / "reports" / self.wave
        assert badly_written(reports) == []
        assert without_alternative_text(reports) == []

    def counts(self):
        lines = [
            f"\n{len(self.decisions)} beslut ({self.root.name}):",
            *(f"  - {each}" for each in self.decisions),
        ]
        sys.stdout.write("\n".join(lines) + "\n")  # seen with pytest -s
        return len(self.decisions)

"""The page about protection and what it costs; the fuzz run fills in its numbers."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

TARGET = Path(__file__).parents[2] / "docs" / "methods" / "disclosure.md"

PAGE = """# Disclosure control: what is protected, and what it costs
Made by `make fuzz` (`tests/fuzz/test_random_tables.py`); do not edit by hand.

A cell is withheld for its own sake when its base is below the floor, or when 1 or 2 persons gave the answer or all but 1 or 2 did
(on bases below 100 also 0 and all). The floor is 30 persons; 50 for items that a codebook calls sensitive and for children: streams
with `children: true`, every stream where the declared population is below 18, groups under `population > children`, and bands of an age
that end below 18, in crossings too. In the table of who answered, those who did not state their group are withheld first, to cover
others, but are not themselves protected from subtraction: how many they are tells nothing about anybody. Further cells are withheld so that sums over domains, groups, answers, waves and editions,
and shares times inhabitants, do not give the first ones back. Three steps: cover within each single sum; the cheapest way round
for what a linear program can still narrow (Fischetti and Salazar 2001, Kelly, Golden and Assad 1992); and showing again what was
not needed. The audit is repeated on the final pattern and stops the run when a withheld count can be narrowed to fewer than three
persons (or to fewer than there are, in smaller cells), by an outsider or by the only person of a cell, who knows her own answer.

A mark such as "<4 %" is itself a number. Where it narrows another withheld cell within a sum, however much of the sum is withheld,
it is exchanged for ".." before any further cell is withheld; what the audit still finds beside marks costs the nearest marks next.

## Uncertain is another matter
A number that may be shown stands in parentheses when fewer than 100 answered, when the half-width of its 95 % interval is above 10
percentage points, or when its standard error is more than 30 % of the estimate: of a share, of the smaller of the share and its
complement (`uncertain_below`, `uncertain_half_width`, `uncertain_cv`; `disclosure/reliability.py`). None of them withholds anything.

## Signs
| | figures, page, Word | workbook | CSV | JSON of the screen |
|---|---|---|---|---|
| nought | 0 | 0.0 | 0,0 | value 0, mark "" |
| withheld | .. (or <8 %) | .. | .. and `Tecken` .. | no value, mark ".." |
| uncertain | (34) | (34.0): a number in a format of its own | 34,0 and `Tecken` () | value 0.34, mark "()" |
| not asked | . | . | . and `Tecken` . | no value, mark "." |

A CSV file is for machines: an uncertain number stays a number in its column, and the sign has a column of its own (`Tecken`; in the file of
the development also `Förändringens tecken`). The alternative texts say the same in words. Tested on one result in
`tests/report/test_four_states.py`.

## Where the gate is searched
Two worlds that differ only in what is withheld (values, bases, counts, errors, degrees of freedom, places, sentences; `tests/disclosure/worlds.py`) give
the same bytes in every output, and planted numbers are looked for in every part of what is unpacked (`test_gate.py`): SVG, PNG and pictures inside Word
with their text chunks, CSV, XLSX, DOCX, HTML, JSON and the manifest, promises, the screened files, the registry, and every way in which a notebook shows
each type that the screen lets through. Every field of a report is planted: a field that is added fails the test until it is. Ranks, sets, tiers and boxes
of the others are the same wherever a withheld one would have stood. `test_gate_formats.py` reads styles, widths, names, comments, properties and attributes:
nothing stands in a file that it does not show. Errors, the messages on screen, `trygghet.log` and metrics are searched in `test_gate_words.py`.

The library writes no PDF (a test reads its source), so it has no text layer of its own to search; a figure that somebody saves as PDF in a notebook is
searched in the two worlds. What is printed to PDF from the page or from Word holds what they hold. A new kind of file fails the test until it is searched.

Whatever is not screened is refused by the type checker and at run time (RAPP-03, SEK-15) by every writer (`test_types.py`). The stages before the screen
keep their own results in `data/processed` and `data/joint`, which are not outputs.

What earlier editions alone give away cannot be protected: the run, `trygghet doctor` and the method annex say so (SEK-14); an audit that
fails without an earlier edition stops the run (SEK-09).

Where shares leave rounded (`rounding`), the attacker knows for each shown one every number of persons, or every share times inhabitants,
that would be shown as the same percentage, and nothing else; `tests/disclosure/test_rounded_attack.py` tries them all.

## Random sets of linked tables
One item by two variables, with or without margins, total and a named group; bases of 0 up to some hundred, many of them small. The
attacker of the test shares no code with the library: he reads sums from the names of the domains and searches withheld counts by
integer programming (branch and bound), as an outsider and as every single person in a cell of one.

| | |
|---|---|
| cases | {cases} |
| cases in which a withheld count could be narrowed | {broken} |
| cells | {cells} |
| withheld for a small base | {base} |
| withheld for a small numerator or complement | {numerator} |
| withheld to protect them, or a mark exchanged | {linked} |

## Cells lost beside the least possible
Further cells withheld in {bounded} other cases, beside the lower bound of a linear program over all withheld cells at once (no pattern
can withhold fewer; the bound is not always attainable, since it may withhold parts of cells).

| | |
|---|---|
| further cells withheld | {lost} |
| lower bound | {least} |
| cases at the lower bound | {optimal} |
"""


@dataclass
class Tally:
    """What the cases of a run cost."""

    cases: int = 0
    held: int = 0
    cells: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    lost: list[int] = field(default_factory=list)
    least: list[int] = field(default_factory=list)

    def add(self, kept):
        """Count the cells of a case in which everything held."""
        self.held += 1
        for publishable in kept.values():
            self.cells += len(publishable.marks)
            self.reasons.update(withheld.reason for withheld in publishable.withheld)

    def write(self):
        """Write the page."""
        text = PAGE.format(
            cases=self.cases,
            broken=self.cases - self.held,
            cells=self.cells,
            **{reason: self.reasons[reason] for reason in ("base", "numerator", "linked")},
            bounded=len(self.lost),
            lost=sum(self.lost),
            least=sum(self.least),
            optimal=sum(lost == least for lost, least in zip(self.lost, self.least, strict=True)),
        )
        TARGET.write_text(text, encoding="utf-8")

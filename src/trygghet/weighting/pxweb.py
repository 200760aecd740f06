"""Fetching published tables from a PxWebApi 2 service, such as Statistics Sweden's, politely and only once."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import httpx
import numpy as np

from trygghet._files import write_text
from trygghet.errors import MarginError, Problem
from trygghet.weighting.cube import Cube
from trygghet.weighting.jsonstat import parse_jsonstat

SCB = "https://statistikdatabasen.scb.se/api/v2"
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_LONGEST_WAIT = 60.0

Selection = Mapping[str, Sequence[str]]
Answer = TypeVar("Answer")


_OTHER_ANSWER = "svaret är inte helt eller gäller något annat"


class _PassingFaultError(Exception):
    """The service could not answer now, and says how long to wait."""

    def __init__(self, text: str, seconds: float) -> None:
        super().__init__(text)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service allows.

    Parameters
    ----------
    cells : int
        Numbers in one answer.
    calls : int
        Calls in a window of time.
    window : float
        Length of the window in seconds.
    """

    cells: int = 150_000
    calls: int = 3
    window: float = 1.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A fetched table with its origin.

    Parameters
    ----------
    cube : Cube
        The table.
    table : str
        Its id.
    address : str
        Address of the service.
    query : mapping
        What was asked for.
    """

    cube: Cube
    table: str
    address: str
    query: Selection

    def text(self, retrieved: str) -> str:
        """The table as JSON-stat 2 with its origin.

        Parameters
        ----------
        retrieved : str
            Date of the fetch, ISO form.

        Returns
        -------
        str
            Text that :func:`parse_jsonstat` reads; ``extension.snapshot.sha256`` is the hash of the table itself.
        """
        table = _jsonstat(self.cube)
        digest = hashlib.sha256(json.dumps(table, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        origin = {
            "table": self.table,
            "address": self.address,
            "retrieved": retrieved,
            "sha256": digest,
            "query": {name: list(codes) for name, codes in self.query.items()},
        }
        return json.dumps(table | {"extension": {"snapshot": origin}}, ensure_ascii=False, indent=1) + "\n"

    def write(self, path: Path, retrieved: str) -> None:
        """Write the snapshot, atomically.

        Parameters
        ----------
        path : Path
            File to write.
        retrieved : str
            Date of the fetch, ISO form.
        """
        write_text(path, self.text(retrieved))


@dataclass(slots=True)
class PxWeb:
    """A PxWebApi 2 service.

    Parameters
    ----------
    address : str
        Address of the service, without a final slash.
    language : str
        Language of the labels.
    attempts : int
        Tries of one call before giving up.
    timeout : float
        Seconds to wait for an answer.
    wait : callable
        Waits some seconds.
    clock : callable
        Tells the time in seconds.
    """

    address: str = SCB
    language: str = "sv"
    attempts: int = 5
    timeout: float = 30.0
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _limits: Limits | None = field(default=None, init=False)
    _calls: list[float] = field(default_factory=list, init=False)
    _http: httpx.Client | None = field(default=None, init=False)

    def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            self._http.close()
            self._http = None

    def limits(self) -> Limits:
        """What the service allows, asked for once.

        Returns
        -------
        Limits
            Cells a call and calls a window.

        Raises
        ------
        MarginError
            If the service does not answer.
        """
        if self._limits is None:
            self._limits = self._ask("config", check=_limits_of)
        return self._limits

    def metadata(self, table: str) -> Cube:
        """Dimensions of a table; its numbers are NaN.

        Parameters
        ----------
        table : str
            Id of the table.

        Returns
        -------
        Cube
            Dimensions with codes and labels.

        Raises
        ------
        MarginError
            If the service does not answer, or has no such table.
        """

        def check(text: str) -> Cube:
            content = json.loads(text) | {"value": {}}
            return parse_jsonstat(json.dumps(content), f"{table} metadata")

        return self._ask(f"tables/{table}/metadata", check=check)

    def fetch(self, table: str, selection: Selection) -> Snapshot:
        """Numbers of a table for chosen categories, in as many calls as the service's limits demand.

        Parameters
        ----------
        table : str
            Id of the table.
        selection : mapping of str to sequence of str
            Dimension to codes or labels; a dimension that is not named is left to its total.

        Returns
        -------
        Snapshot
            The table with its origin.

        Raises
        ------
        MarginError
            If the service does not answer, refuses, or answers something else than was asked for.
        """
        allowed = self.limits()
        known = self.metadata(table)
        for name, categories in selection.items():
            known = known.select(name, categories)
        known = _without_open_dimensions(known, {known.axis(name) for name in selection})
        values = np.full(known.values.shape, np.nan)
        title, source, updated = "", "", ""
        for places in _parts(known.values.shape, allowed.cells):
            codes = {
                dimension.code: tuple(dimension.codes[k] for k in place)
                for dimension, place in zip(known.dimensions, places, strict=True)
            }
            part = self._part(table, codes)
            values[np.ix_(*places)] = part.values
            title, source, updated = part.title, part.source, part.updated
        cube = Cube(known.dimensions, values, title, source, updated)
        return Snapshot(cube, table, self.address, {one.code: one.codes for one in known.dimensions})

    def _part(self, table: str, codes: Mapping[str, tuple[str, ...]]) -> Cube:
        body = {
            "selection": [
                {"variableCode": name, "valueCodes": list(chosen)} for name, chosen in codes.items()
            ]
        }

        def check(text: str) -> Cube:
            cube = parse_jsonstat(text, f"{table} data")
            ordered = cube.ordered(tuple(codes))
            for name, chosen in codes.items():
                ordered = ordered.select(name, chosen)
            if ordered.values.size != cube.values.size:
                raise ValueError("other categories than asked for")
            return ordered

        return self._ask(f"tables/{table}/data", check=check, body=body)

    def _ask(
        self, path: str, *, check: Callable[[str], Answer], body: Mapping[str, Any] | None = None
    ) -> Answer:
        """One call, tried again after passing faults and after answers that are cut or wrong."""
        reason, asked = "", 0.0
        for attempt in range(self.attempts):
            if attempt:
                self.wait(min(max(2.0**attempt, asked), _LONGEST_WAIT))
            asked = 0.0
            self._keep_pace()
            try:
                return check(self._text(path, body))
            except _PassingFaultError as fault:
                reason, asked = str(fault), fault.seconds
            except httpx.HTTPError as fault:
                reason = type(fault).__name__
            except (ValueError, KeyError, TypeError, AttributeError):
                reason = _OTHER_ANSWER
            except MarginError as fault:
                if fault.code == "VIKT-40":
                    raise
                reason = _OTHER_ANSWER
        raise MarginError(
            Problem(
                code="VIKT-39",
                what=f"{self.address} did not give {path} in {self.attempts} attempts ({reason}).",
                why="Nothing is saved from an answer that is not whole.",
                remedy="Try again later.",
                facts={"adress": self.address, "fraga": path, "forsok": self.attempts, "orsak": reason},
            )
        )

    def _text(self, path: str, body: Mapping[str, Any] | None) -> str:
        """The text of one answer."""
        if self._http is None:
            self._http = httpx.Client(timeout=self.timeout, follow_redirects=True)
        answer = self._http.request(
            "GET" if body is None else "POST",
            f"{self.address}/{path}",
            params={"lang": self.language} | ({} if body is None else {"outputFormat": "json-stat2"}),
            json=body,
        )
        if answer.status_code in _PASSING:
            raise _PassingFaultError(f"HTTP {answer.status_code}", _retry_after(answer))
        if answer.status_code != httpx.codes.OK:
            raise MarginError(_refused(self.address, path, answer.status_code))
        return answer.text

    def _keep_pace(self) -> None:
        """Wait until another call is allowed within the service's window of time."""
        limits = self._limits or Limits()
        while True:
            now = self.clock()
            self._calls = [call for call in self._calls if now - call < limits.window]
            if len(self._calls) < limits.calls:
                self._calls.append(now)
                return
            self.wait(limits.window - (now - self._calls[0]) + 0.01)


def _without_open_dimensions(known: Cube, chosen: set[int]) -> Cube:
    """The table with the total of each dimension of which nothing was chosen."""
    for axis, dimension in enumerate(known.dimensions):
        if axis in chosen or len(dimension.codes) == 1:
            continue
        if not dimension.total:
            raise MarginError(
                Problem(
                    code="VIKT-34",
                    what=f"Dimension {dimension.label} has no total, and nothing is chosen.",
                    why="A margin holds one date, one place and one kind of number.",
                    remedy=f"Choose one, such as {dimension.labels[-1]}.",
                    facts={
                        "dimension": dimension.label,
                        "antal": len(dimension.codes),
                        "exempel": dimension.labels[-1],
                    },
                )
            )
        known = known.select(dimension.code, [dimension.total])
    return known


def _limits_of(text: str) -> Limits:
    """The service's own account of what it allows; what it does not say is left as it is known to be."""
    given, usual = json.loads(text), Limits()
    limits = Limits(
        int(given.get("maxDataCells", usual.cells)),
        int(given.get("maxCallsPerTimeWindow", usual.calls)),
        float(given.get("timeWindow", usual.window)),
    )
    if limits.cells < 1 or limits.calls < 1 or limits.window < 0:
        raise ValueError("limits that allow nothing")
    return limits


def _retry_after(answer: httpx.Response) -> float:
    """Seconds that the service asks to wait, given as such or as a time on its own clock."""
    given, now = answer.headers.get("Retry-After", ""), answer.headers.get("Date", "")
    if given.isdigit():
        return float(given)
    try:
        return max((parsedate_to_datetime(given) - parsedate_to_datetime(now)).total_seconds(), 0.0)
    except ValueError:
        return 0.0


def _refused(address: str, path: str, status: int) -> Problem:
    return Problem(
        code="VIKT-40",
        what=f"{address} refused {path} (HTTP {status}).",
        why="The table does not exist, or the choice is not allowed.",
        remedy="Check the table's id and the categories.",
        facts={"adress": address, "fraga": path, "status": status},
    )


def _parts(shape: Sequence[int], cells: int) -> list[tuple[list[int], ...]]:
    """Blocks of a table with at most so many numbers, cut along its first dimensions."""
    pieces: list[list[list[int]]] = []
    room = cells
    for size in reversed(shape):
        step = max(1, min(size, room))
        pieces.insert(0, [list(range(begin, min(begin + step, size))) for begin in range(0, size, step)])
        room = room // step if step == size else 1
    return list(product(*pieces))


def _jsonstat(cube: Cube) -> dict[str, Any]:
    """A table as JSON-stat 2."""
    dimensions = {
        one.code: {
            "label": one.label,
            "category": {"index": list(one.codes), "label": dict(zip(one.codes, one.labels, strict=True))},
        }
        | ({"extension": {"eliminationValueCode": one.total}} if one.total else {})
        for one in cube.dimensions
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": cube.title,
        "source": cube.source,
        "updated": cube.updated,
        "id": [one.code for one in cube.dimensions],
        "size": list(cube.values.shape),
        "dimension": dimensions,
        "value": [
            None if np.isnan(value) else int(value) if value.is_integer() else float(value)
            for value in cube.values.ravel()
        ],
    }

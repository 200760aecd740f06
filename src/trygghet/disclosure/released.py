"""What earlier editions showed and withheld: readers have kept them."""

import hashlib
import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from trygghet._files import write_text
from trygghet.disclosure.cells import cells_of
from trygghet.disclosure.comparisons import LEVEL
from trygghet.disclosure.primary import floors_of
from trygghet.disclosure.publishable import Publishable, refuse_unscreened
from trygghet.disclosure.rules import DisclosureRules
from trygghet.errors import DisclosureError, Problem

FORMAT: Final = 1
_COLUMNS = [*LEVEL, "shown", "value", "n", "share"]
_DECIMALS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Released:
    """Registry of the levels that earlier editions published.

    Parameters
    ----------
    cells : DataFrame
        Columns wave, stream, item, category, by, domain (together unique), shown, value, n and share; a withheld cell
        has neither value nor base.
    editions : mapping of str to str
        Name of each edition and the SHA-256 of what it published, in the order of publication.
    """

    cells: pd.DataFrame
    editions: Mapping[str, str]

    @classmethod
    def nothing(cls) -> "Released":
        """Registry before the first edition.

        Returns
        -------
        Released
            Without cells.
        """
        empty = pd.DataFrame({name: pd.Series(dtype=object) for name in LEVEL})
        return cls(
            empty.assign(
                shown=pd.Series(dtype=bool),
                value=pd.Series(dtype=float),
                n=pd.Series(dtype=np.int64),
                share=pd.Series(dtype=bool),
            ),
            {},
        )

    def joined_to(self, levels: pd.DataFrame, rules: DisclosureRules) -> pd.DataFrame:
        """Add what earlier editions tell about the levels of this one.

        Parameters
        ----------
        levels : DataFrame
            Levels of this edition.
        rules : DisclosureRules
            Thresholds.

        Returns
        -------
        DataFrame
            With column known (shown in an earlier edition). A level that was withheld earlier stays withheld; levels that
            only earlier editions have are added: the shown ones with their numbers, the withheld ones, whose numbers
            nobody kept, as one person of the largest base that is withheld for its cell.
        """
        earlier = self.cells.rename(columns={"value": "told", "n": "told_n"})
        joined = levels.merge(earlier, on=LEVEL, how="left")
        shown = joined["shown"].eq(True).to_numpy(dtype=np.bool_)  # noqa: FBT003 - pandas comparison
        hidden_before = joined["shown"].eq(False).to_numpy(dtype=np.bool_)  # noqa: FBT003 - pandas comparison
        reason = np.where(hidden_before & (joined["reason"] == ""), "linked", joined["reason"])
        own = levels.assign(reason=reason, known=shown)
        only = self.cells.merge(levels[LEVEL].drop_duplicates(), on=LEVEL, how="left", indicator=True)
        only = only[only["_merge"] == "left_only"]
        n = np.where(only["shown"], only["n"], floors_of(only, rules) - 1).astype(np.int64)
        value = np.where(only["shown"], only["value"], 1.0 / n)
        before = only[LEVEL].assign(
            variant=0,
            value=value,
            n=n,
            numerator=np.where(only["share"], np.round(value * n), -1).astype(np.int64),
            cell=-1,
            reason=np.where(only["shown"], "", "base"),
            mark="",
            sampled=True,
            known=only["shown"].to_numpy(dtype=np.bool_),
        )
        return pd.concat([own, before], ignore_index=True) if len(before) else own

    def with_edition(self, name: str, published: Mapping[str, Publishable[Any]]) -> "Released":
        """Enter an edition into the registry.

        Parameters
        ----------
        name : str
            Name of the edition, such as ``"2026-1"``.
        published : mapping of str to Publishable
            Everything that the edition published.

        Returns
        -------
        Released
            With the edition's levels; a level that any edition showed counts as shown.

        Raises
        ------
        DisclosureError
            SEK-10 when the edition is there already with another content; SEK-15 when something has not been screened.
        """
        refuse_unscreened(list(published.values()))
        digest = _digest(published)
        if name in self.editions and self.editions[name] != digest:
            raise DisclosureError(
                Problem(
                    code="SEK-10",
                    what=f"Edition {name!r} is in the registry with another content.",
                    why="An edition that was published cannot be changed; a new one can be published.",
                    remedy="Choose a new name for the edition.",
                    facts={"utgava": name},
                )
            )
        frames = [_levels_of(item) for item in published.values()]
        new = pd.concat([self.cells, *(frame for frame in frames if frame is not None)], ignore_index=True)
        new = new.sort_values([*LEVEL, "shown"], ascending=[True] * len(LEVEL) + [False], kind="stable")
        cells = new.drop_duplicates(LEVEL, ignore_index=True)[_COLUMNS]
        return Released(cells, {**self.editions, name: digest})


def read_released(path: Path) -> Released:
    """Read the registry of released cells.

    Parameters
    ----------
    path : Path
        Registry; it need not exist before the first edition.

    Returns
    -------
    Released
        Its content.

    Raises
    ------
    DisclosureError
        SEK-11 when the file is not a registry.
    """
    if not path.is_file():
        return Released.nothing()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cells = pd.DataFrame(content["cells"], columns=_COLUMNS)
        types = {"shown": bool, "value": float, "n": np.int64, "share": bool}
        return Released(cells.fillna({"n": 0}).astype(types), dict(content["editions"]))
    except (ValueError, KeyError, TypeError) as failure:
        raise DisclosureError(
            Problem(
                code="SEK-11",
                what=f"{path.name} is no registry of released cells.",
                why="Without it nobody knows what readers can combine with the new edition.",
                remedy="Take the file back from version control.",
                facts={"fil": path.name},
            )
        ) from failure


def write_released(path: Path, released: Released) -> None:
    """Write the registry of released cells.

    Parameters
    ----------
    path : Path
        File; part of the project's version control.
    released : Released
        Registry. It holds published numbers only.
    """
    rows = [_line(row) for row in released.cells.to_dict("records")]
    editions = json.dumps(dict(released.editions), ensure_ascii=False)
    cells = ",\n".join(rows)
    write_text(path, f'{{"format": {FORMAT}, "editions": {editions}, "cells": [\n{cells}\n]}}\n')


def _line(row: Mapping[Hashable, Any]) -> str:
    numbers = (row["value"], row["n"]) if row["shown"] else (None, None)
    return json.dumps(
        [*(row[name] for name in LEVEL), row["shown"], *numbers, row["share"]], ensure_ascii=False
    )


def _levels_of(published: Publishable[Any]) -> pd.DataFrame | None:
    cells = cells_of(published.result)
    if cells is None:
        return None
    levels = cells[(cells["quantity"] == "level") & ~cells["status"].isin(["not_asked"])]
    shown = (levels["status"] != "withheld").to_numpy()
    return levels[LEVEL].assign(
        shown=shown,
        value=np.where(shown, np.round(levels["value"], _DECIMALS), np.nan),
        n=np.where(shown, levels["n"], 0),
        share=levels["numerator"] >= 0,
    )


def _digest(published: Mapping[str, Publishable[Any]]) -> str:
    told = "\n".join(f"{name} {item.digest}" for name, item in sorted(published.items()))
    return hashlib.sha256(told.encode()).hexdigest()

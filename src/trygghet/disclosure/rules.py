"""What may be shown: the thresholds of disclosure control and of reliability, which are two different things."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

HARD_FLOOR = 10


class DisclosureRules(BaseModel):
    """Thresholds that decide what is withheld and what is flagged; every one of them is printed with the results.

    No Swedish authority has set numbers for survey cells; these defaults are the project's own recommendation and
    all of them can be changed, except that no base below ten is ever shown.

    Parameters
    ----------
    base_floor : int, default 30
        Unweighted base below which a cell is withheld; at least 10.
    sensitive_floor : int, default 50
        The same for items in ``sensitive`` (victimisation, sexual offences).
    sensitive : tuple of str, default ()
        Names of the sensitive items; see :meth:`with_sensitive`.
    children_floor : int, optional
        The same for children, whatever the item; ``sensitive_floor`` when left out.
    children : tuple of str, default ()
        Names of the streams in which children answer; see :meth:`with_children`.
    children_groups : tuple of tuple of str, default ()
        Groups of children within other streams, such as an age band, as (variable, label).
    small_numerator : int, default 2
        A share whose numerator, or complement, is 1 up to this number of persons is withheld; 0 turns the rule off.
    zero_shown_from : int, default 100
        Unweighted base from which a numerator of 0 is shown as zero. On smaller bases 0 shares the mark of the small
        numerators ("<t %"), because "nobody" and "everybody" tell about each single person there.
    protection : int, default 3
        Number of persons over which an attacker must stay uncertain about any withheld count.
    share_protection : float, default 0.2
        Width, as a share, over which an attacker must stay uncertain about a cell withheld for its small base.
    rounding : float, optional
        Unit in which shares leave the screen, such as 0.01 for whole percent. Left out, they leave unrounded and the
        attacker is assumed to know every shown share exactly.
    uncertain_below : int, default 100
        Unweighted base below which a shown cell is flagged as uncertain.
    uncertain_half_width : float, default 0.1
        Half-width of the 95 % interval of a share above which it is flagged as uncertain.
    uncertain_cv : float, default 0.3
        Standard error, as a part of the estimate, above which it is flagged as uncertain; of a share, as a part of the smaller of
        the share and its complement, so that "yes" and "no" are judged alike.

    Examples
    --------
    >>> DisclosureRules(base_floor=40).floor("otrygg_kvall")
    40
    >>> DisclosureRules().with_sensitive(["utsatt_hot"]).floor("utsatt_hot")
    50
    >>> DisclosureRules().floor("otrygg_kvall", children=True)
    50
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_floor: Annotated[int, Field(ge=HARD_FLOOR)] = 30
    sensitive_floor: Annotated[int, Field(ge=HARD_FLOOR)] = 50
    sensitive: tuple[str, ...] = ()
    children_floor: Annotated[int, Field(ge=HARD_FLOOR)] | None = None
    children: tuple[str, ...] = ()
    children_groups: tuple[tuple[str, str], ...] = ()
    small_numerator: Annotated[int, Field(ge=0)] = 2
    zero_shown_from: Annotated[int, Field(ge=0)] = 100
    protection: Annotated[int, Field(ge=1)] = 3
    share_protection: Annotated[float, Field(ge=0.0, le=0.5)] = 0.2
    rounding: Annotated[float, Field(gt=0.0, le=0.1)] | None = None
    uncertain_below: Annotated[int, Field(ge=0)] = 100
    uncertain_half_width: Annotated[float, Field(gt=0.0, le=1.0)] = 0.1
    uncertain_cv: Annotated[float, Field(gt=0.0)] = 0.3

    @model_validator(mode="after")
    def _thresholds_in_order(self) -> Self:
        if self.sensitive_floor < self.base_floor:
            raise ValueError("sensitive_floor must not be lower than base_floor")
        if self.floor_of_children < self.base_floor:
            raise ValueError("children_floor must not be lower than base_floor")
        if self.protection <= self.small_numerator:
            raise ValueError("protection must be larger than small_numerator")
        return self

    @property
    def floor_of_children(self) -> int:
        """Smallest unweighted base that is shown for children, before it is asked whether the item is sensitive."""
        return self.sensitive_floor if self.children_floor is None else self.children_floor

    def floor(self, item: str, *, children: bool = False) -> int:
        """Smallest unweighted base that is shown for an item.

        Parameters
        ----------
        item : str
            Item name; an option of a multi-response block counts as its block too.
        children : bool, default False
            Whether those who answered are children.

        Returns
        -------
        int
            Number of persons.
        """
        floor = self.sensitive_floor if self.is_sensitive(item) else self.base_floor
        return max(floor, self.floor_of_children) if children else floor

    def is_sensitive(self, item: str) -> bool:
        """Whether the raised floor applies to an item.

        Parameters
        ----------
        item : str
            Item name.

        Returns
        -------
        bool
            True for the items in ``sensitive`` and the options of a block in it.
        """
        return item in self.sensitive or item.partition(".")[0] in self.sensitive

    def with_sensitive(self, items: list[str] | tuple[str, ...]) -> "DisclosureRules":
        """The same rules with more sensitive items.

        Parameters
        ----------
        items : sequence of str
            Item names to add.

        Returns
        -------
        DisclosureRules
            New rules.
        """
        return self.model_copy(update={"sensitive": tuple(sorted({*self.sensitive, *items}))})

    def with_children(
        self, streams: Iterable[str] = (), groups: Iterable[tuple[str, str]] = ()
    ) -> "DisclosureRules":
        """The same rules with more streams and groups of children.

        Parameters
        ----------
        streams : iterable of str, default ()
            Names of streams in which children answer.
        groups : iterable of tuple of str, default ()
            Groups of children within other streams, as (variable, label).

        Returns
        -------
        DisclosureRules
            New rules.

        Examples
        --------
        >>> DisclosureRules().with_children(["elev"], [("alder4", "16–17")]).children
        ('elev',)
        """
        return self.model_copy(
            update={
                "children": tuple(sorted({*self.children, *streams})),
                "children_groups": tuple(sorted({*self.children_groups, *groups})),
            }
        )

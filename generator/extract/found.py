"""What the steps have found so far: handed on from each to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model import Actor, Claim, DateMention, Figure, Meeting

if TYPE_CHECKING:
    from generator.extract.resolve import Resolver


@dataclass(frozen=True)
class Found:
    """The facts of the steps that have run; those of later steps are still empty."""

    dates: tuple[DateMention, ...] = ()
    actors: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    figures: tuple[Figure, ...] = ()
    resolver: Resolver | None = None  # who is meant by a name, a pronoun or a description; there once the actors are known

    @property
    def who(self) -> Resolver:
        """The resolver, for steps that run after the actors."""
        assert self.resolver is not None, "the step must run after the actors"
        return self.resolver

"""The people every demo, test and screenshot speaks of by name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cast:
    """The work e-mail of each member of a company's cast, as its export writes it."""

    owner: str
    manager: str
    learner: str
    peer: str
    new_hire: str


@dataclass(frozen=True)
class Player:
    """One member of the cast: their name, and how many days before today they were hired."""

    given: str
    family: str
    days: int


CAST: dict[str, Cast] = {
    "acme": Cast(
        owner="olive.okafor@acme.example",
        manager="ada.lindqvist@acme.example",
        learner="lee.tanaka@acme.example",
        peer="ravi.menon@acme.example",
        new_hire="nia.haddad@acme.example",
    ),
    "globex": Cast(
        owner="gus.moreno@globex.example",
        manager="tess.whitaker@globex.example",
        learner="sam.oyelaran@globex.example",
        peer="joan.castellanos@globex.example",
        new_hire="ines.duarte@globex.example",
    ),
}

PLAYERS: dict[str, Player] = {
    "olive.okafor@acme.example": Player("Olive", "Okafor", 1310),
    "ada.lindqvist@acme.example": Player("Ada", "Lindqvist", 1124),
    "lee.tanaka@acme.example": Player("Lee", "Tanaka", 425),
    "ravi.menon@acme.example": Player("Ravi", "Menon", 890),
    "nia.haddad@acme.example": Player("Nia", "Haddad", 4),
    "gus.moreno@globex.example": Player("Gus", "Moreno", 1547),
    "tess.whitaker@globex.example": Player("Tess", "Whitaker", 930),
    "sam.oyelaran@globex.example": Player("Sam", "Oyelaran", 388),
    "joan.castellanos@globex.example": Player("Joan", "Castellanos", 1015),
    "ines.duarte@globex.example": Player("Ines", "Duarte", 5),
}

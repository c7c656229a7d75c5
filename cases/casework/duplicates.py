"""Whether a citizen is here already: asked before one is registered, and told without telling."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from cases.casework.errors import CitizenTaken
from cases.casework.models import Case
from cases.citizens.cpr import Cpr
from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from cases.citizens.services import citizen_with_cpr
from housingfirst.access.models import Municipality, User

ALIKE: Final = 0.35
"""Trigram similarity from which two names are called alike: "Sanne Bay" and "Sanne Bai"."""
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What may be said to the asker.

    `own_case` is an open case of the same person that they may open. `same` is the person, when a
    new case can be opened on the record that exists; `is_same_shown` whether they may see whose
    it is. `is_taken`: registered, but not the asker's to know more about. `alike` are visible
    cases of people with a similar name and the same day of birth; `hides_alike` that there is at
    least one the asker may not see.
    """

    own_case: Case | None = None
    same: Citizen | None = None
    is_same_shown: bool = False
    is_taken: bool = False
    alike: list[Case] = field(default_factory=list)
    hides_alike: bool = False

    @property
    def stops(self) -> bool:
        """Whether no new case can be opened, whatever the reason."""
        return self.own_case is not None or self.is_taken

    @property
    def asks(self) -> bool:
        """Whether the asker must say why they go on."""
        return self.same is not None or bool(self.alike) or self.hides_alike

    def __bool__(self) -> bool:
        return self.stops or self.asks


def duplicates_of(
    user: User, municipality: Municipality, *, name: str, birth_date: date | None, cpr: Cpr | None
) -> Duplicates:
    """Who is here already with this CPR number, or with this name and day of birth."""
    if cpr is not None and (citizen := citizen_with_cpr(cpr)) is not None:
        return _same(user, municipality, citizen)
    born = (cpr.birth_date if cpr else None) or birth_date
    return _alike(user, name, born, has_cpr=cpr is not None) if born else Duplicates()


def require_linkable(user: User, municipality: Municipality, citizen: Citizen) -> None:
    """Raises CitizenTaken unless the user may open a case on this citizen's record."""
    if _same(user, municipality, citizen).same is None:
        raise CitizenTaken


def _same(user: User, municipality: Municipality, citizen: Citizen) -> Duplicates:
    """Another municipality's citizen may be taken over by name only when nothing is protected."""
    if citizen.pk in user.blocked_citizen_ids:
        return Duplicates(is_taken=True)
    open_here = Case.objects.filter(
        citizen=citizen, municipality=municipality, closed_on__isnull=True
    )
    if open_here.exists():
        own = Case.objects.visible_to(user).filter(pk__in=open_here).select_related("citizen")
        case = own.first()
        return Duplicates(own_case=case) if case else Duplicates(is_taken=True)
    if Citizen.objects.visible_to(user).filter(pk=citizen.pk).exists():
        return Duplicates(same=citizen, is_same_shown=True)
    if citizen.is_protected:
        return Duplicates(is_taken=True)
    return Duplicates(same=citizen)


def _alike(user: User, name: str, born: date, *, has_cpr: bool) -> Duplicates:
    citizens = (
        Citizen.objects.filter(birth_date=born)
        .annotate(similarity=TrigramSimilarity(Lower("name"), name.strip().lower()))
        .filter(similarity__gte=ALIKE)
    )
    if has_cpr:  # two different numbers are two different people
        citizens = citizens.filter(cpr_index__isnull=True)
    visible = (
        Case.objects.visible_to(user)
        .filter(citizen__in=citizens)
        .select_related("citizen", "unit")
        .order_by("-opened_on", "pk")
    )
    hidden = (
        citizens.exclude(protection=Protection.YES)
        .exclude(pk__in=user.blocked_citizen_ids)
        .exclude(Exists(Case.objects.filter(citizen=OuterRef("pk"), is_sealed=True)))
        .exclude(Exists(Case.objects.visible_to(user).filter(citizen=OuterRef("pk"))))
    )
    return Duplicates(alike=list(visible[:SHOWN]), hides_alike=hidden.exists())

"""What a municipality's choice changes here: until when aftercare may be given."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import ngettext

from crosssector.aftercare.deadlines import ASKED_DAYS
from crosssector.aftercare.enums import AftercareAnswer
from housing.shelters.models import Stay
from housingfirst.deadlines.services import refresh_cases
from housingfirst.lawbook.effects import Effect, register_effect


def register() -> None:
    register_effect(Effect("aftercare", {"aftercare"}, _told, aftercare_of_municipality))


def aftercare_of_municipality(municipality_id: int, today: date) -> None:
    """Bring the deadlines of running and undecided aftercare up to date."""
    of_stays = Stay.objects.filter(case__municipality=municipality_id)
    asked = of_stays.filter(
        discharged_on__gte=today - timedelta(days=ASKED_DAYS), aftercare__isnull=True
    )
    cases = {*asked.values_list("case_id", flat=True)}
    cases |= {*_running(municipality_id).values_list("case_id", flat=True)}
    refresh_cases(sorted(cases), today)


def _running(municipality_id: int) -> QuerySet[Stay]:
    return Stay.objects.filter(
        case__municipality=municipality_id,
        discharged_on__isnull=False,
        aftercare__answer=AftercareAnswer.ACCEPTED,
        aftercare__ended_on__isnull=True,
    )


def _told(municipality_id: int) -> str:
    n = _running(municipality_id).count()
    text = ngettext(
        "The last day of %(n)s running aftercare is counted anew.",
        "The last days of %(n)s running aftercares are counted anew.",
        n,
    )
    return text % {"n": n}

from django.db import models
from django.utils.translation import gettext_lazy as _

from housingfirst.law.processing import CaseKind
from support.methods.enums import SupportSection


class ApplicationKind(models.TextChoices):
    """The law's kinds of cases, by the same names. A deposit loan is asked for as a handoff."""

    SUPPORT_85A = "support_85a", _("Support under § 85 a")
    FACILITY_107 = "facility_107", _("A place under § 107")
    ONE_OFF_COSTS = "one_off_costs", _("One-off costs (furniture, necessities)")
    MOVING_COSTS = "moving_costs", _("Costs of moving")
    CASH_BENEFIT = "cash_benefit", _("Cash benefit")
    EMERGENCY_SHELTER = "emergency_shelter", _("A roof for who has none (SEL § 80)")
    TREATMENT_101 = "treatment_101", _("Treatment under § 101")

    @property
    def law_kind(self) -> CaseKind:
        return CaseKind(self.value)


SECTIONS = {
    ApplicationKind.SUPPORT_85A: SupportSection.S85A,
    ApplicationKind.FACILITY_107: SupportSection.S107,
}
"""Those that a decision on support answers."""


class Answer(models.TextChoices):
    GRANTED = "granted", _("Granted")
    PARTLY = "partly", _("Granted in part")
    REFUSED = "refused", _("Refused")

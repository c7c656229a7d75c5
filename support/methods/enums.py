from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    CTI = "cti", "CTI"
    ICM = "icm", "ICM"
    ACT = "act", "ACT"
    M_ACT = "m_act", "M-ACT"
    GENERAL = "general", _("General support")
    FACILITY = "facility", _("Place at a facility")


class SupportSection(models.TextChoices):
    S85A = "85a", _("§ 85 a Housing First support")
    S85 = "85", _("§ 85 general support")
    S107 = "107", _("§ 107 temporary facility")

    @property
    def paragraph(self) -> str:
        """As it is cited: "§ 85 a"."""
        return _PARAGRAPHS[self]


_PARAGRAPHS = {
    SupportSection.S85A: "§\u00a085\u00a0a",
    SupportSection.S85: "§\u00a085",
    SupportSection.S107: "§\u00a0107",
}


class WishAnswer(models.TextChoices):
    """SEL § 142, stk. 4 and § 85 a, stk. 2: a wish that is not followed has its reasons."""

    NONE = "none", _("No wish")
    FOLLOWED = "followed", _("Wish followed")
    NOT_FOLLOWED = "not_followed", _("Wish not followed")

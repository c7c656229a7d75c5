from django.db import models
from django.utils.translation import gettext_lazy as _


class Section(models.TextChoices):
    """The paragraph of serviceloven a place runs under."""

    S110 = "110", _("§ 110 shelter")
    S109 = "109", _("§ 109 crisis centre")
    S107 = "107", _("§ 107 temporary facility")


class AdmissionRoute(models.TextChoices):
    SELF = "self", _("Came by themselves")
    MUNICIPALITY = "municipality", _("Municipality")
    PSYCHIATRY = "psychiatry", _("Psychiatry")
    PRISON = "prison", _("Prison")
    HOSPITAL = "hospital", _("Hospital")
    OTHER = "other", _("Other")


class AcuteNeed(models.TextChoices):
    """Why the target group of § 110, stk. 1 is met: read again at an audit."""

    NO_HOME = "no_home", _("Has no home")
    HOME_UNUSABLE = "home_unusable", _("Has a home that cannot be used")


class DischargeTo(models.TextChoices):
    OWN_HOME = "own_home", _("Own home")
    FACILITY_107 = "facility_107", _("§ 107 facility")
    FACILITY_108 = "facility_108", _("§ 108 facility")
    OTHER_SHELTER = "other_shelter", _("Another shelter")
    FAMILY = "family", _("Family or friends")
    TREATMENT = "treatment", _("Treatment or hospital")
    PRISON = "prison", _("Prison")
    STREET = "street", _("Street")
    UNKNOWN = "unknown", _("Unknown")
    DEAD = "dead", _("Died")


class NoticeKind(models.TextChoices):
    ADMISSION = "admission", _("Notice of admission")
    DISCHARGE = "discharge", _("Notice of discharge")


class ActingAnswer(models.TextChoices):
    """What the municipality says to an admission notice."""

    YES = "yes", _("We are the acting municipality")
    NO = "no", _("We are not the acting municipality")

from django.db import models
from django.utils.translation import gettext_lazy as _


class Situation(models.TextChoices):
    """Where the citizen sleeps: the nine situations of the national count, and a home."""

    STREET = "HS1", _("Street, stairwell or shed")
    EMERGENCY_NIGHT = "HS2", _("Emergency night shelter")
    SHELTER = "HS3", _("Shelter (§ 110) or other temporary facility")
    HOTEL = "HS4", _("Hotel or hostel because of homelessness")
    SOFA = "HS5", _("With family, friends or acquaintances")
    TRANSITIONAL = "HS6", _("Transitional dwelling without a permanent contract")
    RELEASE = "HS7", _("Release within a month without a home")
    DISCHARGE = "HS8", _("Discharge from hospital or treatment within a month without a home")
    OTHER = "HS9", _("Other, such as an allotment or a caravan")
    HOUSED = "home", _("Own home")


class Source(models.TextChoices):
    CITIZEN = "citizen", _("The citizen says so")
    WORKER = "worker", _("Seen by staff")
    REGISTER = "register", _("From a register")
    STAY = "stay", _("From the stay")
    TENANCY = "tenancy", _("From the tenancy")


class NoteKind(models.TextChoices):
    NOTE = "note", _("Note")
    PHONE = "phone", _("Phone call")
    MEETING = "meeting", _("Meeting")
    DECISION = "decision", _("Decision")
    CONCERN = "concern", _("Concern")


class Audience(models.TextChoices):
    """Who reads a note: said beside the field before it is saved."""

    CASE = "case", _("Everyone with access to the case")
    UNIT = "unit", _("Only my own unit")

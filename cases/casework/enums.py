from typing import Final

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


SAID_BY_PEOPLE: Final = (Source.CITIZEN, Source.WORKER, Source.REGISTER)
"""Sources of situations that people write; the others follow from stays and tenancies."""


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


class CloseReason(models.TextChoices):
    """Why a case is closed. That somebody stayed away from meetings is no reason (H4)."""

    HOME_HOLDS = "home", _("The home holds, and the support has ended")
    MOVED = "moved", _("Moved to another municipality")
    OWN_WISH = "wish", _("Does not want more help from us")
    DIED = "died", _("Has died")
    MISTAKE = "mistake", _("The case was opened by mistake")


class RevealReason(models.TextChoices):
    """Why a protected place is asked for. Kept in the access log."""

    VISIT = "visit", _("I am going to visit")
    CONTACT = "contact", _("I need to reach the citizen")
    LETTER = "letter", _("A letter must be sent")
    PLAN = "plan", _("Planning with those who are there")
    DANGER = "danger", _("Danger to life or health")


class DespiteReason(models.TextChoices):
    """Why a citizen is registered although one like it is there."""

    OTHER_PERSON = "other_person", _("It is another person")
    SAME_PERSON = "same_person", _("It is the same person, who now comes to us")
    NOT_SURE = "not_sure", _("I am not sure, and will find out")

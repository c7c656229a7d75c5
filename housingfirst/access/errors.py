"""What cannot be done about users and units, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class EmailInUse(DomainError):
    code = "email_in_use"
    message = _("Another user has this e-mail. Look for them in the list, or write another one.")


class MembershipOverlaps(DomainError):
    code = "membership_overlaps"
    message = _("The user has this role in the unit already in that time.")


class MembershipReversed(DomainError):
    code = "membership_reversed"
    message = _("The last day is before the first.")


class OwnRights(DomainError):
    """Nobody gives rights to themselves."""

    code = "own_rights"
    message = _("You cannot change your own rights. Ask another administrator.")


class RoleUnfit(DomainError):
    code = "role_unfit"
    message = _("%(role)s is not a role in a unit of the kind %(kind)s. Choose another role.")


class IntakeIsTheTeams(DomainError):
    """Others hold a case for a purpose that ends, and would lose it, or keep it, by mistake."""

    code = "intake_is_the_teams"
    message = _("Only a homelessness team takes intake.")


class IntakeTaken(DomainError):
    code = "intake_taken"
    message = _("Another unit takes intake already. Take it away there first.")


class NoSuchMunicipality(DomainError):
    code = "no_such_municipality"
    message = _("No municipality has the code %(code)s. It has four digits, as 0751 for Aarhus.")

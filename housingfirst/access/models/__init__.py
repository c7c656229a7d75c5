from housingfirst.access.models.log import AccessEntry
from housingfirst.access.models.organisation import Municipality, Organisation, Unit
from housingfirst.access.models.user import AccessBlock, Membership, User

__all__ = [
    "AccessBlock",
    "AccessEntry",
    "Membership",
    "Municipality",
    "Organisation",
    "Unit",
    "User",
]

"""Where Django finds the models of this app's subjects."""

from crosssector.handoffs.models import Handoff, HandoffMessage, ServiceLevel

__all__ = ["Handoff", "HandoffMessage", "ServiceLevel"]

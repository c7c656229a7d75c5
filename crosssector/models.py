"""Where Django finds the models of this app's subjects."""

from crosssector.exports.models import ExportRequest
from crosssector.handoffs.models import Handoff, HandoffMessage, ServiceLevel

__all__ = ["ExportRequest", "Handoff", "HandoffMessage", "ServiceLevel"]

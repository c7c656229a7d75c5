from django.forms import ChoiceField
from django.utils.translation import gettext_lazy

from crosssector.exports.enums import ExportReason
from housingfirst.ui.forms import Form, Radios


class ReasonForm(Form):
    """Why the file is needed."""

    reason = ChoiceField(
        label=gettext_lazy("What is the file for?"), choices=ExportReason, widget=Radios
    )

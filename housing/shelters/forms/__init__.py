"""What people type about stays, notices and beds."""

from housing.shelters.forms.admission import AdmissionForm, form_key_in
from housing.shelters.forms.stays import (
    AbsenceForm,
    AnswerForm,
    BedForm,
    DischargeForm,
    ElsewhereForm,
    MoveForm,
    ReaddressForm,
    ReceiptForm,
    ReturnForm,
)

__all__ = [
    "AbsenceForm",
    "AdmissionForm",
    "AnswerForm",
    "BedForm",
    "DischargeForm",
    "ElsewhereForm",
    "MoveForm",
    "ReaddressForm",
    "ReceiptForm",
    "ReturnForm",
    "form_key_in",
]

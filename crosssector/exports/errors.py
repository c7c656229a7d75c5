from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class OwnExport(DomainError):
    code = "own_export"
    message = _("Another team lead approves it: nobody approves their own.")


class ExportHasRunOut(DomainError):
    code = "export_has_run_out"
    message = _("Nobody approved it in time. Ask again.")

"""Refusals: what is wrong with a file or a row, and what to write instead."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class Unreadable(DomainError):
    code = "unreadable"
    message = _("The file cannot be read. Save it as CSV or XLSX and try again.")


class NotSpreadsheet(Unreadable):
    code = "not_spreadsheet"
    message = _("The file is neither CSV nor XLSX. Save it as one of them and try again.")


class EmptyFile(Unreadable):
    code = "empty_file"
    message = _("The file has no rows. The first row must hold the names of the columns.")


class TooLarge(Unreadable):
    code = "too_large"
    message = _("The file is too large. At most %(rows)s rows or %(megabytes)s MB at a time.")


class ColumnsMissing(Unreadable):
    code = "columns_missing"
    message = _("The file lacks these columns: %(columns)s. See the list of columns below.")


class NothingToApply(DomainError):
    code = "nothing_to_apply"
    message = _("Nothing in the file is new or changed. There is nothing to apply.")


class AlreadyApplied(DomainError):
    code = "already_applied"
    message = _("This file has already been applied.")


class FactsMoved(DomainError):
    code = "facts_moved"
    message = _("Something was registered since the check. Check the file again.")

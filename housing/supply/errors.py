from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class VacancyIsOpen(DomainError):
    code = "vacancy_is_open"
    message = _("The dwelling is already reported vacant. Change that vacancy instead.")


class VacancyKeyTaken(DomainError):
    """The form's key belongs to a vacancy of another dwelling."""

    code = "vacancy_key_taken"
    message = _("The form has been used for another dwelling. Open it again and report this one.")


class VacancyIsClosed(DomainError):
    code = "vacancy_is_closed"
    message = _("The vacancy was closed on %(day)s. Report the dwelling again if it is vacant.")


class ClosedBeforeReport(DomainError):
    code = "closed_before_report"
    message = _("The vacancy was reported on %(day)s. Write that day or a later one.")


class AnswerBeforeReport(DomainError):
    code = "answer_before_report"
    message = _("The answer is due before the vacancy was reported on %(day)s. Write a later time.")


class DwellingNumberInUse(DomainError):
    code = "dwelling_number_in_use"
    message = _("The estate has a dwelling with this number already. Choose it from the list.")


class EstateNameInUse(DomainError):
    code = "estate_name_in_use"
    message = _("The housing organisation has an estate with this name already.")


class AreaNameInUse(DomainError):
    code = "area_name_in_use"
    message = _("There is an area with this name already.")


class AreaElsewhere(DomainError):
    code = "area_elsewhere"
    message = _("The area belongs to another municipality.")

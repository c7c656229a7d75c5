from housing.supply.views.estates import (
    area_create,
    area_edit,
    estate_create,
    estate_edit,
    estate_list,
)
from housing.supply.views.vacancies import (
    vacancy_close,
    vacancy_detail,
    vacancy_edit,
    vacancy_list,
    vacancy_report,
)

__all__ = [
    "area_create",
    "area_edit",
    "estate_create",
    "estate_edit",
    "estate_list",
    "vacancy_close",
    "vacancy_detail",
    "vacancy_edit",
    "vacancy_list",
    "vacancy_report",
]

"""Addresses of residents, stays, notices, beds and the reimbursement clock."""

from django.urls import URLPattern, path

from housing.shelters.views import (
    acting,
    beds,
    notices,
    rates,
    reimbursement,
    residents,
    shelters,
    stays,
)

urlpatterns: list[URLPattern] = [
    path("residents/", residents.resident_list, name="resident_list"),
    path("residents/new/", residents.stay_admit, name="stay_admit"),
    path("stays/<uuid:reference>/", stays.stay_detail, name="stay_detail"),
    path("stays/<uuid:reference>/discharge/", stays.stay_discharge, name="stay_discharge"),
    path("stays/<uuid:reference>/plan/drop/", stays.plan_drop, name="plan_drop"),
    path("stays/<uuid:reference>/bed/", stays.stay_move, name="stay_move"),
    path("stays/<uuid:reference>/absences/new/", stays.absence_register, name="absence_register"),
    path("absences/<uuid:reference>/end/", stays.absence_end, name="absence_end"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/inbox/", notices.notice_inbox, name="notice_inbox"),
    path("notices/<uuid:reference>/send/", notices.notice_send, name="notice_send"),
    path(
        "notices/<uuid:reference>/acknowledge/",
        notices.notice_acknowledge,
        name="notice_acknowledge",
    ),
    path(
        "notices/<uuid:reference>/acting/",
        acting.acting_municipality_ask,
        name="acting_municipality",
    ),
    path("notices/<uuid:reference>/readdress/", notices.notice_readdress, name="notice_readdress"),
    path("notices/<uuid:reference>/letter.pdf", notices.notice_letter, name="notice_letter"),
    path("beds/", beds.bed_list, name="bed_list"),
    path("beds/<uuid:reference>/", beds.bed_change, name="bed_change"),
    path("rates/", rates.rate_list, name="rate_list"),
    path("shelters/edit/", shelters.shelter_edit, name="shelter_edit"),
    path("rates/remove/", rates.rate_remove, name="rate_remove"),
    path(
        "cases/<uuid:case_reference>/reimbursement/",
        reimbursement.reimbursement,
        name="reimbursement",
    ),
    path(
        "cases/<uuid:case_reference>/days-elsewhere/new/",
        reimbursement.days_elsewhere_add,
        name="days_elsewhere_add",
    ),
]

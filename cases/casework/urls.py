from django.urls import path

from cases.casework.views import (
    citizen,
    intake,
    journal,
    lists,
    log,
    overview,
    quick_note,
    reveal,
    said,
)

CASE = "cases/<uuid:case_reference>/"

urlpatterns = [
    path("cases/", lists.case_list, name="case_list"),
    path("cases/new/", intake.case_create, name="case_create"),
    path("cases/search/", lists.search, name="search"),
    path("cases/quick-note/", quick_note.quick_note, name="quick_note"),
    path(CASE, overview.case_detail, name="case_detail"),
    path(f"{CASE}print/", overview.case_print, name="case_print"),
    path(f"{CASE}cpr/", reveal.cpr_reveal, name="cpr_reveal"),
    path(f"{CASE}cpr/edit/", citizen.cpr_edit, name="cpr_edit"),
    path(f"{CASE}place/", reveal.place_reveal, name="place_reveal"),
    path(f"{CASE}citizen/edit/", citizen.citizen_edit, name="citizen_edit"),
    path(f"{CASE}assign/", citizen.case_assign, name="case_assign"),
    path(f"{CASE}close/", citizen.case_close, name="case_close"),
    path(f"{CASE}reopen/", citizen.case_reopen, name="case_reopen"),
    path(f"{CASE}log/", log.case_log, name="case_log"),
    path(f"{CASE}journal/", journal.journal_page, name="journal"),
    path(f"{CASE}notes/new/", journal.note_create, name="note_create"),
    path(f"{CASE}notes/<uuid:note_reference>/edit/", journal.note_edit, name="note_edit"),
    path(f"{CASE}notes/<uuid:note_reference>/history/", journal.note_history, name="note_history"),
    path(f"{CASE}wishes/new/", said.wish_create, name="wish_create"),
    path(f"{CASE}situations/new/", said.situation_create, name="situation_create"),
    path(
        f"{CASE}situations/<uuid:situation_reference>/edit/",
        said.situation_edit,
        name="situation_edit",
    ),
]

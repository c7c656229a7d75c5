from django.urls import path

from crosssector.handoffs import case_views, level_views, views

CASE = "cases/<uuid:case_reference>/handoffs/"
TASK = "handoffs/<uuid:reference>/"

urlpatterns = [
    path("handoffs/", views.handoff_inbox, name="handoff_inbox"),
    path("handoffs/answered/", views.handoff_answered, name="handoff_answered"),
    path(TASK, views.handoff_task, name="handoff_task"),
    path(f"{TASK}grant/", views.handoff_grant, name="handoff_grant"),
    path(f"{TASK}question/", views.handoff_question, name="handoff_question"),
    path(f"{TASK}refuse/", views.handoff_refuse, name="handoff_refuse"),
    path(f"{TASK}cpr/", views.handoff_cpr, name="handoff_cpr"),
    path("service-levels/", level_views.service_levels, name="service_levels"),
    path("service-levels/remove/", level_views.service_level_remove, name="service_level_remove"),
    path(CASE, case_views.handoff_tab, name="handoff_tab"),
    path(f"{CASE}new/", case_views.handoff_ask, name="handoff_ask"),
    path(f"{CASE}<uuid:reference>/reply/", case_views.handoff_reply, name="handoff_reply"),
    path(f"{CASE}<uuid:reference>/withdraw/", case_views.handoff_withdraw, name="handoff_withdraw"),
]

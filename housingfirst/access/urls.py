from django.urls import path

from housingfirst.access.views import audit, login, password, resume, units, users

app_name = "access"

urlpatterns = [
    path("login/", login.Login.as_view(), name="login"),
    path("login/resume/", resume.resume_typed, name="resume_typed"),
    path("login/resume/send/", resume.resume_send, name="resume_send"),
    path("login/resume/drop/", resume.resume_drop, name="resume_drop"),
    path("logout/", login.Logout.as_view(), name="logout"),
    path(
        "password/<str:uidb64>/<str:token>/",
        password.PasswordSet.as_view(),
        name="password_set",
    ),
    path("password/done/", password.password_done, name="password_done"),
    path("users/", users.user_list, name="user_list"),
    path("users/new/", users.user_create, name="user_create"),
    path("users/<uuid:user_reference>/", users.user_edit, name="user_edit"),
    path(
        "users/<uuid:user_reference>/memberships/new/",
        users.membership_add,
        name="membership_add",
    ),
    path("users/<uuid:user_reference>/password-link/", users.password_link, name="password_link"),
    path(
        "memberships/<uuid:membership_reference>/end/",
        users.membership_end,
        name="membership_end",
    ),
    path("units/", units.unit_list, name="unit_list"),
    path("units/new/", units.unit_create, name="unit_create"),
    path("units/<uuid:unit_reference>/", units.unit_edit, name="unit_edit"),
    path("log/", audit.log_audit, name="log_audit"),
]

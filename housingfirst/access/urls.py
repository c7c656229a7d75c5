from django.urls import path

from housingfirst.access import views

app_name = "access"

urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", views.Logout.as_view(), name="logout"),
]

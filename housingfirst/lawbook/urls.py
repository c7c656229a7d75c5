from django.urls import path

from housingfirst.lawbook import views

app_name = "lawbook"

urlpatterns = [
    path("lovregler/", views.rules, name="rules"),
    path("lovregler/<str:setting_key>/", views.choice_make, name="choice_make"),
]

from django.urls import path

from housingfirst.ui import views

app_name = "ui"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("help/keys/", views.keys, name="keys"),
    path("language/", views.language, name="language"),
    path("ui/echo/<slug:kind>/", views.echo, name="echo"),
    path("ui/gallery/", views.gallery, name="gallery"),
]

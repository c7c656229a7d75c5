from django.urls import URLPattern, URLResolver

app_name = "crosssector"

urlpatterns: list[URLPattern | URLResolver] = []

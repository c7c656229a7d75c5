"""The API, version 1. Apps add their viewsets to `router` in `housingfirst.api.v1`."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from oauth2_provider.views import TokenView

from housingfirst.api.v1 import router

app_name = "api"

urlpatterns = [
    path("v1/", include(router.urls)),
    path("v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("oauth/token/", TokenView.as_view(), name="token"),
]

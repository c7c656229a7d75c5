"""The site's addresses and a page that does nothing but be of a given size."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def trivial(request: HttpRequest, size: int) -> HttpResponse:
    """`size` bytes for a logged-in person: what the frame alone costs."""
    return HttpResponse(b"x" * size)


urlpatterns = [
    path("trivial/<int:size>/", trivial, name="trivial"),
    path("", include("housingfirst.urls")),
]

from django.urls import path

from housing.rents import views

RENT = "tenancies/<uuid:reference>/rent/"

urlpatterns = [
    path(RENT, views.rent, name="rent"),
    path(f"{RENT}reviews/<uuid:review_reference>/", views.rent_reviewed, name="rent_reviewed"),
]

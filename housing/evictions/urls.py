from django.urls import path

from housing.evictions import views

urlpatterns = [
    path("tenancies/<uuid:reference>/arrears/", views.arrears_new, name="arrears_new"),
    path("arrears/<uuid:reference>/", views.arrears, name="arrears"),
    path("arrears/<uuid:reference>/decide/", views.arrears_decide, name="arrears_decide"),
]

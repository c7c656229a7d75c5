from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "housingfirst.api"
    label = "api"

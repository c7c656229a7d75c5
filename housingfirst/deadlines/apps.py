from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "housingfirst.deadlines"
    label = "deadlines"

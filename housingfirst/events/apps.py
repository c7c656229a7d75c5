from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "housingfirst.events"
    label = "events"

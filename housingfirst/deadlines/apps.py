from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "housingfirst.deadlines"
    label = "deadlines"

    def ready(self) -> None:
        from housingfirst.deadlines.jobs import refresh_after
        from housingfirst.events.kinds import subscribe_all

        subscribe_all(refresh_after)

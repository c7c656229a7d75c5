from django.apps import AppConfig


class HousingFirstConfig(AppConfig):
    """The project itself: what holds for the whole process."""

    name = "housingfirst"
    label = "platform"

    def ready(self) -> None:
        # Tasks declared with `shared_task` belong to this application from now on.
        from housingfirst import celery  # noqa: F401  (the import is the effect)

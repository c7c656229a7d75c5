from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "support"

    def ready(self) -> None:
        from support import registrations as pages
        from support.activities import registrations as activities
        from support.enrolments import registrations as enrolments
        from support.methods import registrations as methods
        from support.milestones import registrations as milestones
        from support.visits import registrations as visits

        methods.register()
        enrolments.register()
        visits.register()
        milestones.register()
        activities.register()
        pages.register()

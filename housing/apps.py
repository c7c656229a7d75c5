from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "housing"

    def ready(self) -> None:
        from housing.agreements import registrations as agreements
        from housing.allocation import registrations as allocation
        from housing.evictions import registrations as evictions
        from housing.rents import registrations as rents
        from housing.shelters import registrations as shelters
        from housing.supply import registrations as supply
        from housing.tenancies import registrations as tenancies
        from housing.waitlists import registrations as waitlists

        subjects = (
            shelters, supply, agreements, allocation, tenancies, rents, evictions, waitlists,
        )  # fmt: skip
        for subject in subjects:
            subject.register()

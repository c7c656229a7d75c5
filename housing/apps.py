from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "housing"

    def ready(self) -> None:
        from housing.allocation import registrations as allocation
        from housing.rents import registrations as rents
        from housing.shelters import registrations as shelters
        from housing.supply import registrations as supply
        from housing.tenancies import registrations as tenancies
        from housing.waitlists import registrations as waitlists

        for subject in (shelters, supply, allocation, tenancies, rents, waitlists):
            subject.register()

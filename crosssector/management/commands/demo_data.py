"""`manage.py demo_data --scale small|municipality|region`: invented people in an empty database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from crosssector.demo.load import SEED, AlreadyLoaded, Scale, load
from crosssector.demo.names import STAFF
from crosssector.demo.town import Town
from housingfirst.local.demo import PASSWORD


class Command(BaseCommand):
    help = "Load invented demo data into an empty database. The same seed gives the same people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", choices=list(Scale), default=Scale.SMALL.value)
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            towns = load(
                Scale(options["scale"]),
                today=timezone.localdate(),
                seed=options["seed"],
                tell=self.stdout.write,
            )
        except AlreadyLoaded:
            raise CommandError(
                "There is a municipality in the database already. Demo data is only loaded into "
                "an empty one: run `make reset` first."
            ) from None
        self.tell_logins(towns[0])

    def tell_logins(self, town: Town) -> None:
        self.stdout.write(f"Password for all: {PASSWORD}")
        seen: set[str] = set()
        for _name, _title, role, key in STAFF:
            login = role if role != "partner" else f"partner, {town.units[key].name}"
            if login not in seen:
                seen.add(login)
                user = town.people[key if role == "partner" else role][0]
                self.stdout.write(f"  {login:28} {user.email}")

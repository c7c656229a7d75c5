"""`manage.py set_up --municipality 0751 --email … --name …`: the first administrator."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from housingfirst.access.installation import install
from housingfirst.base.errors import DomainError


class Command(BaseCommand):
    help = (
        "Let a municipality use the system and make its first administrator, who makes the units "
        "and the other users. Prints the path of a page on which a password is set, once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="code of four digits, as 0751")
        parser.add_argument("--email", required=True, help="what the administrator logs in with")
        parser.add_argument("--name", required=True, help="the administrator's name")

    def handle(self, *args: Any, **options: Any) -> None:
        email, name = options["email"].strip(), options["name"].strip()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is no e-mail address.") from None
        if not name:
            raise CommandError("Give the administrator's name.")
        try:
            user, token = install(
                code=options["municipality"].strip(),
                email=email,
                name=name,
                today=timezone.localdate(),
            )
        except DomainError as error:
            raise CommandError(str(error)) from None
        path = reverse("access:password_set", args=[user.reference, token])
        self.stdout.write(f"{user.name} is an administrator. Set the password, once, on the site:")
        self.stdout.write(path)

"""A person at their desk: opens pages, fills in what the form shows, presses its button."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.test import Client
from time_machine import Traveller

from housingfirst.access.models import User
from housingfirst.law.days import COPENHAGEN
from tests.forms import forms_of
from tests.reading import read


@dataclass(slots=True)
class Desk:
    """One logged-in person, at the moments the journey names."""

    user: User
    clock: Traveller
    client: Client = field(default_factory=Client)

    def at(self, day: str, time: str = "9.00") -> Desk:
        """Arrive at the desk then, as "2026-08-03" and "22.40" in Copenhagen, and log in."""
        moment = datetime.strptime(f"{day} {time}", "%Y-%m-%d %H.%M").replace(tzinfo=COPENHAGEN)
        self.clock.move_to(moment, tick=False)
        self.client.force_login(self.user)
        return self

    def opens(self, address: str) -> str:
        """The page's text and tags."""
        answer = self.client.get(address)
        assert answer.status_code == 200, f"{address} answered {answer.status_code}"
        return read(answer)

    def fills_in(self, address: str, *, sends_to: str = "", **typed: str | list[str]) -> str:
        """Send the page's form, its own values kept where nothing is typed; the next page.

        `sends_to` is a part of the form's address when the page has several.
        """
        page = self.client.get(address)
        assert page.status_code == 200, f"{address} answered {page.status_code}"
        forms = forms_of(address, page.content.decode())
        fitting = [form for form in forms if sends_to in form.action and form.names >= set(typed)]
        assert fitting, f"{address} has no such form: {[form.names for form in forms]}"
        form = fitting[0]
        answer = self.client.post(form.action, form.values | typed, follow=True)
        assert answer.redirect_chain, f"{form.action} refused: {problems(read(answer))}"
        assert answer.status_code == 200
        return read(answer)


def problems(html: str) -> list[str]:
    """The sentences of a refused form."""
    return [part.split("<")[0] for part in re.split('error-message"[^>]*>', html)[1:]]

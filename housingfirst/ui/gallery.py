"""Example values for the gallery of components. Every person and figure is invented."""

from datetime import date, timedelta
from typing import Any

from django.forms import BooleanField, ChoiceField, MultipleChoiceField
from django.utils import timezone

from housingfirst.ui import forms
from housingfirst.ui.figures import Bar, Clock, PathStep
from housingfirst.ui.parts import Event, Fact, Filter, Page, Step, Tab, Who


class ExampleForm(forms.Form):
    sources = {"income": "fra Ydelsescenter"}

    cpr = forms.LineField(label="CPR-nummer", help_text="Ti cifre, eller lad feltet stå tomt")
    admitted = forms.MomentField(label="Indskrevet")
    left_on = forms.DayField(label="Udskrivningsdato", help_text="Tom, hvis opholdet varer ved")
    income = forms.MoneyField(label="Udbetalt pr. måned")
    rooms = ChoiceField(label="Rum, mindst", choices=[("1", "1 rum"), ("2", "2 rum")])
    came_from = ChoiceField(
        label="Kommer fra",
        choices=[("s", "Selv mødt"), ("k", "Kommune"), ("p", "Psykiatri"), ("f", "Fængsel")],
        widget=forms.Seg(icons={"s": "person", "k": "business"}),
    )
    areas = MultipleChoiceField(
        label="Områder", choices=[("h", "Havnekvarteret"), ("s", "Søkanten")], widget=forms.Tags
    )
    why = ChoiceField(
        label="Grund", choices=[("a", "Tabt bolig"), ("b", "Andet")], widget=forms.Radios
    )
    note = forms.TextField(label="Hvorfor nu?", required=False)
    pets = BooleanField(label="Husdyr", required=False)


EXAMPLE_DATA = {
    "admitted": "i dag kl. 9.30",
    "left_on": "31-02-2026",
    "income": "otte tusind",
    "areas": ["h"],
    "why": "a",
    "pets": "on",
    "rooms": "2",
}


def gallery_context(*, with_errors: bool = False) -> dict[str, Any]:
    """What the gallery shows; a form with errors takes the focus, so it is asked for."""
    today = timezone.localdate()
    plain = ExampleForm(initial={"income": 11870, "left_on": today, "admitted": timezone.now()})
    return {
        "who": Who(
            name="Sanne Bay Thorlund",
            case_number="2026-0148",
            age=36,
            language="Dansk",
            protection="Navne- og adressebeskyttet",
            cpr_masked="••••••-••••",
            cpr_reveal_url="#",
            clock_label="§ 110",
            clock="13 dage tilbage",
            clock_tone="now",
        ),
        "tabs": [
            Tab("Overblik", "?side=overblik", is_current=True),
            Tab("Journal", "?side=journal"),
            Tab("Udredning og plan", "?side=plan"),
            Tab("Bolig", "?side=bolig"),
            Tab("Støtte", "?side=stoette"),
            Tab("Overleveringer", "?side=overleveringer"),
            Tab("Økonomi og refusion", "?side=refusion"),
        ],
        "filters": [
            Filter("Alle", "?", is_current=True, count=9),
            Filter("Overskredet og i dag", "?f=idag", count=2),
            Filter("Lovfrister", "?f=lov", count=3),
        ],
        "clocks": [
            _clock(12, 65),
            _clock(0, 2),
            _clock(0, 88),
            _clock(40, 74),
            _clock(0, 400),
        ],
        "bars": _bars(),
        "bar_columns": ["Kr. pr. uge, kommunen"],
        "path_steps": [
            PathStep("Udredning", "done"),
            PathStep("Plan", "done"),
            PathStep("Indstilling", "now"),
            PathStep("Tilbud", "open"),
            PathStep("Støtte", "open"),
            PathStep("Nøgler", "open"),
        ],
        "steps": [
            Step(
                "Registrér svar på boligtilbud",
                "now",
                "tors. kl. 12",
                "Line. Ja mundtligt.",
            ),
            Step(
                "Indskudslån 21.900 kr.",
                "wait",
                "ons. 10.30",
                "Ydelsescenter, åbnet kl. 11.05.",
            ),
            Step(
                "Afgørelse om § 85 a-støtte",
                "soon",
                "24. nov.",
                "Line. Før udskrivning.",
            ),
            Step("Handleplan § 142", "late", "20. okt.", "6 dage for sent"),
            Step("Udredning (VUM)", "done", "2. okt."),
            Step("Overdragelsesbesøg", "open", "26. nov."),
        ],
        "facts": [
            Fact("Brugt i det løbende år", "77 af 90 dage"),
            Fact("Sidste dag med refusion", "man. 30. nov. 2026", tone="now"),
            Fact("Hver uge derefter", "5.520 kr. mere", url="#"),
        ],
        "events": _events(today),
        "form": ExampleForm(EXAMPLE_DATA) if with_errors else plain,
        "page": Page(previous_url="?before=1", next_url="?after=2"),
        "said_on": today - timedelta(days=42),
        "overdue_on": today - timedelta(days=41),
        "today": today,
        "soon_on": today + timedelta(days=2),
    }


def _clock(previous: int, current: int) -> Clock:
    used = previous + current
    return Clock(
        previous_days=previous,
        current_days=current,
        finding=f"Refusionsur: {used} af 90 dage er brugt.",
        previous_label=f"{previous} i juni" if previous else "",
        current_label=f"{current} dage siden 14. sep.",
        today_label=f"I dag, dag {used}",
        limit_label="Grænse 90 · 30. nov.",
        after_label="ingen refusion",
    )


def _bars() -> list[Bar]:
    return [
        Bar("mere end 60 over", 2, "over", "?d=60", ("22.078",)),
        Bar("1-60 over", 7, "over", "?d=1", ("77.273",)),
        Bar("0-14 tilbage", 7, "now", "?d=14", ("38.637",)),
        Bar("15-30", 9, "soon", "?d=30", ("49.676",)),
        Bar("31-90", 26, "use", "?d=90", ("143.507",)),
    ]


def _events(today: date) -> list[Event]:
    return [
        Event(today, "Ydelsescenter åbnede indskudslån", "11.05", matters=True),
        Event(today, "Overlevering sendt: indskudslån", "10.30", who="Line Aagaard"),
        Event(
            today - timedelta(days=1),
            "Boligtilbud modtaget",
            sub="svar senest 19. nov. kl. 12",
            matters=True,
            url="#",
        ),
        Event(
            today - timedelta(days=28),
            "Handleplan § 142 færdig",
            sub="6 dage efter plan",
            sub_tone="over",
            matters=True,
        ),
    ]

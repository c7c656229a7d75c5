"""H1: nothing here asks whether a citizen is ready; no status, reason, field or word says it."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.forms import Form
from django.utils import translation

from housing.allocation import enums as allocation
from housing.allocation.forms import offers as offer_forms
from housing.allocation.forms.referral import referral_form
from housing.allocation.forms.withdraw import WithdrawReferralForm
from housing.supply import enums as supply
from housing.supply import forms as supply_forms
from housing.tenancies import enums as tenancies
from housing.tenancies import forms as tenancy_forms

WORDS = re.compile(
    r"\bready\b|readiness|sober|sobri|abstin|drug|alcohol|complian|motivat|behavio|treatment|suitab"
    r"|boligparat|parat(?!hed\.)|ædru|afhold|misbrug|motiv|adfærd|behandling|egnet",
    re.IGNORECASE,
)
"""What readiness is called, in English and Danish."""

MODELS = [
    model
    for model in apps.get_app_config("housing").get_models()
    if model.__name__.removeprefix("Historical")
    in {
        "Area", "AreaWish", "Dwelling", "Estate", "HousingReferral", "Offer", "ReferralPaper",
        "Tenancy", "Vacancy",
    }
]  # fmt: skip
CHOICES = [
    kind
    for module in (allocation, supply, tenancies)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, models.TextChoices) and kind.choices
]
FORMS = [
    referral_form([], []),
    WithdrawReferralForm,
    *(
        form
        for module in (offer_forms, supply_forms, tenancy_forms)
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, Form) and form.__module__ == module.__name__
    ),
]
TEMPLATES = sorted(
    path
    for subject in ("supply", "allocation", "tenancies")
    for path in (Path(__file__).parents[3] / "templates" / "housing" / subject).iterdir()
)
SAYS_IT_IS_NOT_ASKED = "Readiness is not asked about here."


def said(text: object) -> list[str]:
    """The words of readiness in a text, in both languages."""
    found = []
    for language in ("en", "da"):
        with translation.override(language):
            found += [match[0] for match in WORDS.finditer(str(text))]
    return found


def test_there_is_something_to_look_at() -> None:
    assert (len(MODELS) >= 9, len(CHOICES) >= 14, len(FORMS) >= 10, len(TEMPLATES) >= 15) == (
        True, True, True, True,
    )  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_field_of_a_model(model: type[models.Model]) -> None:
    texts = [
        text
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
        for text in (field.name, field.verbose_name, field.help_text)
    ]

    assert [word for text in texts for word in said(text)] == []


@pytest.mark.parametrize("kind", CHOICES, ids=lambda kind: kind.__name__)
def test_no_choice(kind: type[models.TextChoices]) -> None:
    assert [word for value, label in kind.choices for word in said(value) + said(label)] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_no_field_of_a_form(form: type[Form]) -> None:
    texts = [
        text
        for name, field in form.base_fields.items()
        for text in (name, field.label, field.help_text)
    ]

    assert [word for text in texts for word in said(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_page(path: Path) -> None:
    texts = re.findall(r'translate "([^"]*)"', path.read_text(encoding="utf-8"))
    notice = {SAYS_IT_IS_NOT_ASKED} | {text for text in texts if text.startswith("Sobriety, ")}

    assert [word for text in set(texts) - notice for word in said(text)] == []


def test_the_notice_stands_on_the_referral() -> None:
    page = next(path for path in TEMPLATES if path.name == "referral_edit.html")

    assert SAYS_IT_IS_NOT_ASKED in page.read_text(encoding="utf-8")

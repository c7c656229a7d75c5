"""The municipality chooses."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Municipality, User
from housingfirst.base.errors import NotPermitted
from housingfirst.law.choices import SETTINGS, Setting, written
from housingfirst.lawbook.effects import effects_of
from housingfirst.lawbook.errors import (
    ChosenMeanwhile,
    DecidedInFuture,
    NumberOutOfRange,
    ReasonMissing,
    UnknownSetting,
    ValueNotAllowed,
)
from housingfirst.lawbook.models import MunicipalChoice
from housingfirst.lawbook.selectors import choices_of, forget_choices


def chosen_for(user: User, act: Act = Act.RULES_VIEW) -> list[Municipality]:
    """The municipalities whose rules the user reads, or (`Act.RULES_CHOOSE`) chooses; by name."""
    found = {unit.municipality_id: unit.municipality for unit in user.units_for(act)}
    return sorted(found.values(), key=lambda one: (one.name, one.pk))


def setting_of(key: str) -> Setting:
    """Raises UnknownSetting."""
    setting = SETTINGS.get(key)
    if setting is None:
        raise UnknownSetting
    return setting


@transaction.atomic
def choice_set(
    *,
    municipality: Municipality,
    key: str,
    value: str,
    decided_on: date,
    reason: str,
    actor: User | None,
    today: date,
    seen: str | None = None,
) -> MunicipalChoice:
    """The municipality chooses `value`, and what is counted from it is counted anew.

    Choosing what holds already is a choice too: it says that the municipality has decided. `seen`
    is the reference of the newest choice the actor saw, "" for none. Raises NotPermitted,
    UnknownSetting, ValueNotAllowed, NumberOutOfRange, ReasonMissing, DecidedInFuture,
    ChosenMeanwhile.
    """
    if actor is not None and municipality not in chosen_for(actor, Act.RULES_CHOOSE):
        raise NotPermitted
    setting = setting_of(key)
    value = _allowed(setting, value)
    if not reason.strip():
        raise ReasonMissing
    if decided_on > today:
        raise DecidedInFuture
    Municipality.objects.select_for_update(of=("self",), no_key=True).get(pk=municipality.pk)
    _not_chosen_meanwhile(municipality, setting, seen)
    forget_choices()
    before = written(setting.of(choices_of(municipality.pk)))
    choice = MunicipalChoice.objects.create(
        municipality=municipality,
        key=setting.key,
        value=value,
        decided_on=decided_on,
        reason=reason.strip(),
        made_by=actor,
    )
    if value != before:
        for effect in effects_of(setting):
            effect.apply(municipality.pk, today)
    log(
        actor,
        LogAction.CHANGED,
        [],
        what="municipal_choice",
        detail=f"{setting.key}: {before} > {value}",
    )
    return choice


def _allowed(setting: Setting, text: str) -> str:
    """The value as it is stored. Raises ValueNotAllowed, NumberOutOfRange."""
    try:
        return written(setting.read(text.strip()))
    except ValueError:
        if setting.most:
            raise NumberOutOfRange(least=setting.least, most=setting.most) from None
        raise ValueNotAllowed from None


def _not_chosen_meanwhile(municipality: Municipality, setting: Setting, seen: str | None) -> None:
    if seen is None:
        return
    newest = (
        MunicipalChoice.objects.filter(municipality=municipality, key=setting.key)
        .select_related("made_by")
        .order_by("-pk")
        .first()
    )
    if newest is not None and str(newest.reference) != seen:
        raise ChosenMeanwhile(who=str(newest.made_by or ""))

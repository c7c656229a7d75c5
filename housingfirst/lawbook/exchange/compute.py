"""One citizen, or many, from JSON to JSON."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import msgspec
from msgspec import UNSET

from housingfirst.law.reimbursement import reimburse
from housingfirst.law.support import reimburse_support, shelter_periods
from housingfirst.lawbook.exchange import answer, facts
from housingfirst.lawbook.exchange.refusals import InputRefused, refusal_of
from housingfirst.lawbook.exchange.schema import Citizen

_ONE_OR_MANY: Final = msgspec.json.Decoder(Citizen | list[Citizen])


def compute(text: bytes, as_of: date) -> Iterator[bytes]:
    """The answers to `text`, one JSON object each, in the order of the input.

    `text` is one citizen or an array of them, or JSON Lines of such. `as_of` is the last day to
    count of stays that go on. Raises InputRefused, which names the field; in JSON Lines the line
    too.
    """
    try:
        read = _ONE_OR_MANY.decode(text)
    except msgspec.ValidationError as error:
        raise refusal_of(error) from error
    except msgspec.DecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not _is_json(lines[0]):
            raise refusal_of(error) from error
        yield from _lines(text, as_of)
    else:
        yield from _answers(read, as_of)


def _lines(text: bytes, as_of: date) -> Iterator[bytes]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield from _answers(_ONE_OR_MANY.decode(line), as_of)
        except msgspec.MsgspecError as error:
            raise refusal_of(error).within(f"line {number}") from error
        except InputRefused as error:
            raise error.within(f"line {number}") from error


def _answers(read: Citizen | list[Citizen], as_of: date) -> Iterator[bytes]:
    if isinstance(read, Citizen):
        yield msgspec.json.encode(_answer(read, as_of))
        return
    for at, citizen in enumerate(read):
        try:
            yield msgspec.json.encode(_answer(citizen, as_of))
        except InputRefused as error:
            raise InputRefused(f"[{at}].{error.field}", error.what) from error


def _answer(citizen: Citizen, as_of: date) -> dict[str, Any]:
    stays = facts.stay_spans(citizen)
    for_stays, for_support = facts.settings(citizen.options)
    refunded = reimburse(
        stays, facts.days_elsewhere(citizen), open_through_on=as_of, settings=for_stays
    )
    supported = reimburse_support(
        shelter_periods(stays), facts.support_spans(citizen), settings=for_support
    )
    given = {} if citizen.id is UNSET else {"id": citizen.id}
    return given | {
        "as_of": as_of,
        "section_110": answer.section_110(refunded),
        "section_176a": answer.section_176a(supported),
        "options": answer.options(refunded, supported),
    }


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except msgspec.DecodeError:
        return False
    return True

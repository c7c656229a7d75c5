"""The parameters of the law as data: the TOML files beside this module, one for each subject.

A file holds the subject's rules, and a rule its tables of dated versions:

    [[rules.R-110-REF.tables.terms]]
    key = "2023-10-01"
    valid_from = 2023-10-01
    valid_until = 2026-04-01
    source = "SEL § 177"
    mark = "V"
    values = { day_limit = 120, refund_share = 0.50 }

A version holds on [valid_from, valid_until); a date left out means without beginning or end. A
value left out is None. Numbers with a point are exact decimals. The Danish texts of the files are
read by `housingfirst.law.rulebook`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from housingfirst.law.versions import Mark, Version, VersionTable

T = TypeVar("T")

FOLDER: Final = Path(__file__).parent / "parameters"
VERSION_KEYS: Final = frozenset({"key", "valid_from", "valid_until", "source", "mark", "values"})


def subjects(folder: Path = FOLDER) -> tuple[str, ...]:
    """The names of the files, in order."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


@lru_cache(maxsize=64)
def read_subject(subject: str, folder: Path = FOLDER) -> Mapping[str, Any]:
    """A file as it stands. Raises FileNotFoundError, or ValueError when it is no TOML."""
    with (folder / f"{subject}.toml").open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def version_table(
    subject: str, rule_id: str, terms: type[T], name: str = "terms", *, folder: Path = FOLDER
) -> VersionTable[T]:
    """The table `name` of a rule, its values as the frozen dataclass `terms`.

    Raises LookupError when there is no such table, and ValueError, which names the row and the
    field, on a gap, an overlap, or a row that is not as `terms` says.
    """
    rows = _rows(subject, rule_id, name, folder)
    return VersionTable(rule_id, [_version(rule_id, row, terms) for row in rows])


def optional_version_table(
    subject: str, rule_id: str, terms: type[T], name: str = "terms", *, folder: Path = FOLDER
) -> VersionTable[T | None]:
    """As `version_table`; a row without `values` is a time in which the rule did not exist."""
    versions: list[Version[T | None]] = []
    for row in _rows(subject, rule_id, name, folder):
        if "values" in row:
            given = _version(rule_id, row, terms)
            versions.append(_row(rule_id, row, given.value))
        else:
            versions.append(_row(rule_id, row, None))
    return VersionTable(rule_id, versions)


def _rows(subject: str, rule_id: str, name: str, folder: Path) -> list[Mapping[str, Any]]:
    try:
        rows: list[Mapping[str, Any]] = read_subject(subject, folder)["rules"][rule_id]["tables"][
            name
        ]
    except KeyError as error:
        raise LookupError(f"{subject}.toml: {rule_id} has no table {name} ({error})") from None
    return rows


def _version(rule_id: str, row: Mapping[str, Any], terms: type[T]) -> Version[T]:
    where = f"{rule_id}: {row.get('key', '(no key)')}"
    given = row.get("values")
    if given is None:
        raise ValueError(f"{where}: no values")
    hints = get_type_hints(terms)
    # A dataclass by its callers' promise: `fields` says so at once when it is none.
    names = [field.name for field in fields(terms)]  # type: ignore[arg-type]
    if unknown := sorted(set(given) - set(names)):
        raise ValueError(f"{where}: {', '.join(unknown)} unknown to {terms.__name__}")
    values = {name: _typed(hints[name], given.get(name), f"{where}: {name}") for name in names}
    return _row(rule_id, row, terms(**values))


def _row(rule_id: str, row: Mapping[str, Any], value: T) -> Version[T]:
    where = f"{rule_id}: {row.get('key', '(no key)')}"
    if unknown := sorted(set(row) - VERSION_KEYS):
        raise ValueError(f"{where}: {', '.join(unknown)} unknown")
    return Version(
        key=_typed(str, row.get("key"), f"{where}: key"),
        valid_from=_typed(date | None, row.get("valid_from"), f"{where}: valid_from"),
        valid_until=_typed(date | None, row.get("valid_until"), f"{where}: valid_until"),
        value=value,
        source=_typed(str, row.get("source"), f"{where}: source"),
        mark=_typed(Mark, row.get("mark"), f"{where}: mark"),
    )


def _typed(hint: Any, value: object, where: str) -> Any:
    """`value` as `hint` asks: a date, an exact number, a word of an enum, a tuple or a text."""
    if get_origin(hint) is UnionType:
        if value is None:
            return None
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_typed(get_args(hint)[0], one, where) for one in value)
    if isinstance(hint, type) and issubclass(hint, StrEnum) and type(value) is str:
        try:
            return hint(value)
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None
    if hint is Decimal and type(value) in (int, Decimal):
        return Decimal(str(value))
    if type(value) is hint:
        return value
    raise ValueError(f"{where}: {value!r} is not {getattr(hint, '__name__', hint)}")

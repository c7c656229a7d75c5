"""Notes, wishes and situations: who writes them, and what is refused."""

import uuid
from datetime import UTC, date, datetime

import pytest

from cases.casework import journal
from cases.casework.enums import Audience, NoteKind, Situation, Source
from cases.casework.errors import SituationFollows, SituationOverlaps
from cases.casework.grants import ALLOCATION, RESIDENCE, grant_unit
from cases.casework.models import Case, Note, SituationRecord
from cases.casework.situations import situation_begin
from housingfirst.access import services as access
from housingfirst.access.enums import LogAction, Role, UnitKind
from housingfirst.access.models import AccessEntry, Unit, User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.events.models import Event
from tests.access.factories import LONG_AGO, make_unit, make_user
from tests.cases.factories import make_case

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 14, 10, 30, tzinfo=UTC)


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def case(unit: Unit) -> Case:
    return make_case(unit=unit)


@pytest.fixture
def adviser(unit: Unit) -> User:
    return make_user(Role.ADVISER, unit)


def write(case: Case, actor: User, *, key: uuid.UUID | None = None, text: str = "Ringede") -> Note:
    return journal.note_write(
        case=case,
        kind=NoteKind.PHONE,
        happened_at=AT,
        text=text,
        audience=Audience.CASE,
        is_important=False,
        form_key=key or uuid.uuid4(),
        actor=actor,
    )


def correct(note: Note, actor: User, *, version: int, text: str = "Rettet") -> None:
    journal.note_correct(
        note=note,
        kind=NoteKind.NOTE,
        happened_at=AT,
        text=text,
        audience=Audience.CASE,
        is_important=False,
        actor=actor,
        version=version,
    )


def say(
    case: Case,
    actor: User,
    starts_on: date,
    ends_on: date | None = None,
    *,
    situation: Situation = Situation.SOFA,
) -> SituationRecord:
    return journal.situation_say(
        case=case,
        situation=situation,
        starts_on=starts_on,
        ends_on=ends_on,
        source=Source.CITIZEN,
        remark="",
        actor=actor,
    )


def spans(case: Case) -> list[tuple[str, date, date | None]]:
    rows = case.situations.order_by("starts_on")
    return [(row.situation, row.starts_on, row.ends_on) for row in rows]


def test_a_note_is_written_logged_and_on_the_timeline_when_it_happened(
    case: Case, adviser: User
) -> None:
    note = write(case, adviser)

    event = Event.objects.get(kind="note.written")
    assert (note.author, note.unit) == (adviser, adviser.home_unit)
    assert (event.subject, event.at, event.data) == (note.reference, AT, {"note_kind": "phone"})
    entry = AccessEntry.objects.get(action=LogAction.CHANGED, what="note")
    assert entry.citizen_ids == [case.citizen_id]


def test_R11_the_same_form_twice_is_one_note(case: Case, adviser: User) -> None:
    key = uuid.uuid4()

    assert write(case, adviser, key=key).pk == write(case, adviser, key=key, text="igen").pk
    assert Note.objects.get().text == "Ringede"


def test_a_note_belongs_to_the_unit_the_case_is_shared_with(case: Case) -> None:
    shelter, other = make_unit(kind=UnitKind.SHELTER), make_unit(kind=UnitKind.SHELTER)
    worker = make_user(Role.SHELTER_STAFF, other)
    access.membership_add(
        user=worker, unit=shelter, role=Role.SHELTER_STAFF, valid_from=LONG_AGO, actor=None
    )
    grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)

    assert write(case, User.objects.get(pk=worker.pk)).unit == shelter


@pytest.mark.parametrize("role", [Role.ALLOCATOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER])
def test_who_has_no_journal_writes_no_note(case: Case, unit: Unit, role: Role) -> None:
    with pytest.raises(NotPermitted):
        write(case, make_user(role, unit))


def test_who_sees_only_what_housing_needs_writes_no_note(case: Case) -> None:
    allocation = make_unit(kind=UnitKind.ALLOCATION)
    grant_unit(case, allocation, ALLOCATION, reason="referred", actor=None)

    with pytest.raises(NotPermitted):
        write(case, make_user(Role.ALLOCATOR, allocation))


def test_a_correction_keeps_what_stood_there(case: Case, adviser: User) -> None:
    note = write(case, adviser)

    correct(note, adviser, version=1)

    assert [row.text for row in note.history.order_by("version")] == ["Ringede", "Rettet"]
    assert Event.objects.filter(kind="note.corrected", subject=note.reference).exists()


def test_only_the_author_corrects_a_note(case: Case, unit: Unit, adviser: User) -> None:
    note = write(case, adviser)

    with pytest.raises(NotPermitted):
        correct(note, make_user(Role.TEAM_LEAD, unit), version=1)


def test_R10_a_correction_of_an_older_version_is_refused(case: Case, adviser: User) -> None:
    note = write(case, adviser)
    correct(note, adviser, version=1)

    with pytest.raises(StaleVersion):
        correct(Note.objects.get(pk=note.pk), adviser, version=1, text="Den anden")
    assert Note.objects.get().text == "Rettet"


def test_a_wish_is_kept_as_it_was_said(case: Case, adviser: User) -> None:
    wish = journal.wish_say(
        case=case, words="Min egen dør 🚪", said_on=date(2026, 10, 6), actor=adviser
    )

    assert (wish.words, wish.written_by) == ("Min egen dør 🚪", adviser)
    assert Event.objects.get(kind="wish.said").is_important


def test_a_new_situation_ends_the_one_that_held(case: Case, adviser: User) -> None:
    say(case, adviser, date(2026, 8, 1), situation=Situation.STREET)
    say(case, adviser, date(2026, 8, 20))

    assert spans(case) == [
        ("HS1", date(2026, 8, 1), date(2026, 8, 20)),
        ("HS5", date(2026, 8, 20), None),
    ]


def test_an_earlier_situation_with_its_end_fits_before(case: Case, adviser: User) -> None:
    say(case, adviser, date(2026, 8, 20))
    say(case, adviser, date(2026, 8, 1), date(2026, 8, 20), situation=Situation.STREET)

    assert [row[0] for row in spans(case)] == ["HS1", "HS5"]


def test_a_situation_that_overlaps_is_refused(case: Case, adviser: User) -> None:
    say(case, adviser, date(2026, 8, 20))

    with pytest.raises(SituationOverlaps):
        say(case, adviser, date(2026, 8, 1), date(2026, 8, 21))
    assert len(spans(case)) == 1


def test_what_people_say_does_not_end_a_stay(case: Case, adviser: User) -> None:
    situation_begin(
        case=case,
        situation=Situation.SHELTER,
        starts_on=date(2026, 9, 14),
        source=Source.STAY,
        actor=None,
    )

    with pytest.raises(SituationFollows):
        say(case, adviser, date(2026, 9, 20))
    assert spans(case) == [("HS3", date(2026, 9, 14), None)]


def test_a_stays_situation_is_not_corrected_by_hand(case: Case, adviser: User) -> None:
    stay = situation_begin(
        case=case,
        situation=Situation.SHELTER,
        starts_on=date(2026, 9, 14),
        source=Source.STAY,
        actor=None,
    )

    with pytest.raises(SituationFollows):
        journal.situation_correct(
            said=stay,
            situation=Situation.SOFA,
            starts_on=date(2026, 9, 14),
            ends_on=None,
            source=Source.CITIZEN,
            remark="",
            actor=adviser,
            version=1,
        )


def test_a_situation_is_ended_by_correcting_it(case: Case, adviser: User) -> None:
    said = say(case, adviser, date(2026, 8, 20))

    journal.situation_correct(
        said=said,
        situation=Situation.SOFA,
        starts_on=date(2026, 8, 20),
        ends_on=date(2026, 9, 1),
        source=Source.WORKER,
        remark="Hos en fætter",
        actor=adviser,
        version=1,
    )

    assert spans(case) == [("HS5", date(2026, 8, 20), date(2026, 9, 1))]
    event = Event.objects.filter(kind="situation.changed").latest("pk")
    assert event.data == {"situation": "HS5", "starts_on": "2026-08-20"}


def test_a_shelter_does_not_write_where_the_citizen_sleeps(case: Case) -> None:
    shelter = make_unit(kind=UnitKind.SHELTER)
    grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)

    with pytest.raises(NotPermitted):
        say(case, make_user(Role.SHELTER_STAFF, shelter), date(2026, 8, 20))

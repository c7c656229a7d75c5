"""A shelter's invoice through the import engine: matched, disputed, and answered."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crosssector.reimbursement import invoices as services
from crosssector.reimbursement.errors import InvoiceIsSettled, LetterMissing
from crosssector.reimbursement.invoice_selectors import sums_of
from crosssector.reimbursement.invoice_words import letter_draft
from crosssector.reimbursement.models import Invoice
from housing.shelters.models import Stay
from housingfirst.access.enums import Role
from housingfirst.access.models import AccessBlock, AccessEntry, User
from housingfirst.base.errors import NotPermitted
from housingfirst.imports.models import ImportRun
from tests.access.factories import make_user
from tests.cases.factories import make_citizen
from tests.crosssector.reimbursement.factories import Place, make_place
from tests.housing.factories import make_rate
from tests.reading import read

pytestmark = pytest.mark.django_db
HEAD = "Borger;CPR;Løbenummer;Fra;Til;Nætter;Takst;Beløb"
LIST = reverse("crosssector:invoice_list")


@pytest.fixture(autouse=True)
def _november(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to("2026-11-17 10:00+01:00", tick=False)


@pytest.fixture
def place() -> Place:
    return make_place(name="Fjordby")


def line(name: str, first: date, nights: int, rate: int = 1450, who: str = ";") -> str:
    to = first + timedelta(days=nights)
    return f"{name};{who};{first:%d-%m-%Y};{to:%d-%m-%Y};{nights};{rate},00;{rate * nights},00"


def load(client: Client, place: Place, *lines: str, number: str = "2026-77") -> ImportRun:
    client.force_login(User.objects.get(pk=place.hanne.pk))
    content = "\n".join((HEAD, *lines)).encode()
    response = client.post(
        reverse("imports:import_create", args=["invoices"]),
        {
            "unit": place.team.pk,
            "shelter": str(place.shelter.reference),
            "number": number,
            "first_on": "01-07-2026",
            "last_on": "30-09-2026",
            "file": SimpleUploadedFile("faktura.csv", content),
        },
    )
    assert response.status_code == 302, read(response)
    return ImportRun.objects.latest("pk")


def apply(client: Client, run: ImportRun) -> Invoice:
    client.post(reverse("imports:import_apply", args=[run.reference]))
    run.refresh_from_db()
    assert run.state == "applied", run.problem
    return Invoice.objects.latest("pk")


def resident(place: Place, name: str, first: date, left: date | None) -> Stay:
    return place.stay(first, left, citizen=make_citizen(name=name))


def page(invoice: Invoice, name: str = "invoice_detail") -> str:
    return reverse(f"crosssector:{name}", args=[invoice.reference])


@pytest.mark.django_db(transaction=True)
def test_J10_the_planted_errors_are_found_exactly(client: Client, place: Place) -> None:
    """1,612 nights invoiced, 1,598 registered: two residents on their days of discharge (each
    time they left), one for a week after it, one at last year's rate."""
    make_rate(shelter=place.shelter, valid_from=date(2025, 1, 1), daily_rate_dkk=Decimal(1425))
    make_rate(shelter=place.shelter, valid_from=date(2026, 1, 1), daily_rate_dkk=Decimal(1450))
    lines: list[str] = []
    quarter = date(2026, 7, 1)
    for n in range(15):  # the whole quarter, 92 nights each: 1,380
        resident(place, f"Fast Beboer {n}", date(2026, 6, 1), None)
        lines.append(line(f"Fast Beboer {n}", quarter, 92))
    for name, times in (("Anders And", 4), ("Bodil Bo", 3)):  # 7 stays of 10 nights: 70
        citizen = make_citizen(name=name)
        for at in range(times):
            first = quarter + timedelta(days=20 * at)
            place.stay(first, first + timedelta(days=10), citizen=citizen)
            lines.append(line(name, first, 11))
    resident(place, "Carl Carlsen", quarter, date(2026, 8, 22))  # 52
    lines.append(line("Carl Carlsen", quarter, 59))
    resident(place, "Dora Dam", quarter, None)  # 92
    lines.append(line("Dora Dam", quarter, 92, 1425))
    resident(place, "Erik Ege", date(2026, 9, 27), None)  # 4
    lines.append(line("Erik Ege", date(2026, 9, 27), 4))

    invoice = apply(client, load(client, place, *lines))

    sums = sums_of(invoice)
    assert (sums.nights, invoice.registered_nights, sums.right_nights) == (1612, 1598, 1598)
    wrong = [
        (ln.case.citizen.name, one["code"], one["nights"])
        for ln in invoice.lines.filter(is_right=False)
        .select_related("case__citizen")
        .order_by("position")
        if ln.case
        for one in ln.differences
    ]
    assert wrong == [
        *[("Anders And", "discharge_day", 1)] * 4,
        *[("Bodil Bo", "discharge_day", 1)] * 3,
        ("Carl Carlsen", "after_discharge", 7),
        ("Dora Dam", "rate", 92),
    ]
    # 14 nights too many at 1,450, and 92 nights invoiced 25 kr. too low
    assert sums.disputed_dkk == Decimal(14 * 1450 - 92 * 25)
    html = read(client.get(page(invoice)))
    assert "Udskrivningsdagen er faktureret som en nat, 11. juli." in html
    assert "7 nætter efter udskrivningen, 22. aug. – 28. aug." in html
    assert "Faktureret til 1.425 kr. pr. nat; taksten er 1.450 kr. (92 nætter)." in html
    assert "I har faktureret 1.612 nætter" in letter_draft(invoice, sums)


def test_the_dry_run_names_what_differs_and_saves_nothing(client: Client, place: Place) -> None:
    resident(place, "Alma Prøve", date(2026, 9, 1), date(2026, 9, 11))
    run = load(
        client,
        place,
        line("Alma Prøve", date(2026, 9, 1), 11),
        line("Ukendt Person", date(2026, 9, 1), 2),
        "Alma Prøve;;;01-09-2026;;mange;1450;1450",
    )

    assert run.counts == {"new": 2, "error": 1}
    html = read(client.get(reverse("imports:import_detail", args=[run.reference])))
    assert "Faktureret på udskrivningsdagen" in html
    assert "Ukendt beboer" in html
    assert "er ikke et helt tal" in html
    assert not Invoice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_invoice_again_changes_nothing(client: Client, place: Place) -> None:
    resident(place, "Alma Prøve", date(2026, 9, 1), None)
    row = line("Alma Prøve", date(2026, 9, 1), 30)
    apply(client, load(client, place, row))
    assert load(client, place, row).counts == {"same": 1}
    again = load(client, place, row, number="2026-78")
    assert again.lines[0][2] == "Faktureret to gange"


def test_a_resident_is_found_by_cpr_and_by_the_shelters_number(
    client: Client, place: Place
) -> None:
    place.stay(date(2026, 9, 1), citizen=make_citizen(name="Alma", cpr="3002810007"))
    other = place.stay(date(2026, 9, 1), citizen=make_citizen(name="Bo"))
    Stay.objects.filter(pk=other.pk).update(external_id="K-12")
    run = load(
        client,
        place,
        line("", date(2026, 9, 1), 30, who="300281-0007;"),
        line("", date(2026, 9, 1), 30, who=";k-12"),
    )
    assert [text for _n, _s, text in run.lines] == ["Stemmer med det registrerede"] * 2
    assert "3002810007" not in str(run.lines)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"last_on": "30-06-2026"}, "Den sidste nat er før den første"),
        ({"shelter": "x"}, "Boform"),
        ({"number": ""}, "Fakturanummer"),
        ({"first_on": "i overgår måske"}, "Fakturaens første nat"),
    ],
)
def test_a_form_filled_in_wrongly_says_what_to_write(
    client: Client, place: Place, changed: dict[str, str], told: str
) -> None:
    client.force_login(place.hanne)
    values = {
        "unit": place.team.pk,
        "shelter": str(place.shelter.reference),
        "number": "1",
        "first_on": "01-07-2026",
        "last_on": "30-09-2026",
    }
    response = client.post(
        reverse("imports:import_create", args=["invoices"]),
        values | changed | {"file": SimpleUploadedFile("f.csv", HEAD.encode() + b"\n1;2;3")},
    )
    assert response.status_code == 422
    assert told in read(response)


@pytest.fixture
def invoice(place: Place) -> Invoice:
    """Alma at Kilden ten nights of September, invoiced for eleven."""
    from crosssector.reimbursement.invoice_file import InvoiceImporter
    from housingfirst.imports.services import plan_of

    stay = resident(place, "Alma Prøve", date(2026, 9, 1), date(2026, 9, 11))
    importer = InvoiceImporter({
        "shelter": str(stay.shelter.reference),
        "number": "2026-77",
        "first_on": "2026-07-01",
        "last_on": "2026-09-30",
        "municipality": str(place.municipality.pk),
    })  # fmt: skip
    content = "\n".join((HEAD, line("Alma Prøve", date(2026, 9, 1), 11))).encode()
    plan = plan_of(importer, place.team, content, place.hanne)
    importer.apply(plan, place.team, place.hanne, lambda _done: None)
    return Invoice.objects.get()


def test_an_objection_keeps_its_letter_and_is_accepted_when_put_right(
    client: Client, place: Place, invoice: Invoice
) -> None:
    client.force_login(User.objects.get(pk=place.hanne.pk))
    html = read(client.get(page(invoice, "invoice_object")))
    assert "gør indsigelse mod 1.450 kr." in html
    assert "Alma" not in html  # the words name nobody, the table does
    client.post(page(invoice, "invoice_object"), {"letter": "Send en kreditnota.", "version": 1})
    invoice.refresh_from_db()
    assert (invoice.state, invoice.letter, invoice.settled_by) == (
        "objected",
        "Send en kreditnota.",
        place.hanne,
    )
    pdf = client.get(page(invoice, "invoice_letter"))
    assert pdf.content.startswith(b"%PDF")
    assert 'filename="indsigelse-2026-77.pdf"' in pdf["Content-Disposition"]
    assert AccessEntry.objects.filter(what="invoice_letter").exists()
    client.post(page(invoice, "invoice_accept"), {"version": invoice.version})
    invoice.refresh_from_db()
    assert invoice.state == "accepted"
    with pytest.raises(InvoiceIsSettled):
        services.invoice_object(invoice=invoice, letter="Nej", actor=place.hanne)


def test_an_empty_letter_is_refused(client: Client, place: Place, invoice: Invoice) -> None:
    with pytest.raises(LetterMissing):
        services.invoice_object(invoice=invoice, letter="  ", actor=place.hanne)
    client.force_login(User.objects.get(pk=place.hanne.pk))
    assert client.post(page(invoice, "invoice_object"), {"letter": ""}).status_code == 422
    stale = client.post(page(invoice, "invoice_object"), {"letter": "Nej", "version": 9})
    assert stale.status_code == 422
    assert "Nej" in read(stale)


def test_who_may_not_see_the_citizen_reads_a_sum(
    client: Client, place: Place, invoice: Invoice
) -> None:
    citizen = Stay.objects.get().citizen
    AccessBlock.objects.create(user=place.helle, citizen=citizen, reason="Søskende")
    client.force_login(User.objects.get(pk=place.helle.pk))
    html = read(client.get(page(invoice)))
    assert "Alma" not in html
    assert "1 linje handler om en borger, du ikke har adgang til" in html
    client.get(page(invoice, "invoice_letter"))
    assert AccessEntry.objects.filter(what="invoice_letter").latest("at").citizen_ids == []


@pytest.mark.parametrize("role", [Role.ADVISER, Role.SUPPORT_WORKER])
def test_only_those_with_the_right_see_and_settle_invoices(
    client: Client, place: Place, invoice: Invoice, role: Role
) -> None:
    user = make_user(role, place.team)
    client.force_login(user)
    assert client.get(LIST).status_code == 404
    assert client.get(page(invoice)).status_code == 404
    for actor in (user, make_place().hanne):
        with pytest.raises(NotPermitted):
            services.invoice_accept(invoice=invoice, actor=actor)


def test_pages_ask_as_often_for_many_lines(client: Client, place: Place, invoice: Invoice) -> None:
    client.force_login(User.objects.get(pk=place.hanne.pk))
    client.get(page(invoice))
    asked = []
    for more in (0, 20):
        first = invoice.lines.order_by("position")[0]
        for n in range(more):
            first.pk, first.position = None, 100 + n
            first.save()
        with CaptureQueriesContext(connection) as queries:
            client.get(page(invoice))
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 15
    assert "2026-77" in read(client.get(LIST))

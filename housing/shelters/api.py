"""Stays, for the shelters' own systems: read, admit, discharge."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.citizens.cpr import Cpr, NotCpr, parse_cpr
from housing.shelters import services
from housing.shelters.access import require_at, stay_for
from housing.shelters.enums import AcuteNeed, AdmissionRoute, DischargeTo
from housing.shelters.models import Bed, Shelter, Stay
from housing.shelters.services import Newcomer
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Municipality
from housingfirst.access.services import require_page
from housingfirst.api.v1 import router
from housingfirst.api.versions import IF_MATCH, etag, version_in
from housingfirst.api.views import ActorViewSet


class StayOut(serializers.ModelSerializer[Stay]):
    citizen = serializers.UUIDField(source="citizen.reference")
    case = serializers.UUIDField(source="case.reference")
    shelter = serializers.UUIDField(source="shelter.reference")
    bed = serializers.UUIDField(source="bed.reference", allow_null=True, default=None)
    municipality = serializers.CharField(source="case.municipality.code")
    discharge_to = serializers.ChoiceField(DischargeTo.choices, allow_blank=True)

    class Meta:
        model = Stay
        fields = (
            "reference",
            "citizen",
            "case",
            "municipality",
            "shelter",
            "bed",
            "admitted_on",
            "discharged_on",
            "discharge_to",
            "route",
            "need",
            "daily_rate_dkk",
            "resident_payment_dkk",
            "keeps_own_home",
            "external_id",
            "version",
        )
        read_only_fields = fields


@extend_schema_field({"type": "string", "writeOnly": True, "example": "300280-0001"})
class CprField(serializers.Field[Cpr, str, str, Cpr]):
    """Ten digits with or without hyphen; modulus 11 is not checked. Never sent back."""

    default_error_messages: ClassVar = {"invalid": "Not a CPR number. Write ddmmyy-xxxx."}

    def to_internal_value(self, data: object) -> Cpr:
        try:
            return parse_cpr(str(data))
        except NotCpr:
            self.fail("invalid")

    def to_representation(self, value: Cpr) -> str:
        return "••••••-••••"


class StayIn(serializers.Serializer[Stay]):
    """An admission. `form_key` makes a repeated call give the stay the first one led to."""

    shelter = serializers.UUIDField()
    form_key = serializers.UUIDField()
    cpr = CprField(required=False, allow_null=True)
    name = serializers.CharField(max_length=120)
    birth_date = serializers.DateField(required=False, allow_null=True)
    municipality = serializers.CharField(max_length=4, help_text="Code of the acting municipality")
    admitted_on = serializers.DateField()
    bed = serializers.UUIDField(required=False, allow_null=True)
    route = serializers.ChoiceField(choices=AdmissionRoute.choices)
    need = serializers.ChoiceField(choices=AcuteNeed.choices)
    reason = serializers.CharField(max_length=2_000)
    keeps_own_home = serializers.BooleanField(default=False)
    daily_rate_dkk = serializers.DecimalField(8, 2, min_value=0, required=False)
    resident_payment_dkk = serializers.DecimalField(8, 2, min_value=0, required=False)
    external_id = serializers.CharField(max_length=60, required=False, default="")

    def validate_municipality(self, value: str) -> Municipality:
        place = Municipality.objects.filter(code=value).first()
        if place is None:
            raise serializers.ValidationError("There is no municipality with this code.")
        return place

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        if not attrs.get("cpr") and not attrs.get("birth_date"):
            raise serializers.ValidationError("Send a CPR number or a date of birth.")
        return attrs


class DischargeIn(serializers.Serializer[Stay]):
    discharged_on = serializers.DateField()
    discharge_to = serializers.ChoiceField(choices=DischargeTo.choices)
    reason = serializers.CharField(max_length=2_000, required=False, default="")


@extend_schema_view(
    list=extend_schema(summary="Stays at your own shelters, or on cases you see"),
    retrieve=extend_schema(summary="One stay"),
)
class StayViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet[Stay]):
    queryset = Stay.objects.none()  # the schema reads the model from here
    serializer_class = StayOut
    lookup_value_converter = "uuid"
    scope_subject: ClassVar[str] = "stays"

    def get_queryset(self) -> QuerySet[Stay]:
        return Stay.objects.visible_to(self.actor).select_related(
            "citizen", "case__municipality", "shelter", "bed"
        )

    def list(self, request: Request, *args: object, **kwargs: object) -> Response:
        page: list[Stay] = self.paginate_queryset(self.get_queryset()) or []
        log(self.actor, LogAction.LISTED, [stay.citizen_id for stay in page], what="api:stays")
        return self.get_paginated_response(StayOut(page, many=True).data)

    def retrieve(self, request: Request, reference: UUID) -> Response:
        stay = stay_for(self.actor, reference)
        log(self.actor, LogAction.VIEWED, [stay.citizen_id], what="api:stay")
        return Response(StayOut(stay).data, headers=etag(stay.version))

    @extend_schema(
        summary="Register an admission",
        request=StayIn,
        responses={status.HTTP_201_CREATED: StayOut},
    )
    def create(self, request: Request) -> Response:
        require_page(self.actor, Act.STAY_REGISTER)
        given = StayIn(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        shelter = self._shelter(values.pop("shelter"))
        newcomer = Newcomer(
            name=values.pop("name"),
            cpr=values.pop("cpr", None),
            birth_date=values.pop("birth_date", None),
        )
        stay = services.stay_admit(
            shelter=shelter,
            citizen=newcomer,
            bed=self._bed(shelter, values.pop("bed", None)),
            actor=self.actor,
            **values,
        )
        log(self.actor, LogAction.CHANGED, [stay.citizen_id], what="api:stay")
        return Response(StayOut(stay).data, status.HTTP_201_CREATED, headers=etag(stay.version))

    @extend_schema(
        summary="Discharge", request=DischargeIn, responses=StayOut, parameters=[IF_MATCH]
    )
    @action(detail=True, methods=["post"])
    def discharge(self, request: Request, reference: UUID) -> Response:
        stay = stay_for(self.actor, reference)
        require_at(self.actor, stay.shelter)
        given = DischargeIn(data=request.data)
        given.is_valid(raise_exception=True)
        services.stay_discharge(
            stay=stay,
            discharged_on=given.validated_data["discharged_on"],
            to=DischargeTo(given.validated_data["discharge_to"]),
            reason=given.validated_data["reason"],
            actor=self.actor,
            version=version_in(request),
        )
        log(self.actor, LogAction.CHANGED, [stay.citizen_id], what="api:stay")
        return Response(StayOut(stay).data, headers=etag(stay.version))

    def _shelter(self, reference: UUID) -> Shelter:
        shelter = (
            Shelter.objects.filter(
                reference=reference, unit__in=self.actor.unit_ids_for(Act.STAY_REGISTER)
            )
            .select_related("unit__municipality", "unit__group")
            .first()
        )
        if shelter is None:
            raise serializers.ValidationError({"shelter": ["No shelter of yours has this name."]})
        return shelter

    def _bed(self, shelter: Shelter, reference: UUID | None) -> Bed | None:
        if reference is None:
            return None
        bed = Bed.objects.filter(room__shelter=shelter, reference=reference).first()
        if bed is None:
            raise serializers.ValidationError({"bed": ["The shelter has no such bed."]})
        return bed


def register() -> None:
    router.register("stays", StayViewSet, basename="stay")

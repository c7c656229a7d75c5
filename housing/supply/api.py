"""Vacancies, for housing organisations' systems: read and report."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from housing.supply import services
from housing.supply.enums import VacancyEnd
from housing.supply.models import Dwelling, Vacancy
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act
from housingfirst.access.services import require_page
from housingfirst.api.v1 import router
from housingfirst.api.versions import etag
from housingfirst.api.views import ActorViewSet
from housingfirst.base.errors import NotPermitted

NO_DWELLING = serializers.ValidationError({"dwelling": ["No dwelling of yours has this name."]})


class VacancyOut(serializers.ModelSerializer[Vacancy]):
    """No address: whoever reported it has it, and it may soon be a protected one."""

    dwelling = serializers.UUIDField(source="dwelling.reference")
    dwelling_number = serializers.CharField(source="dwelling.number")
    estate = serializers.CharField(source="dwelling.estate.name")
    rooms = serializers.IntegerField(source="dwelling.rooms")
    size_m2 = serializers.IntegerField(source="dwelling.size_m2")
    ended = serializers.ChoiceField(VacancyEnd.choices, allow_blank=True)

    class Meta:
        model = Vacancy
        fields = (
            "reference",
            "dwelling",
            "dwelling_number",
            "estate",
            "rooms",
            "size_m2",
            "reported_on",
            "available_from",
            "answer_by",
            "vacancy_rent_from",
            "rent_dkk",
            "deposit_dkk",
            "closed_on",
            "ended",
            "version",
        )
        read_only_fields = fields


class VacancyIn(serializers.Serializer[Vacancy]):
    """A dwelling reported vacant. `form_key` makes a repeated call give the first vacancy."""

    dwelling = serializers.UUIDField()
    form_key = serializers.UUIDField()
    reported_on = serializers.DateField()
    available_from = serializers.DateField()
    answer_by = serializers.DateTimeField(required=False, allow_null=True)
    vacancy_rent_from = serializers.DateField(required=False, allow_null=True)
    rent_dkk = serializers.DecimalField(9, 2, min_value=0, required=False)
    deposit_dkk = serializers.DecimalField(10, 2, min_value=0, required=False)
    is_given = serializers.BooleanField(
        required=False,
        default=True,
        help_text="False: the organisation lets it itself; it is counted for the quarter rule.",
    )


@extend_schema_view(
    list=extend_schema(summary="Vacancies of your organisation, or reported to your municipality"),
    retrieve=extend_schema(summary="One vacancy"),
)
class VacancyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet[Vacancy]):
    queryset = Vacancy.objects.none()  # the schema reads the model from here
    serializer_class = VacancyOut
    lookup_value_converter = "uuid"
    scope_subject: ClassVar[str] = "vacancies"

    def get_queryset(self) -> QuerySet[Vacancy]:
        return Vacancy.objects.visible_to(self.actor).select_related("dwelling__estate")

    def retrieve(self, request: Request, reference: UUID) -> Response:
        vacancy = self.get_queryset().filter(reference=reference).first()
        if vacancy is None:
            raise Denied("vacancy")
        return Response(VacancyOut(vacancy).data, headers=etag(vacancy.version))

    @extend_schema(
        summary="Report a vacancy",
        request=VacancyIn,
        responses={status.HTTP_201_CREATED: VacancyOut},
    )
    def create(self, request: Request) -> Response:
        require_page(self.actor, Act.VACANCY_REPORT)
        given = VacancyIn(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        dwelling = (
            Dwelling.objects.filter(reference=values.pop("dwelling"))
            .select_related("estate__area")
            .first()
        )
        if dwelling is None:
            raise NO_DWELLING
        try:
            vacancy = services.vacancy_report(dwelling=dwelling, actor=self.actor, **values)
        except NotPermitted:  # another organisation's dwelling: not to be told from none
            raise NO_DWELLING from None
        answer = VacancyOut(vacancy).data
        return Response(answer, status.HTTP_201_CREATED, headers=etag(vacancy.version))


def register() -> None:
    router.register("vacancies", VacancyViewSet, basename="vacancy")

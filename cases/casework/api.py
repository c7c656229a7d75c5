"""Cases, for other systems: read only."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access import case_for
from cases.casework.models import Case
from cases.citizens.models import Citizen
from housingfirst.access.enums import LogAction
from housingfirst.access.log import log
from housingfirst.api.v1 import router
from housingfirst.api.versions import etag
from housingfirst.api.views import ActorViewSet


class CitizenOut(serializers.ModelSerializer[Citizen]):
    """No CPR number and no address: those are shown to people, one at a time, and logged."""

    is_protected = serializers.BooleanField()

    class Meta:
        model = Citizen
        fields = (
            "reference",
            "name",
            "birth_date",
            "is_protected",
            "language",
            "needs_interpreter",
        )
        read_only_fields = fields


class CaseOut(serializers.ModelSerializer[Case]):
    citizen = CitizenOut()
    municipality = serializers.CharField(source="municipality.code")
    unit = serializers.UUIDField(source="unit.reference", allow_null=True, default=None)
    adviser = serializers.CharField(source="adviser.name", allow_null=True, default=None)

    class Meta:
        model = Case
        fields = (
            "reference",
            "number",
            "citizen",
            "municipality",
            "unit",
            "adviser",
            "opened_on",
            "closed_on",
            "version",
        )
        read_only_fields = fields


@extend_schema_view(
    list=extend_schema(summary="Cases your unit may see, newest first"),
    retrieve=extend_schema(summary="One case"),
)
class CaseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet[Case]):
    queryset = Case.objects.none()  # the schema reads the model from here
    serializer_class = CaseOut
    scope_subject: ClassVar[str] = "cases"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Case]:
        return Case.objects.visible_to(self.actor).select_related(
            "citizen", "municipality", "unit", "adviser"
        )

    def list(self, request: Request, *args: object, **kwargs: object) -> Response:
        page: list[Case] = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        log(self.actor, LogAction.LISTED, [case.citizen_id for case in page], what="api:cases")
        return self.get_paginated_response(CaseOut(page, many=True).data)

    def retrieve(self, request: Request, reference: UUID) -> Response:
        case = case_for(self.actor, reference)
        log(self.actor, LogAction.VIEWED, [case.citizen_id], what="api:case")
        return Response(CaseOut(case).data, headers=etag(case.version))


def register() -> None:
    router.register("cases", CaseViewSet, basename="case")

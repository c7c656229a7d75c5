"""What the API's viewsets share."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from django.db.models import Model
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from housingfirst.access.models import User
from housingfirst.api.permissions import HasScope


class NewestFirst(CursorPagination):
    """Pages by keyset, so that the hundredth costs what the first does."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering = "-pk"

    def get_page_size(self, request: Request) -> int:
        """The size asked for. Raises ValidationError for what is none."""
        asked = request.query_params.get(self.page_size_query_param, str(self.page_size))
        is_number = asked.isascii() and asked.isdigit() and len(asked) < 5
        if not (is_number and 1 <= int(asked) <= self.max_page_size):
            raise ValidationError(
                {self.page_size_query_param: [f"A whole number from 1 to {self.max_page_size}."]}
            )
        return int(asked)


Row = TypeVar("Row", bound=Model)


class ActorViewSet(GenericViewSet[Row]):
    """A viewset that knows who acts. It offers only the actions its subclass mixes in.

    `scope_subject` is the part of the scope before the colon.
    """

    permission_classes = (HasScope,)
    pagination_class = NewestFirst
    lookup_field = "reference"
    scope_subject: ClassVar[str]

    @property
    def actor(self) -> User:
        user = self.request.user
        assert isinstance(user, User)  # IsAuthenticated has let it through
        return user

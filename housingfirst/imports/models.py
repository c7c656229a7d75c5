"""An import: the file, what a dry run said of each line, and when it was applied."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from housingfirst.access.models import User
from housingfirst.base.db import Record
from housingfirst.imports.enums import RunState


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: User) -> Self:
        """The imports of the user's own units."""
        return self.filter(unit__in=[m.unit_id for m in user.current_memberships])


class ImportRun(Record):
    """One file on its way in. The file itself is sealed, and forgotten when it is applied."""

    importer = models.CharField(_("kind"), max_length=20)
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    options = models.JSONField(default=dict)
    content = models.BinaryField(null=True, editable=False)
    digest = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.CHECKING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    lines = models.JSONField(default=list)
    problem = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["unit", "-created_at"], name="imports_run_newest")]

    def __str__(self) -> str:
        return f"{self.importer} {self.created_at:%Y-%m-%d}"

"""The form a file comes in by."""

from __future__ import annotations

from django import forms as django_forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from housingfirst.access.models import Unit, User
from housingfirst.imports.importers import Asking, Importer
from housingfirst.imports.reading import MAX_MEGABYTES
from housingfirst.ui import forms


class ImportForm(forms.Form):
    """A file for one of the units in which `user` may import this."""

    unit = django_forms.ModelChoiceField(
        label=_("For"), queryset=Unit.objects.none(), empty_label=None
    )
    file = django_forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX. Nothing is saved before you have seen what it would do."),
        widget=django_forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )

    def __init__(self, user: User, importer: Importer, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["unit"]
        assert isinstance(units, django_forms.ModelChoiceField)
        units.queryset = Unit.objects.filter(pk__in=user.unit_ids_for(importer.act))
        self._asked = importer.fields(user) if isinstance(importer, Asking) else {}
        self.fields |= self._asked

    @property
    def asked(self) -> list[BoundField]:
        """The importer's own fields."""
        return [self[name] for name in self._asked]

    def clean_file(self) -> bytes:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_MEGABYTES * 1024 * 1024:
            raise django_forms.ValidationError(
                _("The file is too large. Divide it into files of at most %(megabytes)s MB."),
                params={"megabytes": MAX_MEGABYTES},
            )
        self.file_name: str = upload.name or ""
        return bytes(upload.read())

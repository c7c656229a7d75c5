"""Widgets with the design system's markup."""

from typing import Any

from django import forms


class Seg(forms.RadioSelect):
    """Two to six exclusive choices as large buttons; `icons` maps a value to an icon's name."""

    template_name = "components/widgets/seg.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        large: bool = False,
        icons: dict[str, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.large = large
        self.icons = icons or {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["large"] = self.large
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["icon"] = self.icons.get(str(option["value"]), "")
        return option


class Radios(forms.RadioSelect):
    """Exclusive choices as a list, for longer texts."""

    template_name = "components/widgets/choices.html"


class Checks(forms.CheckboxSelectMultiple):
    """Several of a list."""

    template_name = "components/widgets/choices.html"


class Tags(forms.CheckboxSelectMultiple):
    """Several of a few short words, as filters look."""

    template_name = "components/widgets/tags.html"


class LongText(forms.Textarea):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 2, **(attrs or {})})


class DayInput(forms.TextInput):
    """A day as text; what was understood is written beside it."""

    echo = "day"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})


class MomentInput(DayInput):
    echo = "moment"

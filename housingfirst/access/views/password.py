"""Setting a password by a link that works once."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from housingfirst.access.models import User


# Who follows the link cannot log in yet: the link itself is the key.
@method_decorator(
    [
        login_not_required,
        require_http_methods(["GET", "POST"]),  # a spent link answers before the view looks
        sensitive_post_parameters(),
        never_cache,
    ],
    name="dispatch",
)
class PasswordSet(PasswordResetConfirmView):
    """Django's view, with the user's public reference in the address and our words.

    The secret leaves the address at once: it is kept in the session while the form is open.
    """

    template_name = "access/user/password_set.html"
    success_url = reverse_lazy("access:password_done")

    def get_user(self, uidb64: str) -> Any:
        """The active user whose reference is in the address, or None."""
        try:
            return User.objects.filter(reference=UUID(uidb64), is_active=True).first()
        except ValueError:
            return None

    def get_form(self, form_class: Any = None) -> "SetPasswordForm[Any]":
        form: SetPasswordForm[Any] = super().get_form(form_class)
        form.fields["new_password1"].label = _("New password")
        form.fields["new_password2"].label = _("The same once more")
        return form

    def form_invalid(self, form: "SetPasswordForm[Any]") -> HttpResponse:
        if form.cleaned_data.get("new_password1") and not form.has_error(
            "new_password2", "password_mismatch"
        ):  # Django tells at the repetition that the password itself is weak
            weak = form.errors.pop("new_password2", None)
            if weak:
                form.errors["new_password1"] = weak
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


@login_not_required  # the user has a password now, and logs in from here
@require_GET
def password_done(request: HttpRequest) -> HttpResponse:
    return render(request, "access/user/password_done.html")

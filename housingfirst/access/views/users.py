"""The administrator's pages about users and what they may do."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from housingfirst.access import selectors, services
from housingfirst.access.enums import Act, Role
from housingfirst.access.forms import (
    MembershipEndForm,
    MembershipForm,
    UserChangeForm,
    UserForm,
)
from housingfirst.access.models import User
from housingfirst.access.services import require_page
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request, is_partial
from housingfirst.ui.forms import clean_line
from housingfirst.ui.forms.once import once
from housingfirst.ui.parts import Filter, Page


@require_GET
@vary_on_headers("HX-Request")
def user_list(request: Request) -> HttpResponse:
    """Those who have a role in the municipality, and those who have none yet."""
    require_page(request.user, Act.USERS_MANAGE)
    query = request.GET.dict()
    query["q"] = clean_line(query.get("q", ""))[:100]
    found = selectors.users_for(request.user, query, timezone.localdate())
    off = query.get("off") == "1"
    context = {
        "users": found.rows,
        "page": Page(*found.addresses({key: value for key, value in query.items() if value})),
        "q": query["q"],
        "is_new": not any(query.values()) and len(found.rows) == 1,
        "filters": [
            Filter(_("May log in"), "?", is_current=not off),
            Filter(_("Switched off"), "?off=1", is_current=off),
        ],
    }
    part = "#user-list" if is_partial(request) and request.htmx.target == "user-list" else ""
    return render(request, f"access/user/list.html{part}", context)


@require_http_methods(["GET", "POST"])
def user_create(request: Request) -> HttpResponse:
    require_page(request.user, Act.USERS_MANAGE)
    form = UserForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    user = services.user_create(**form.cleaned_data, actor=request.user)
                    sent.result = _address(user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The user is created. Give them a role, and a link to set a password.")
            )
            return redirect(sent.address)
    status = 422 if form.errors else 200
    return render(request, "access/user/create.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def user_edit(request: Request, user_reference: UUID) -> HttpResponse:
    """A user: details, roles now and before, and a link to set a password."""
    require_page(request.user, Act.USERS_MANAGE)
    user = selectors.user_for(request.user, user_reference)
    if request.method == "GET":
        return _user_page(request, user)
    form = UserChangeForm(request.POST)
    if form.is_valid():
        try:
            services.user_change(user=user, **form.cleaned_data, actor=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            user.refresh_from_db()
        else:
            messages.success(request, _("The user is saved."))
            return redirect(_address(user))
    return _user_page(request, user, form=form)


@require_POST
def membership_add(request: Request, user_reference: UUID) -> HttpResponse:
    require_page(request.user, Act.USERS_MANAGE)
    user = selectors.user_for(request.user, user_reference)
    form = MembershipForm(request.POST, units=list(selectors.units_for(request.user)))
    if form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    services.membership_add(
                        user=user,
                        unit=form.chosen_unit,
                        role=Role(form.cleaned_data["role"]),
                        valid_from=form.cleaned_data["valid_from"],
                        valid_to=form.cleaned_data["valid_to"],
                        actor=request.user,
                    )
                    sent.result = _address(user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The role is given. The user logs in again to use it."))
            return redirect(sent.address)
    return _user_page(request, user, membership_form=form)


@require_http_methods(["GET", "POST"])
def membership_end(request: Request, membership_reference: UUID) -> HttpResponse:
    require_page(request.user, Act.USERS_MANAGE)
    membership = selectors.membership_for(request.user, membership_reference)
    form = MembershipEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.membership_end(
                membership=membership,
                valid_to=form.cleaned_data["valid_to"],
                actor=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
            membership.refresh_from_db()
        else:
            messages.success(request, _("The end of the role is saved. Open sessions have ended."))
            return redirect(_address(membership.user))
    context = {"form": form, "membership": membership}
    status = 422 if form.errors else 200
    return render(request, "access/membership/end.html", context, status=status)


@require_POST
def password_link(request: Request, user_reference: UUID) -> HttpResponse:
    """A link by which the user sets a password once; the administrator hands it over."""
    require_page(request.user, Act.USERS_MANAGE)
    user = selectors.user_for(request.user, user_reference)
    try:
        token = services.password_token(user=user, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(_address(user))
    path = reverse("access:password_set", args=[user.reference, token])
    context = {"person": user, "link": request.build_absolute_uri(path)}
    return render(request, "access/user/password_link.html", context)


def _user_page(
    request: Request,
    user: User,
    *,
    form: UserChangeForm | None = None,
    membership_form: MembershipForm | None = None,
) -> HttpResponse:
    has_errors = bool((form and form.errors) or (membership_form and membership_form.errors))
    context: dict[str, Any] = {
        "person": user,
        "form": form or UserChangeForm(initial=_values(user)),
        "membership_form": membership_form
        or MembershipForm(units=list(selectors.units_for(request.user))),
        "memberships": selectors.memberships_of(user, request.user),
        "is_mine": selectors.manages_user(request.user, user),
        "is_self": user.pk == request.user.pk,
        "today": timezone.localdate(),
    }
    status = 422 if has_errors else 200
    return render(request, "access/user/edit.html", context, status=status)


def _values(user: User) -> Mapping[str, Any]:
    return {
        "name": user.name,
        "email": user.email,
        "title": user.title,
        "phone": user.phone,
        "is_active": user.is_active,
    }


def _address(user: User) -> str:
    return reverse("access:user_edit", args=[user.reference])

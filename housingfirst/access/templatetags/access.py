"""`{% load access %}`: the access log's codes in words."""

from django import template

from housingfirst.access import what
from housingfirst.access.enums import Role

register = template.Library()

register.filter("what_name", what.what_name)
register.filter("detail_name", what.detail_name)


@register.filter
def role_name(role: str) -> str:
    return str(Role(role).label) if role in Role.values else role

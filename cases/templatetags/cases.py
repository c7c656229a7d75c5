"""`{% load cases %}`: what the pages of a case share."""

from django import template

from cases.casework.whereabouts import unit_shown

register = template.Library()

register.filter("unit_shown", unit_shown)

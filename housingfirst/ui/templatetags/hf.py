"""`{% load hf %}`: every shared tag and filter. Usage: docs/ui.md; looks: /ui/gallery/ (DEBUG)."""

from django import template

from housingfirst.ui.tags import blocks, drawings, marks, sections, writing

register = template.Library()

for _part in (blocks, drawings, marks, sections, writing):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)

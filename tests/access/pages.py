"""Addresses of the administrator's pages, and what stands on them."""

from typing import Any

from django.urls import reverse


def url(name: str, *args: Any) -> str:
    return reverse(f"access:{name}", args=args)

"""Where the catalogue lies."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PO = Path("locale/da/LC_MESSAGES/django.po")

"""The law's answers for other systems and for anyone with a pen: JSON in, JSON out, no database.

`compute` is what `manage.py compute_reimbursement` does; docs/law/compute_reimbursement.md
describes both sides of it.
"""

from housingfirst.lawbook.exchange.compute import compute
from housingfirst.lawbook.exchange.refusals import InputRefused
from housingfirst.lawbook.exchange.schema import json_schema

__all__ = ["InputRefused", "compute", "json_schema"]

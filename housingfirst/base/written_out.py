"""Columns whose SQL is written once, for a query that is kept and used again and again."""

from __future__ import annotations

from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable, RawSQL

AnyModel = TypeVar("AnyModel", bound=Model)


def written_out(rows: QuerySet[AnyModel], **columns: Combinable) -> QuerySet[AnyModel]:
    """`rows.annotate(**columns)`, with the columns as the SQL that Django makes of them.

    Django writes a query anew at every use, which for large subqueries takes longer than to run it.
    Give columns that lean on the row's own table alone, and filter the rows further as you like.
    """
    compiler = rows.annotate(**columns).query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.setup_query()
    written = {}
    for name in columns:
        column = compiler.query.annotations[name]
        sql, params = compiler.compile(column)
        written[name] = RawSQL(sql, params, output_field=column.output_field)
    found: QuerySet[AnyModel] = rows.annotate(**written)
    return found

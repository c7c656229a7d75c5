"""What the database itself must know before any table: two extensions and the Danish order."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

# Sorts as a Dane would, on any server and whatever its locale: æ, ø and å come last, aa is å.
DANISH_ORDER = """
CREATE FUNCTION danish_order(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(replace(lower(value), 'aa', 'å'), 'æäøöåü', '{{||}y') COLLATE "C"
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(DANISH_ORDER, "DROP FUNCTION danish_order(text)"),
    ]

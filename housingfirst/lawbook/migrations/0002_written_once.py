"""A choice is written once: what a claim was counted with can always be told."""

from django.db import migrations

CREATE = """
CREATE FUNCTION lawbook_choice_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A choice is never changed: make a new one'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER lawbook_choice_append_only BEFORE UPDATE OR DELETE ON lawbook_municipalchoice
    FOR EACH ROW EXECUTE FUNCTION lawbook_choice_refuse();
"""

DROP = """
DROP TRIGGER lawbook_choice_append_only ON lawbook_municipalchoice;
DROP FUNCTION lawbook_choice_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("lawbook", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]

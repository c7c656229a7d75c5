"""The access log's table: partitioned by month, and nothing but INSERT and SELECT allowed."""

from django.db import migrations

CREATE = """
CREATE SEQUENCE access_entry_id_seq AS bigint;

CREATE TABLE access_entry (
    id bigint NOT NULL DEFAULT nextval('access_entry_id_seq'),
    at timestamptz NOT NULL,
    user_id bigint,
    unit_id bigint,
    role varchar(20) NOT NULL,
    action varchar(10) NOT NULL,
    purpose varchar(12) NOT NULL,
    citizen_ids bigint[] NOT NULL,
    what varchar(80) NOT NULL,
    detail varchar(200) NOT NULL,
    request_id uuid NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE TABLE access_entry_rest PARTITION OF access_entry DEFAULT;

CREATE INDEX access_entry_citizens ON access_entry USING gin (citizen_ids);
CREATE INDEX access_entry_user ON access_entry (user_id, at DESC);
CREATE INDEX access_entry_newest ON access_entry (at DESC, id DESC);

CREATE FUNCTION access_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The access log is never changed' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER access_entry_append_only BEFORE UPDATE OR DELETE ON access_entry
    FOR EACH ROW EXECUTE FUNCTION access_entry_refuse();
CREATE TRIGGER access_entry_never_emptied BEFORE TRUNCATE ON access_entry
    FOR EACH STATEMENT EXECUTE FUNCTION access_entry_refuse();

REVOKE UPDATE, DELETE, TRUNCATE ON access_entry, access_entry_rest FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON access_entry, access_entry_rest FROM CURRENT_USER;

CREATE FUNCTION access_entry_make_partitions(first date, months integer)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    start date;
    part text;
    made integer := 0;
BEGIN
    FOR n IN 0 .. months - 1 LOOP
        start := (date_trunc('month', first) + make_interval(months => n))::date;
        part := 'access_entry_' || to_char(start, 'YYYY_MM');
        IF to_regclass(part) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF access_entry FOR VALUES FROM (%L) TO (%L)',
                part, start, (start + interval '1 month')::date
            );
            EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM PUBLIC', part);
            EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM CURRENT_USER', part);
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END
$$;

SELECT access_entry_make_partitions(current_date, 3);
"""

DROP = """
DROP FUNCTION access_entry_make_partitions(date, integer);
DROP TABLE access_entry;
DROP FUNCTION access_entry_refuse();
DROP SEQUENCE access_entry_id_seq;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]

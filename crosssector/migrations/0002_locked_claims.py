"""A locked claim, its lines and what they stand on are never changed or deleted."""

from django.db import migrations

CREATE = """
CREATE FUNCTION crosssector_claim_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'locked' THEN
        RAISE EXCEPTION 'A locked claim is never changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'crosssector_claim_is_locked';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION crosssector_claim_part_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_locked boolean := false;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT state = 'locked' INTO is_locked FROM crosssector_claim WHERE id = OLD.claim_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NOT coalesce(is_locked, false) THEN
        SELECT state = 'locked' INTO is_locked FROM crosssector_claim WHERE id = NEW.claim_id;
    END IF;
    IF is_locked THEN
        RAISE EXCEPTION 'A locked claim is never changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'crosssector_claim_is_locked';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER crosssector_claim_locked BEFORE UPDATE OR DELETE ON crosssector_claim
    FOR EACH ROW EXECUTE FUNCTION crosssector_claim_refuse();
CREATE TRIGGER crosssector_claim_locked BEFORE INSERT OR UPDATE OR DELETE ON crosssector_claimline
    FOR EACH ROW EXECUTE FUNCTION crosssector_claim_part_refuse();
CREATE TRIGGER crosssector_claim_locked BEFORE INSERT OR UPDATE OR DELETE ON crosssector_claimfacts
    FOR EACH ROW EXECUTE FUNCTION crosssector_claim_part_refuse();
CREATE TRIGGER crosssector_claim_locked
    BEFORE INSERT OR UPDATE OR DELETE ON crosssector_claimfinding
    FOR EACH ROW EXECUTE FUNCTION crosssector_claim_part_refuse();
"""

DROP = """
DROP TRIGGER crosssector_claim_locked ON crosssector_claimfinding;
DROP TRIGGER crosssector_claim_locked ON crosssector_claimfacts;
DROP TRIGGER crosssector_claim_locked ON crosssector_claimline;
DROP TRIGGER crosssector_claim_locked ON crosssector_claim;
DROP FUNCTION crosssector_claim_part_refuse();
DROP FUNCTION crosssector_claim_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("crosssector", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]

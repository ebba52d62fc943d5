"""The database numbers, times and chains events itself, and refuses to change or remove them."""

from django.db import migrations

# The text that is hashed: each part is written as its length in bytes, a colon and itself, so that no two
# rows can give the same text. assay.platform.audit.chain builds the same text in Python.
FORWARD = r"""
CREATE FUNCTION audit_part(part text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT octet_length(coalesce(part, '')) || ':' || coalesce(part, '') $$;

CREATE FUNCTION audit_event_append() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(7301001);
    SELECT sequence, hash INTO last FROM audit_event ORDER BY sequence DESC LIMIT 1;
    NEW.sequence := coalesce(last.sequence, 0) + 1;
    NEW.previous_hash := coalesce(last.hash, repeat('0', 64));
    NEW.recorded_at := clock_timestamp();
    NEW.hash := encode(sha256(convert_to(
        audit_part(NEW.previous_hash)
        || audit_part(NEW.sequence::text)
        || audit_part(to_char(NEW.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || audit_part(NEW.actor_id::text)
        || audit_part(NEW.verb)
        || audit_part(NEW.object_type)
        || audit_part(NEW.object_id::text)
        || audit_part(NEW.why)
        || audit_part(NEW.data::text), 'UTF8')), 'hex');
    RETURN NEW;
END $$;

CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_event_append BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_append();
CREATE TRIGGER audit_event_refuse_change BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_refuse();
CREATE TRIGGER audit_event_refuse_truncate BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse();
"""

BACKWARD = """
DROP TRIGGER audit_event_refuse_truncate ON audit_event;
DROP TRIGGER audit_event_refuse_change ON audit_event;
DROP TRIGGER audit_event_append ON audit_event;
DROP FUNCTION audit_event_refuse();
DROP FUNCTION audit_event_append();
DROP FUNCTION audit_part(text);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

"""The chain itself: numbering, time and hash are taken inside one lock, and rows never change."""

from django.db import migrations

# What is hashed is plain text: each part as its length in bytes, a colon and itself, so that no two rows give
# the same text. assay.platform.audit.chain builds it again in Python, without trusting these functions.
HASH = """
CREATE FUNCTION audit_part(part text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT octet_length(coalesce(part, '')) || ':' || coalesce(part, '')
$$;
CREATE FUNCTION audit_hash(
    previous text, number bigint, at timestamptz, actor bigint, verb text, kind text, object bigint, why text, data jsonb
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(
        audit_part(previous) || audit_part(number::text)
        || audit_part(to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || audit_part(actor::text) || audit_part(verb) || audit_part(kind) || audit_part(object::text)
        || audit_part(why) || audit_part(data::text), 'UTF8')), 'hex')
$$;
"""

APPEND = """
CREATE FUNCTION audit_append() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('assay.audit'));
    SELECT sequence, hash INTO last FROM audit_event ORDER BY sequence DESC LIMIT 1;
    NEW.sequence := coalesce(last.sequence, 0) + 1;
    NEW.recorded_at := clock_timestamp();
    NEW.previous_hash := coalesce(last.hash, repeat('0', 64));
    NEW.hash := audit_hash(NEW.previous_hash, NEW.sequence, NEW.recorded_at, NEW.actor_id, NEW.verb,
        NEW.object_type, NEW.object_id, NEW.why, NEW.data);
    RETURN NEW;
END $$;
CREATE TRIGGER audit_append BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_append();
"""

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log only grows: % is refused.', lower(TG_OP)
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_only_grows';
END $$;
CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

UNDO = """
DROP TRIGGER audit_refuse_truncate ON audit_event;
DROP TRIGGER audit_refuse_change ON audit_event;
DROP TRIGGER audit_append ON audit_event;
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_append();
DROP FUNCTION audit_hash(text, bigint, timestamptz, bigint, text, text, bigint, text, jsonb);
DROP FUNCTION audit_part(text);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(HASH + APPEND + REFUSE, UNDO)]

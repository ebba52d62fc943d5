"""The database's own guard: decisions are written once, and nobody is rejected without one.

Access checks live in the actions; these triggers hold even for raw SQL and for code that forgets.
"""

from django.db import migrations

WRITTEN_ONCE = """
CREATE FUNCTION deciding_decision_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A decision is written once: % is refused.', lower(TG_OP)
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decision_is_written_once';
END $$;
CREATE TRIGGER decision_is_written_once BEFORE UPDATE OR DELETE ON deciding_decision
    FOR EACH ROW EXECUTE FUNCTION deciding_decision_is_written_once();
"""

EVIDENCE = """
CREATE FUNCTION deciding_rejection_rests_on_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rests boolean;
    needs_screening boolean;
BEGIN
    IF NEW.screening_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM screening_screening s WHERE s.id = NEW.screening_id AND s.application_id = NEW.application_id
    ) THEN
        RAISE EXCEPTION 'The screening shown belongs to another application.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_shows_own_screening';
    END IF;
    IF NEW.undoes_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM deciding_decision d
        WHERE d.id = NEW.undoes_id AND d.application_id = NEW.application_id AND d.kind <> 'undo'
    ) THEN
        RAISE EXCEPTION 'An undo names a decision about the same application.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'undo_names_own_decision';
    END IF;
    IF NEW.kind <> 'reject' THEN
        RETURN NEW;
    END IF;
    IF jsonb_typeof(NEW.evidence_shown) <> 'array' THEN
        RAISE EXCEPTION 'A rejection lists the evidence that was shown.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rejection_rests_on_evidence';
    END IF;
    SELECT coalesce(bool_or(
               jsonb_typeof(item) = 'object' AND (item ->> 'relied_on') = 'true'
               AND coalesce(item ->> 'kind', '') <> '' AND coalesce(item ->> 'says', '') <> ''
           ), false),
           coalesce(bool_or(item ->> 'kind' IN ('score', 'must_have', 'claim', 'flag')), false)
      INTO rests, needs_screening
      FROM jsonb_array_elements(NEW.evidence_shown) AS item;
    IF NOT rests THEN
        RAISE EXCEPTION 'A rejection rests on at least one piece of evidence that was shown.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rejection_rests_on_evidence';
    END IF;
    IF needs_screening AND NEW.screening_id IS NULL THEN
        RAISE EXCEPTION 'A rejection names the screening whose evidence was shown.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rejection_names_screening';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rejection_rests_on_evidence BEFORE INSERT ON deciding_decision
    FOR EACH ROW EXECUTE FUNCTION deciding_rejection_rests_on_evidence();
"""

REJECTED = """
CREATE FUNCTION deciding_rejected_has_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject bigint;
BEGIN
    IF TG_TABLE_NAME = 'deciding_decision' THEN
        subject := NEW.application_id;
    ELSE
        subject := NEW.id;
    END IF;
    IF EXISTS (SELECT 1 FROM pipeline_application a WHERE a.id = subject AND a.status = 'rejected')
       AND NOT EXISTS (
            SELECT 1 FROM deciding_decision d
            WHERE d.application_id = subject AND d.kind = 'reject'
              AND NOT EXISTS (SELECT 1 FROM deciding_decision u WHERE u.undoes_id = d.id)
       ) THEN
        RAISE EXCEPTION 'Application % is rejected, but no person decided so.', subject
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rejected_application_has_decision';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER rejected_application_has_decision
    AFTER INSERT OR UPDATE OF status ON pipeline_application
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'rejected')
    EXECUTE FUNCTION deciding_rejected_has_decision();
CREATE CONSTRAINT TRIGGER undone_rejection_leaves_no_rejected
    AFTER INSERT ON deciding_decision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'undo')
    EXECUTE FUNCTION deciding_rejected_has_decision();
"""

UNGUARD = """
DROP TRIGGER undone_rejection_leaves_no_rejected ON deciding_decision;
DROP TRIGGER rejected_application_has_decision ON pipeline_application;
DROP FUNCTION deciding_rejected_has_decision();
DROP TRIGGER rejection_rests_on_evidence ON deciding_decision;
DROP FUNCTION deciding_rejection_rests_on_evidence();
DROP TRIGGER decision_is_written_once ON deciding_decision;
DROP FUNCTION deciding_decision_is_written_once();
"""


class Migration(migrations.Migration):
    """Adds the triggers after the tables they guard exist."""

    dependencies = [
        ("deciding", "0001_initial"),
        ("pipeline", "0001_initial"),
        ("screening", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(sql=WRITTEN_ONCE + EVIDENCE + REJECTED, reverse_sql=UNGUARD),
    ]

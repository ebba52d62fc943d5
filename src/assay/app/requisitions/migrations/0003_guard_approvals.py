"""The database's own guard: what was put forward and what was said about it is written once, about these facts.

Access checks and rules live in the actions; these triggers hold even for raw SQL and for code that forgets.
"""

from django.db import migrations

WRITTEN_ONCE = """
CREATE FUNCTION requisitions_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is written once: % is refused.', TG_TABLE_NAME, lower(TG_OP)
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'approval_is_written_once';
END $$;
CREATE TRIGGER approval_is_written_once BEFORE UPDATE OR DELETE ON requisitions_approvalverdict
    FOR EACH ROW EXECUTE FUNCTION requisitions_is_written_once();
CREATE TRIGGER submission_is_written_once BEFORE UPDATE OR DELETE ON requisitions_submission
    FOR EACH ROW EXECUTE FUNCTION requisitions_is_written_once();
"""

SAME_FACTS = """
CREATE FUNCTION requisitions_verdict_is_about_its_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM requisitions_submission s WHERE s.id = NEW.submission_id AND s.facts_hash = NEW.facts_hash
    ) THEN
        RAISE EXCEPTION 'A verdict is about the facts of its own submission.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_is_about_its_facts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdict_is_about_its_facts BEFORE INSERT ON requisitions_approvalverdict
    FOR EACH ROW EXECUTE FUNCTION requisitions_verdict_is_about_its_facts();
"""

UNGUARD = """
DROP TRIGGER verdict_is_about_its_facts ON requisitions_approvalverdict;
DROP FUNCTION requisitions_verdict_is_about_its_facts();
DROP TRIGGER submission_is_written_once ON requisitions_submission;
DROP TRIGGER approval_is_written_once ON requisitions_approvalverdict;
DROP FUNCTION requisitions_is_written_once();
"""


class Migration(migrations.Migration):
    """Adds the triggers after the tables they guard exist."""

    dependencies = [("requisitions", "0002_approvals")]

    operations = [migrations.RunSQL(sql=WRITTEN_ONCE + SAME_FACTS, reverse_sql=UNGUARD)]

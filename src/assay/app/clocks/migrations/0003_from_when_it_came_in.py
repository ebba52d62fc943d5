"""Reviews, and the time in the first stage, count from when an application came in here. Those that counted from
before are worked out again in the next minute; what people said about one, and who was told, goes along."""

from django.db import migrations

_OLD = """
FROM pipeline_application a
WHERE a.id = kept.application_id AND a.recorded_at > a.applied_at AND kept.started_at = a.applied_at
    AND kept.kind IN ('review', 'stage')
"""
ALONG = f"""
UPDATE clocks_breachreason kept SET started_at = a.recorded_at {_OLD};
UPDATE clocks_escalation kept SET started_at = a.recorded_at {_OLD};
INSERT INTO clocks_wake (application_id, at)
SELECT DISTINCT kept.application_id, now() FROM clocks_clock kept
JOIN pipeline_application a ON a.id = kept.application_id
WHERE a.recorded_at > a.applied_at AND kept.started_at = a.applied_at AND kept.kind IN ('review', 'stage')
ON CONFLICT (application_id) DO UPDATE SET at = excluded.at;
"""  # noqa: S608 - words of our own


class Migration(migrations.Migration):
    """Has these clocks worked out again."""

    dependencies = [("clocks", "0002_promises_that_go_on"), ("pipeline", "0006_when_we_learnt_of_it")]

    operations = [migrations.RunSQL(sql=ALONG, reverse_sql=migrations.RunSQL.noop)]

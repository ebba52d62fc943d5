"""When an application came in here, beside when they applied. Of those that are there, the audit log knows it: whoever
brought an application in stands there with the moment. An applicant's own stands as it was handed in."""

from django.db import migrations, models
from django.db.models.functions import Now

# A minute, because a piece of an import is written in one transaction: its moment and its rows are the same.
LEARNT = """
UPDATE pipeline_application SET recorded_at = applied_at;
WITH told AS (
    SELECT one.id::bigint AS id, event.recorded_at AS at
    FROM audit_event event, jsonb_array_elements_text(event.data -> 'applications') AS one(id)
    WHERE event.verb = 'applications.recorded'
    UNION ALL
    SELECT event.object_id, event.recorded_at
    FROM audit_event event WHERE event.verb = 'application.recorded' AND event.actor_id IS NOT NULL
), first AS (SELECT id, min(at) AS at FROM told GROUP BY id)
UPDATE pipeline_application a SET
    recorded_at = first.at,
    entered_stage_at = CASE WHEN a.entered_stage_at = a.applied_at THEN first.at ELSE a.entered_stage_at END
FROM first WHERE first.id = a.id AND first.at > a.applied_at + interval '1 minute';
"""


class Migration(migrations.Migration):
    """Adds the column and fills it."""

    dependencies = [("pipeline", "0005_same_people"), ("audit", "0003_chain_check")]

    operations = [
        migrations.AddField(
            model_name="application", name="recorded_at", field=models.DateTimeField(db_default=Now())
        ),
        migrations.RunSQL(sql=LEARNT, reverse_sql=migrations.RunSQL.noop),
    ]

"""Sheets keep that somebody will not answer, and that somebody changed theirs after seeing the result."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("readiness", "0002_sheets_say_who_answers")]

    operations = [
        migrations.AddField(
            model_name="answersheet", name="declined_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="answersheet", name="saw_result_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="answersheet", name="changed_after_at", field=models.DateTimeField(blank=True, null=True)
        ),
    ]

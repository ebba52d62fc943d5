"""A hold ends by itself on its day: such a decision has nobody behind it, and the database knows it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Lets a resumption have no decider, beside the withdrawal."""

    dependencies = [("deciding", "0004_bulk")]

    operations = [
        migrations.RemoveConstraint(model_name="decision", name="only_candidates_act_without_account"),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", False), ("kind__in", ["withdraw", "resume"]), _connector="OR"
                ),
                name="only_candidates_and_calendars_act_without_account",
            ),
        ),
    ]

"""An application that a decision about many could not reach for an unforeseen reason has a cause of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the cause ``failed`` to the choices; nothing in the database changes."""

    dependencies = [("deciding", "0005_holds_end_by_themselves")]

    operations = [
        migrations.AlterField(
            model_name="bulkitem",
            name="cause",
            field=models.CharField(
                blank=True,
                choices=[
                    ("changed", "changed"),
                    ("refused", "refused"),
                    ("band", "band"),
                    ("access", "access"),
                    ("failed", "failed"),
                ],
                max_length=12,
            ),
        ),
    ]

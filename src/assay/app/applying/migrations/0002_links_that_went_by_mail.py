"""A private address that went by mail proves whose it is; one that stood on a page does not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds ``is_mailed``; addresses made before count as shown on a page."""

    dependencies = [("applying", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="statuslink",
            name="is_mailed",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]

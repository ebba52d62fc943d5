"""What was withdrawn stays withdrawn: written once, like the words it ends."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WRITTEN_ONCE = """
CREATE TRIGGER withdrawal_is_written_once BEFORE UPDATE OR DELETE ON requisitions_withdrawal
    FOR EACH ROW EXECUTE FUNCTION requisitions_is_written_once();
"""
TAKEN_BACK_ALREADY = """
INSERT INTO requisitions_withdrawal (requisition_id, number, why, withdrawn_by_id, withdrawn_at)
SELECT r.id, coalesce((SELECT max(s.number) FROM requisitions_submission s WHERE s.requisition_id = r.id), 0),
    'Withdrawn before withdrawals were kept.', r.created_by_id, now()
FROM requisitions_requisition r WHERE r.status = 'withdrawn';
"""
UNGUARD = "DROP TRIGGER withdrawal_is_written_once ON requisitions_withdrawal;"


class Migration(migrations.Migration):
    """Adds the table, keeps what is withdrawn now withdrawn, and guards it."""

    dependencies = [
        ("requisitions", "0003_guard_approvals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("why", models.CharField(max_length=4000)),
                ("withdrawn_at", models.DateTimeField(auto_now_add=True)),
                (
                    "requisition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="requisitions.requisition",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["requisition_id", "id"]},
        ),
        migrations.RunSQL(sql=WRITTEN_ONCE + TAKEN_BACK_ALREADY, reverse_sql=UNGUARD),
    ]

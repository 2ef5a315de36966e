"""A session without a plan: a grave sign was told before it could begin."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("play", "0001_initial")]

    operations = [
        migrations.AlterField("run", "plan", models.JSONField(null=True, default=None)),
    ]

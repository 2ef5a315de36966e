from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Film",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plan", models.JSONField()),
                (
                    "size",
                    models.CharField(
                        choices=[("1280x720", "TV"), ("1920x1080", "Full HD"), ("720x1280", "Phone")],
                        default="1280x720",
                        max_length=10,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[("light", "Daylight"), ("dusk", "Evening")], default="light", max_length=10
                    ),
                ),
                ("voice", models.BooleanField(default=True)),
                (
                    "music",
                    models.CharField(
                        choices=[("calm", "Calm"), ("bright", "Bright"), ("none", "None")],
                        default="calm",
                        max_length=10,
                    ),
                ),
                ("body", models.CharField(max_length=10)),
                ("fps", models.PositiveSmallIntegerField(default=30)),
                ("asked", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting for its turn"),
                            ("running", "Being made"),
                            ("done", "Ready"),
                            ("failed", "Not made"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("share", models.FloatField(default=0.0)),
                ("doing", models.CharField(blank=True, max_length=60)),
                ("why", models.TextField(blank=True)),
                ("deleted", models.DateTimeField(default=None, null=True)),
            ],
            options={
                "ordering": ("-asked", "-pk"),
            },
        ),
    ]

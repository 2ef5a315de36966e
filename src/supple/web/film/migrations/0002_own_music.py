from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("film", "0001_films")]

    operations = [
        migrations.AlterField(
            model_name="film",
            name="music",
            field=models.CharField(
                choices=[("calm", "Calm"), ("bright", "Bright"), ("own", "Your own"), ("none", "None")],
                default="calm",
                max_length=10,
            ),
        ),
    ]

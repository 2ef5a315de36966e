"""The grave signs that were told before a session lie among the logs, where the command line finds them too."""

from contextlib import suppress
from typing import Any

from django.db import migrations
from django.utils import timezone

from supple import shapes
from supple.files import FileError
from supple.safety.verdicts import Verdict
from supple.session import Log, told_before
from supple.web.play import folder


def as_logs(apps: Any, _schema: object) -> None:
    """Each sign that still bars as the log of a session that it kept from beginning."""
    for sign in apps.get_model("check", "Sign").objects.filter(cleared_at=None):
        at = timezone.localtime(sign.at)
        log = told_before(at, sign.told, Verdict(sign.verdict), Log(at, 0))
        person, _ = apps.get_model("person", "Person").objects.get_or_create(pk=1)
        runs = apps.get_model("play", "Run").objects
        run = runs.create(person=person, pain=0, started=at, ended=at, log=shapes.plain(log))
        with suppress(FileError):  # the database has it
            folder.write(folder.own(run.pk), log)


class Migration(migrations.Migration):
    dependencies = [("check", "0001_initial"), ("play", "0002_told_before"), ("person", "0001_initial")]

    operations = [
        migrations.RunPython(as_logs),
        migrations.DeleteModel("Sign"),
    ]

"""What comes in from the pages of a session: a tap in the player, how it was afterwards, a correction in the diary."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from supple.safety.gate import MOST_PAIN
from supple.web.play.models import LONGEST_NOTE, Run
from supple.web.stale import is_old

FELT = {"good": _("Felt good"), "same": _("No change"), "bad": _("Felt bad")}
LONGEST_ACT = 40


class Act(forms.Form):
    """One tap, or the end of a step: where the clock stands, and what was done or answered."""

    revision = forms.IntegerField(min_value=0)
    at_s = forms.FloatField(min_value=0, max_value=36_000, required=False)
    act = forms.CharField(max_length=LONGEST_ACT)


class Afterwards(forms.Form):
    """Pain now, how each stretch was, and a note; all may be left out."""

    pain_after = forms.IntegerField(
        min_value=0, max_value=MOST_PAIN, required=False, error_messages={"invalid": _("Choose a number from 0 to 10.")}
    )
    note = forms.CharField(required=False, strip=False)

    def __init__(self, run: Run, *given: Any) -> None:
        super().__init__(*given)
        self.run = run

    def clean_note(self) -> str:
        """A note as it was written; raises where it is too long to keep."""
        note = str(self.cleaned_data["note"]).replace("\r\n", "\n").strip()
        if (over := len(note) - LONGEST_NOTE) > 0:
            raise forms.ValidationError(
                ngettext(
                    "Your note is %(n)d character too long to keep. Nothing is lost: shorten it, then save again.",
                    "Your note is %(n)d characters too long to keep. Nothing is lost: shorten it, then save again.",
                    over,
                )
                % {"n": over}
            )
        return note

    def is_old(self) -> bool:
        """Whether it would overwrite what another window has saved since its page was shown."""
        mine = self.cleaned_data["pain_after"], self.cleaned_data["note"], self.felt()
        return is_old(self.data, *self.run.looked_back) and mine != self.run.looked_back

    def felt(self) -> dict[str, str]:
        """How each stretch of the session was, as far as it was told."""
        log = self.run.read_log()
        names = [*(entry.stretch for entry in log.entries), *(hurt.stretch for hurt in log.hurts)]
        told = {name: self.data.get(f"felt-{name}") for name in names}
        return {stretch: word for stretch, word in told.items() if word in FELT}

"""What may be chosen for a film."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from supple.web.film.models import Film, Music
from supple.web.play.music import has_own

VOICE = [("yes", _("With a voice")), ("no", _("Without"))]


class FilmForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes no arguments when it runs
    """Screen, light, voice and music."""

    voice = forms.TypedChoiceField(choices=VOICE, coerce=lambda word: word == "yes")

    music = forms.ChoiceField(choices=lambda: [each for each in Music.choices if each[0] != Music.OWN or has_own()])

    @property
    def columns(self) -> str:
        """In how many columns the kinds of music stand."""
        return "of-2" if has_own() else "of-3"

    class Meta:
        model = Film
        fields: ClassVar = ["size", "ground", "voice", "music"]


def usual(last: Film | None, *, voice: bool) -> FilmForm:
    """What is chosen at first: what was asked for last, and before any film a voice as in sessions, and calm music."""
    if last is None:
        return FilmForm(initial={"voice": "yes" if voice else "no", "music": Music.CALM})
    music = last.music if last.music != Music.OWN or has_own() else Music.CALM
    return FilmForm(
        initial={"size": last.size, "ground": last.ground, "voice": "yes" if last.voice else "no", "music": music}
    )

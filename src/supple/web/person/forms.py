"""What may be chosen in the settings."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from supple.web.person import countries
from supple.web.person.models import Person


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes no arguments when it runs
    """Everything that a person may set."""

    country = forms.ChoiceField(required=False, choices=lambda: [("", _("Not said")), *countries.choices()])

    class Meta:
        model = Person
        fields: ClassVar = ["name", "body", "voice", "sounds", "text_size", "country"]

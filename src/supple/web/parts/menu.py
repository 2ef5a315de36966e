"""The main menu: an item for each part of the site that is there."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

ITEMS = (
    ("today", "sun-horizon", _("Today")),
    ("diary", "notebook", _("Diary")),
    ("library", "person-arms-spread", _("Library")),
    ("practice", "user", _("Practitioner")),
)


@dataclass(frozen=True)
class Item:
    """One entry; `here` where the page belongs to it."""

    url: str
    icon: str
    name: object
    here: bool


def menu(request: HttpRequest) -> dict[str, object]:
    """The items whose address is known."""
    return {"menu": [item for name, icon, words in ITEMS if (item := _item(name, icon, words, request.path))]}


def _item(name: str, icon: str, words: object, path: str) -> Item | None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    return Item(url, icon, words, path.startswith(url))

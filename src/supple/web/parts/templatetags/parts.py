"""What every template may use: an icon, a length of time, a still of a stretch."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from supple.web.figure.small import Size
from supple.web.figure.views import small_address

register = template.Library()
ICONS = Path(__file__).parent.parent / "icons"
OWN = {  # ours: a mat on the floor, and the mark
    "floor": '<path d="M72 88h160l-48 80H24z" fill="none" stroke="currentColor" stroke-width="16" '
    'stroke-linejoin="round"/>',
}
INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class NoIcon(LookupError):
    """There is no icon of that name."""


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon as part of the page; it says nothing to a screen reader, so words stand beside it."""
    return format_html(
        '<svg class="ico {}" viewBox="0 0 256 256" aria-hidden="true" focusable="false">{}</svg>', classes, _lines(name)
    )


@cache
def _lines(name: str) -> SafeString:
    if name in OWN:
        return mark_safe(OWN[name])  # our own
    file = ICONS / f"{name}.svg"
    if not file.is_file():
        raise NoIcon(f"There is no icon {name!r}; choose it in setup/vendor.json, then make setup.")
    found = INSIDE.search(file.read_text(encoding="utf-8"))
    return mark_safe(found[1] if found else "")  # checked by its hash when it was brought


@register.filter
def lasting(seconds: int) -> str:
    """A length of time in words: `45 seconds`, `3 minutes`, `7 min 40 s`."""
    minutes, rest = divmod(int(seconds), 60)
    if not minutes:
        return ngettext("%(n)d second", "%(n)d seconds", rest) % {"n": rest}
    if not rest:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return gettext("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}


@register.simple_tag(takes_context=True)
def still(context: Context, stretch: str, size: str = "row") -> str:
    """The address of a small picture of a stretch, on the body that the person chose."""
    return small_address(context["person"].body, stretch, Size(size))


@register.filter
def value_of(table: Mapping[str, object], name: str) -> object:
    """What a table holds under a name that is a variable here."""
    return table.get(name, "")

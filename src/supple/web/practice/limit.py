"""How often one address may try to book, so that nobody takes every free time of a practitioner by script.

Counted by each process of the site for itself, and forgotten when it ends.
"""

from hashlib import sha256

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

MOST_TRIES, WITHIN_S = 10, 3600  # ours
TOO_MANY = _("That was a lot of bookings within an hour. Please wait an hour and try again; what you wrote is kept.")


def reached(address: str) -> bool:
    """Counts one more try of this address; whether that is one too many."""
    key = f"booking-{sha256(address.encode()).hexdigest()}"
    cache.add(key, 0, WITHIN_S)
    return cache.incr(key) > MOST_TRIES

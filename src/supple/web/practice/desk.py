"""Booking and cancelling: one visit at a time, whoever asks at the same moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from supple.exchange.ical import Entry, uid
from supple.web.practice.models import Booking
from supple.web.practice.providers import Provider, load
from supple.web.practice.slots import VISIT, VISIT_MIN, of_day

ALARM_MIN = 60


class SlotTaken(ValueError):
    """Somebody else was a moment earlier, or the time is not offered any more."""


@dataclass(frozen=True)
class Visitor:
    """Who comes, and how to reach them."""

    name: str
    contact: str


def providers() -> tuple[Provider, ...]:
    """Everybody who may be booked here; raises ProvidersError."""
    return load(settings.DATA)


def taken(provider: Provider, now: datetime) -> list[datetime]:
    """When the coming visits of a provider begin."""
    coming = Booking.objects.filter(provider=provider.id, cancelled_at=None, begins__gt=now - VISIT)
    return list(coming.values_list("begins", flat=True))


def book(provider: Provider, begins: datetime, visitor: Visitor, now: datetime) -> Booking:
    """Takes a time for a visitor; raises SlotTaken."""
    late = begins < now + timedelta(hours=provider.notice_hours)
    if late or begins not in of_day(provider, begins.astimezone(provider.zone).date()):
        raise SlotTaken(gettext("That time is not offered any more. Please choose another; what you wrote is kept."))
    try:
        with transaction.atomic():
            near = Booking.objects.filter(provider=provider.id, cancelled_at=None)
            if near.filter(begins__gt=begins - VISIT, begins__lt=begins + VISIT).exists():
                raise SlotTaken(_taken())
            return Booking.objects.create(
                provider=provider.id,
                provider_name=provider.name,
                place=provider.place,
                zone=provider.zone.key,
                begins=begins,
                minutes=VISIT_MIN,
                name=visitor.name,
                contact=visitor.contact,
                booked_at=now,
            )
    except IntegrityError as error:
        raise SlotTaken(_taken()) from error


def cancel(booking: Booking, now: datetime) -> None:
    """Gives the time back; a visit that has begun stays as it was."""
    Booking.objects.filter(pk=booking.pk, cancelled_at=None, begins__gt=now).update(cancelled_at=now)
    booking.refresh_from_db()


def coming(now: datetime) -> list[Booking]:
    """Every visit from now on that is not cancelled, the next one first."""
    return list(Booking.objects.filter(cancelled_at=None, begins__gt=now - VISIT))


def entry(booking: Booking, begins: datetime, address: str) -> Entry:
    """The visit for a calendar."""
    return Entry(
        uid=uid("visit", str(booking.token)),
        begins=begins,
        minutes=booking.minutes,
        title=gettext("First session with %(name)s") % {"name": booking.provider_name},
        say=gettext("Free of charge. To cancel, open %(address)s") % {"address": address},
        address=address,
        place=booking.place,
        alarm_min=ALARM_MIN,
        cancelled=booking.cancelled_at is not None,
        revision=1 if booking.cancelled_at else 0,
    )


def _taken() -> str:
    return gettext("Somebody took that time a moment ago. Please choose another; what you wrote is kept.")

"""Films asked for by the tests, in this process or in the folder of a site."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supple.planner import Plan
    from supple.web.film.models import Film


def asked(plan: "Plan", **told: object) -> "Film":
    """A tiny film of this plan that was asked for now."""
    from django.utils import timezone

    from supple import shapes
    from supple.web.film.models import Film

    tiny: dict[str, object] = {"size": "320x180", "fps": 1, "body": "woman", "music": "none", "asked": timezone.now()}
    return Film.objects.create(plan=shapes.plain(plan), **tiny | told)


def left_and_waiting() -> None:
    """One that was being made when the site was stopped, and a large one after it."""
    from supple.web.film.models import State
    from tests.web.runs import plan_of

    plan = plan_of("V01", 1)
    asked(plan, state=State.RUNNING, share=0.4)
    asked(plan, size="1920x1080", fps=30)


if __name__ == "__main__":
    import django

    django.setup()
    left_and_waiting()

"""Grave signs in words: whom to call, and why there is no session after one until a clinician has looked."""

from pathlib import Path

from supple.cli.place import whom_to_call
from supple.planner import Alarm
from supple.safety.screening import advice, lasting_flare, meaning
from supple.safety.verdicts import Verdict

TO_COME_BACK = (
    "To come back, {first}answer every safety question again (supple screen --blank), and "
    "make a new plan: supple plan NEW_ANSWERS.yaml --history {log} -o NEW_PLAN.json."
)
CLINICIAN_FIRST = "let a clinician look first; then "


def with_number(said: str, verdict: Verdict | None) -> str:
    """The sentence, in an emergency with the number to call."""
    return f"{said} {whom_to_call()}" if verdict is Verdict.EMERGENCY else said


def lasting_flare_ups() -> str:
    """Why there is no session while flare-ups last or come back, and what to do."""
    return f"No stretching now. {meaning(lasting_flare().reason)} {advice(Verdict.SEE_CLINICIAN)}"


def no_session(alarm: Alarm, log: Path | None = None) -> str:
    """Why there is no session, what to do now, and how to come back; `log` is where the sign stands."""
    urgent = with_number(advice(alarm.verdict, alarm.call_first), alarm.verdict)
    told = f"this was told before a session: {alarm.told}"
    if not alarm.before:
        told = f"a session ended with this sign: {alarm.told}"
    back = TO_COME_BACK.format(first=CLINICIAN_FIRST if alarm.needs_clinician else "", log=log or "LOG")
    said = f"No stretching now: on {alarm.at:%d.%m. at %H:%M} {told}. {urgent} {alarm.meanwhile}"
    return f"{said.strip()} {back}"

"""Speaks with SVOX Pico: a line of JSON in (text, rate in percent), a line out (its samples, 16 bit at 16 kHz, base64).

It runs in an environment of its own, since only who makes the voice anew needs the engine and its compiler.
"""

import base64
import json
import sys

from ttspico import TtsEngine

engine = TtsEngine("en-GB")
for line in sys.stdin:
    asked = json.loads(line)
    engine.rate = asked["rate"]
    sys.stdout.write(base64.b64encode(engine.speak(asked["text"])).decode() + "\n")
    sys.stdout.flush()

"""One question put over the live session, with its answers and the keys."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key, Resize
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from supple.session.asking import PAINS

GAP = "   "


def in_lines(keys: Iterable[str], width: int) -> str:
    """Keys with what they do, in as many lines as the width needs; none is cut."""
    lines: list[str] = []
    for key in keys:
        if lines and len(lines[-1]) + len(GAP) + len(key) <= width:
            lines[-1] += GAP + key
        else:
            lines.append(key)
    return "\n".join(lines)


class Ask(ModalScreen[str]):
    """One question with its answers. Arrow keys and digits point at an answer, and Enter gives it.

    Nothing is pointed at before somebody does, so that no Enter typed too often answers unread. Escape gives the empty
    answer, and only where `leave` allows it: a question of safety is never passed over.
    """

    def __init__(self, question: str, answers: dict[str, str], *, leave: bool = False) -> None:
        super().__init__()
        self.question, self.answers, self.leave = question, answers, leave
        self.typed = ""

    def compose(self) -> ComposeResult:
        """The question over its answers, and the keys."""
        options = OptionList(*(Option(words, id=key) for key, words in self.answers.items()))
        options.highlighted = None  # it would point at the first
        with Vertical(id="ask"):
            yield Static(self.question, id="question")
            yield options
        yield Static(id="ask_keys")

    def on_resize(self, event: Resize) -> None:
        """The keys, in the width that there is."""
        digits = ["0-9 Number"] if self.answers.keys() >= PAINS.keys() else []
        keys = ["\u2191\u2193 Choose", *digits, "Enter Answer", *(["Esc Go back"] if self.leave else [])]
        self.query_one("#ask_keys", Static).update(in_lines(keys, event.size.width - 2))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer is given."""
        self.dismiss(str(event.option_id))

    def on_key(self, event: Key) -> None:
        """Digits point at their answer: 1, and with a 0 after it 10; other keys begin anew."""
        if event.key == "escape" and self.leave:
            self.dismiss("")
        elif event.character and event.character.isdigit():
            self.point(self.typed + event.character) or self.point(event.character)
        else:
            self.typed = ""

    def point(self, typed: str) -> bool:
        """Point at the answer that is spelt so far, if there is one."""
        if typed not in self.answers:
            return False
        self.typed = typed
        self.query_one(OptionList).highlighted = list(self.answers).index(typed)
        return True

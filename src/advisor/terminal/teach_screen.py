"""A lesson on the whole screen: facts, then step by step question and outcome, then the result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.layout import ConditionalContainer, HSplit, VSplit, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import Output

from advisor.inference.domain import Answer
from advisor.problem import AnswersError
from advisor.report.wording import Wording
from advisor.teach.comparison import compare
from advisor.teach.lecture import Lecture
from advisor.teach.lesson import Lesson
from advisor.teach.teacher import Teacher
from advisor.terminal.lines import Lines, StyledLine, joined
from advisor.terminal.option_list import Item
from advisor.terminal.paragraph import Paragraph, draw
from advisor.terminal.teach_overlays import RESTORE, Changing, Overlay, Picking, Reading, reading_lines
from advisor.terminal.teach_pages import TeachPages
from advisor.terminal.teach_words import TeachWords
from advisor.terminal.whole_screen import whole_screen

WIDE = 110
PANEL = 40
MOST_COLUMNS = 96
"""Longer lines are hard to read from the back of a room."""

STYLES = {"heading": "bold underline", "message": "bold ansiyellow", "changed": "bold ansiyellow"}
KEYS = ("right", "tab", "home", "end")


class TeachScreen:
    """Runs a lesson as a full-screen application."""

    def __init__(
        self,
        teacher: Teacher,
        lesson: Lesson,
        wording: Wording,
        source: Input | None = None,
        target: Output | None = None,
    ) -> None:
        self.teacher = teacher
        self.original = lesson
        self.lecture = Lecture(lesson)
        self.words = TeachWords(wording)
        self.pages = TeachPages(self.words)
        self.message = ""
        self._top = 0
        self._lowest = 0
        self._overlays: list[Overlay] = []
        self.application = whole_screen(self._layout(), self._key, self.quit, KEYS, STYLES, source, target)

    def run(self) -> None:
        """Run until the trainer leaves."""
        self.application.run()

    # -- what overlays ask for ------------------------------------------------------------------------------

    @property
    def overlay(self) -> Overlay | None:
        """What is open over the lesson."""
        return self._overlays[-1] if self._overlays else None

    def close(self) -> None:
        """Close what is open on top."""
        self._overlays.pop()

    def quit(self) -> None:
        """Leave."""
        self.application.exit()

    def view(self, drawn: list[StyledLine], top: int, height: int) -> tuple[int, list[StyledLine]]:
        """Return where the view begins, at most `top`, and the lines in view, with marks of what is left out."""
        if len(drawn) <= height:
            return 0, drawn
        top = min(top, len(drawn) - height)
        shown = drawn[top : top + height]
        if top > 0:
            shown[0] = [("class:message", self.words.say("teach.more_above"))]
        if top + height < len(drawn):
            shown[-1] = [("class:message", self.words.say("teach.more"))]
        return top, shown

    def toggle(self) -> None:
        """Ask which answer is to be changed."""
        lesson, words = self.lecture.lesson, self.words
        known = lesson.taught.case.answers
        items = [Item(name, f"{words.label(name)}: {words.answer(name, answer)}") for name, answer in known.items()]
        items += [Item(name, f"{words.label(name)}: {words.answer(name, None)}") for name in lesson.unanswered]
        always = [Item(RESTORE, words.say("teach.toggle_back"))] if self.changed else []
        self._overlays.append(Picking(self, words.say("teach.toggle_which"), items, self._toggle_one, always))

    @property
    def changed(self) -> bool:
        """Whether the lesson is on other answers than those of the case."""
        return self.lecture.lesson is not self.original

    # -- changing answers -----------------------------------------------------------------------------------

    def _toggle_one(self, name: str) -> None:
        if name == RESTORE:
            self._teach(self.original)
            self.message = self.words.say("teach.restored")
            return
        question = self.words.library.questions[name]
        now = self.lecture.lesson.taught.case.answers.get(name)
        self._overlays.append(Changing(self, question, now, lambda answer: self._compare(name, answer)))

    def _compare(self, question: str, answer: Answer | None) -> None:
        """Show both results side by side, or say what the answer contradicts."""
        lesson = self.lecture.lesson
        if answer == lesson.taught.case.answers.get(question):
            self.message = self.words.say("teach.same_answer")
            return
        try:
            after = self.teacher.toggled(lesson, question, answer)
        except AnswersError as error:
            self.message = self.words.refusal(error)
            return
        self.close()
        written = self.words.answer(question, answer)
        above, rows = self.pages.comparison(compare(lesson, after), question, written)

        def take() -> None:
            self._teach(after)
            self.message = self.words.say("teach.taken", question=self.words.label(question), answer=written)

        self._overlays.append(Reading(self, above, rows, take=take))

    def _teach(self, lesson: Lesson) -> None:
        self._go(self.lecture.taught(lesson))

    # -- going through the lesson ---------------------------------------------------------------------------

    def _go(self, lecture: Lecture) -> None:
        self.lecture = lecture
        self._top = 0

    def _contents(self) -> None:
        lesson, words = self.lecture.lesson, self.words
        items = [
            Item(
                str(group.steps[0]),
                words.say(
                    "teach.decision_item",
                    decision=words.wording.text(group.title),
                    steps=", ".join(str(number) for number in group.steps),
                ),
            )
            for group in lesson.groups
        ]
        picked = Picking(
            self, words.say("teach.decisions"), items, lambda n: self._go(self.lecture.at_step(int(n)))
        )
        self._overlays.append(picked)

    def _facts(self) -> None:
        facts = list(self.pages.facts(self.lecture.lesson, changed=self.changed))
        self._overlays.append(Reading(self, facts))

    def _result(self) -> None:
        self._overlays.append(Reading(self, *self.pages.result(self.lecture.lesson)))

    def _key(self, name: str, text: str) -> None:
        self.message = ""
        if name == "char" and not text.isprintable():
            return
        if self.overlay is not None:
            self.overlay.key(name, text)
            return
        commands: dict[str, Callable[[], None]] = {
            "tab": lambda: self._go(self.lecture.next_decision()),
            "d": lambda: self._go(self.lecture.next_decision()),
            "s": lambda: self._go(self.lecture.next_conclusion()),
            "home": lambda: self._go(Lecture(self.lecture.lesson)),
            "end": lambda: self._go(replace(self.lecture, place=self.lecture.last)),
            "enter": lambda: self._go(self.lecture.next()),
            "right": lambda: self._go(self.lecture.next()),
            "left": lambda: self._go(self.lecture.back()),
            "backspace": lambda: self._go(self.lecture.back()),
            "space": lambda: self._page(1),
            "pagedown": lambda: self._page(1),
            "pageup": lambda: self._page(-1),
            "down": lambda: self._scroll(1),
            "up": lambda: self._scroll(-1),
            "t": self.toggle,
            "r": self._result,
            "f": self._facts,
            "l": self._contents,
            "q": self.quit,
        }
        command = commands.get(text.lower() if name == "char" else name)
        if command is not None:
            command()

    def _scroll(self, by: int) -> None:
        self._top = max(0, min(self._top + by, self._lowest))

    def _page(self, direction: int) -> None:
        """Go a screen on or back; where there is no more of it, a place on or back (as presenters' remotes do)."""
        if direction > 0 and self._top >= self._lowest:
            self._go(self.lecture.next())
        elif direction < 0 and self._top == 0:
            self._go(self.lecture.back())
        else:
            self._scroll(direction * max(self._height - 2, 1))

    # -- what shows -----------------------------------------------------------------------------------------

    @property
    def _columns(self) -> int:
        return self.application.output.get_size().columns

    @property
    def _wide(self) -> bool:
        """Whether there is room for the conclusions so far."""
        return self._columns >= WIDE

    @property
    def _panelled(self) -> bool:
        """Whether the conclusions so far stand beside the page: not where two halves are compared."""
        return self._wide and self.overlay is None and self.lecture.page in ("ask", "shown")

    @property
    def _height(self) -> int:
        """The lines that a page can use."""
        rows = self.application.output.get_size().rows
        return max(rows - 1 - self._message_height() - len(self._foot_lines()), 3)

    @property
    def _width(self) -> int:
        """The columns that a page can use."""
        columns = self._columns - (PANEL + 1 if self._panelled else 0)
        return max(columns - 2, 20)

    def _layout(self) -> HSplit:
        panel = Window(FormattedTextControl(self._panel), width=PANEL, wrap_lines=False)
        panelled = Condition(lambda: self._panelled)
        return HSplit(
            [
                Window(FormattedTextControl(self._head), height=1, style="class:head"),
                VSplit(
                    [
                        Window(width=1),
                        Window(FormattedTextControl(self._body, focusable=True, show_cursor=False)),
                        ConditionalContainer(Window(width=1, char="│"), panelled),
                        ConditionalContainer(panel, panelled),
                    ]
                ),
                Window(FormattedTextControl(self._message), height=self._message_height, style="class:message"),
                Window(
                    FormattedTextControl(self._foot), height=lambda: len(self._foot_lines()), style="class:foot"
                ),
            ]
        )

    def _head(self) -> StyleAndTextTuples:
        say, lesson = self.words.say, self.lecture.lesson
        name = self.pages.name(lesson)
        where = self._where()
        changed = f" · {say('teach.changed_answer')}" if self.changed else ""
        return [("", f" {say('teach.title')} · {name} · {where}{changed}")]

    def _where(self) -> str:
        step = self.lecture.step
        if step is not None:
            return self.words.say("teach.place_step", number=step.number, all=len(self.lecture.lesson.steps))
        return self.words.say("teach.place_facts" if self.lecture.page == "facts" else "teach.place_result")

    def _body(self) -> StyleAndTextTuples:
        if self.overlay is not None:
            return [*joined(self.overlay.lines(self._width, self._height))]
        drawn = self._drawn()
        self._lowest = max(len(drawn) - self._height, 0)
        self._top, shown = self.view(drawn, self._top, self._height)
        return [*joined(shown)]

    def _drawn(self) -> list[StyledLine]:
        lesson, step = self.lecture.lesson, self.lecture.step
        if self.lecture.page == "result":
            return reading_lines(*self.pages.result(lesson), self._width)
        lines = Lines(min(self._width, MOST_COLUMNS))
        draw(self._paragraphs(lesson) if step is None else self._step_paragraphs(), lines)
        return lines.lines

    def _paragraphs(self, lesson: Lesson) -> Iterator[Paragraph]:
        return self.pages.facts(lesson, changed=self.changed)

    def _step_paragraphs(self) -> Iterator[Paragraph]:
        lesson, step = self.lecture.lesson, self.lecture.step
        if step is None:
            return iter(())
        page = self.pages.ask if self.lecture.page == "ask" else self.pages.shown
        return page(lesson, step)

    def _panel(self) -> StyleAndTextTuples:
        lines = Lines(PANEL - 1)
        draw(self.pages.so_far(self.lecture.lesson, self.lecture.shown), lines)
        height = self._height
        if len(lines.lines) > height:
            return [*joined([*lines.lines[: height - 1], [("class:dim", " …")]])]
        return [*joined(lines.lines)]

    def _message(self) -> StyleAndTextTuples:
        return [("", "\n".join("".join(text for _, text in line) for line in self._message_lines()))]

    def _message_lines(self) -> list[StyledLine]:
        lines = Lines(max(self._columns - 2, 20))
        if self.message:
            lines.add(self.message, first=" ", indent=" ")
        return lines.lines

    def _message_height(self) -> int:
        return len(self._message_lines())

    def _foot(self) -> StyleAndTextTuples:
        return [("", "\n".join(self._foot_lines()))]

    def _foot_lines(self) -> list[str]:
        """Return the keys, as many in a line as fit, none of them broken."""
        found = [""]
        for key in self.words.say(self.overlay.keys if self.overlay else "teach.keys.lesson").split("  "):
            if found[-1] and len(found[-1]) + len(key) + 2 > self._columns:
                found.append("")
            found[-1] += f" {key} "
        return found

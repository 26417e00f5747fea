"""A lesson on the whole screen: facts, then step by step question and outcome, then the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from advisor.interview.turn import Offer
from advisor.report.wording import Wording
from advisor.teach.comparison import compare
from advisor.teach.lecture import Lecture
from advisor.teach.lesson import Lesson
from advisor.teach.teacher import Teacher
from advisor.terminal.answer_screen import AnswerScreen
from advisor.terminal.lesson_pages import Halves, LessonPages
from advisor.terminal.lesson_words import LessonWords, changed
from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.list_screen import ListScreen
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.pager import Content, Pager
from advisor.terminal.paragraph import Paragraph
from advisor.terminal.screen import BaseScreen, Host
from advisor.terminal.scroll import Scroll
from advisor.understanding.reading import UNKNOWN, Answer

MOST_COLUMNS = 96
"""Longer lines are hard to read from the back of a room."""

RESTORE = "restore"
CLOSING = ("enter", "left", "r", "f")


class LessonScreen(BaseScreen):
    """Goes through a lesson, place by place."""

    keys = "teach.keys.lesson"
    wide = 110
    panel_width = 40
    margin = 1

    def __init__(self, host: Host, teacher: Teacher, lesson: Lesson, wording: Wording) -> None:
        super().__init__(host)
        self.teacher = teacher
        self.original = lesson
        self.lecture = Lecture(lesson)
        self.words = LessonWords(wording.library, wording.language, wording.as_of)
        self.pages = LessonPages(self.words)
        self.marks = wording.say("teach.more_above"), wording.say("teach.more")
        self.scroll = Scroll(self.marks)

    @property
    def changed(self) -> bool:
        """Whether the lesson is on other answers than those of the case."""
        return self.lecture.lesson is not self.original

    # -- what shows -----------------------------------------------------------------------------------------

    @property
    def head(self) -> str:
        """The case, and where in its lesson one is."""
        say, lesson, step = self.words.say, self.lecture.lesson, self.lecture.step
        if step is not None:
            where = say("teach.place_step", number=step.number, all=len(lesson.steps))
        else:
            where = say("teach.place_facts" if self.lecture.page == "facts" else "teach.place_result")
        changed = [say("teach.changed_answer")] if self.changed else []
        return " · ".join([say("teach.title"), self.pages.name(lesson), where, *changed])

    def has_panel(self, *, covered: bool) -> bool:
        """Return whether the conclusions so far stand beside the page: not where two halves are compared."""
        return not covered and self.lecture.page in ("ask", "shown")

    def draw_panel(self, lines: Lines) -> None:
        """Draw the conclusions so far."""
        lines.write(self.pages.so_far(self.lecture.lesson, self.lecture.shown))

    def draw(self, lines: Lines) -> None:
        """Draw what is in view of the page."""
        lines.lines += self.scroll.view(self.page(lines.width), lines.height)

    def page(self, width: int) -> list[StyledLine]:
        """Return the whole page."""
        lesson, step = self.lecture.lesson, self.lecture.step
        if self.lecture.page == "result":
            return _in_halves(*self.pages.result(lesson), width)
        lines = Lines(min(width, MOST_COLUMNS))
        if step is None:
            lines.write(self.pages.facts(lesson, changed=self.changed))
        else:
            lines.write(self.pages.step(lesson, step, self.lecture.page))
        return lines.lines

    # -- keys -----------------------------------------------------------------------------------------------

    def key(self, name: str, text: str) -> bool:
        """Go through the lesson, or open something over it."""
        lecture = self.lecture
        commands: dict[str, Callable[[], None]] = {
            "tab": lambda: self._go(lecture.next_decision()),
            "d": lambda: self._go(lecture.next_decision()),
            "s": lambda: self._go(lecture.next_conclusion()),
            "home": lambda: self._go(Lecture(lecture.lesson)),
            "end": lambda: self._go(replace(lecture, place=lecture.last)),
            "enter": lambda: self._go(lecture.next()),
            "right": lambda: self._go(lecture.next()),
            "left": lambda: self._go(lecture.back()),
            "backspace": lambda: self._go(lecture.back()),
            "space": self._page_on,
            "pagedown": self._page_on,
            "pageup": self._page_back,
            "t": self._choose_question,
            "r": lambda: self._read(lambda width: _in_halves(*self.pages.result(lecture.lesson), width)),
            "f": lambda: self._read(self._facts),
            "l": self._choose_decision,
            "q": self.host.leave,
        }
        command = commands.get(text.lower() if name == "char" else name)
        if command is None:
            return self.scroll.key(name)
        command()
        return True

    def _go(self, lecture: Lecture) -> None:
        self.lecture = lecture
        self.scroll.top = 0

    def _page_on(self) -> None:
        """Go a screen on; where there is no more of it, a place on (as presenters' remotes do)."""
        if self.scroll.top >= self.scroll.lowest:
            self._go(self.lecture.next())
        else:
            self.scroll.key("pagedown")

    def _page_back(self) -> None:
        """Go a screen back; where there is no more of it, a place back."""
        if self.scroll.top == 0:
            self._go(self.lecture.back())
        else:
            self.scroll.key("pageup")

    # -- what opens over the lesson -------------------------------------------------------------------------

    def _read(self, content: Content, actions: Mapping[str, Callable[[], None]] | None = None) -> None:
        keys = "teach.keys.compare" if actions else "teach.keys.read"
        every = {"q": self.host.leave, **(actions or {})}
        self.host.open(Pager(self.host, content, keys, CLOSING, every, self.marks))

    def _facts(self, width: int) -> list[StyledLine]:
        lines = Lines(width)
        lines.write(self.pages.facts(self.lecture.lesson, changed=self.changed))
        return lines.lines

    def _pick(self, wanted: str, options: OptionList, picked: Callable[[str], None]) -> None:
        self.host.open(ListScreen(self.host, self.words.say(wanted), options, picked, "teach.keys.list"))

    def _choose_decision(self) -> None:
        text = self.words.text
        items = []
        for group in self.lecture.lesson.groups:
            steps = ", ".join(str(number) for number in group.steps)
            label = self.words.say("teach.decision_item", decision=text(group.title), steps=steps)
            items.append(Item(str(group.steps[0]), label))
        self._pick("teach.decisions", OptionList(items), lambda step: self._go(self.lecture.at_step(int(step))))

    def _choose_question(self) -> None:
        """Ask which answer is to be changed."""
        items = [Item(name, label) for name, label in self.words.answer_labels(self.lecture.lesson).items()]
        always = [Item(RESTORE, self.words.say("teach.toggle_back"), key="0")] if self.changed else []
        self._pick("teach.toggle_which", OptionList(items, always), self._change)

    def _change(self, name: str) -> None:
        if name == RESTORE:
            self._go(self.lecture.taught(self.original))
            self.host.message = self.words.say("teach.restored")
            return
        words, question = self.words, self.words.library.questions[name]
        now = self.lecture.lesson.taught.case.answers.get(name)
        several = question.type == "choices"
        title = words.say("teach.toggle_to", question=words.text(question.text), answer=words.answer(name, now))
        self.host.open(
            AnswerScreen(
                self.host,
                words,
                question,
                Offer.of(question),
                now,
                (Paragraph(title, "class:question"), Paragraph()),
                words.say("teach.unknown"),
                lambda answer: self._compare(name, None if answer == UNKNOWN else answer),
                "teach.keys.several" if several else "teach.keys.list",
            )
        )

    def _compare(self, question: str, answer: Answer | None) -> None:
        """Show both results side by side, or say what the answer contradicts."""
        lesson = self.lecture.lesson
        after = changed(self.teacher, lesson, question, answer, self.words)
        if isinstance(after, str):
            self.host.message = after
            return
        written = self.words.answer(question, answer)

        def content(width: int) -> list[StyledLine]:
            return _in_halves(*self.pages.comparison(compare(lesson, after), question, written), (), width)

        def take() -> None:
            self._go(self.lecture.taught(after))
            self.host.message = self.words.say("teach.taken", question=self.words.label(question), answer=written)

        self.host.close()
        self._read(content, {"enter": take, "t": self._choose_question})


def _in_halves(
    above: Sequence[Paragraph], rows: Sequence[Halves], below: Sequence[Paragraph], width: int
) -> list[StyledLine]:
    """Return paragraphs, rows of two halves with an empty line between one row and the next, and paragraphs."""
    lines = Lines(width)
    lines.write(above)
    if rows:
        lines.blank()
    for number, (left, right) in enumerate(rows):
        if number > 1:
            lines.write_beside([Paragraph()], [Paragraph()])
        lines.write_beside(left, right)
    if rows and below:
        lines.blank()
    lines.write(below)
    return lines.lines

"""The screen of one question."""

from __future__ import annotations

from advisor.interview.interview import Interview
from advisor.report.wording import Wording
from advisor.terminal.answer_form import AnswerForm
from advisor.terminal.interview_screen import InterviewScreen
from advisor.terminal.interview_talk import progress, take, why_lines
from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.screen import Host

WIDEST = 100


class QuestionScreen(InterviewScreen):
    """Shows a question with its answers, and "tidak tahu" among them."""

    keys = "interview.keys.question"

    def __init__(self, host: Host, interview: Interview, wording: Wording, question_id: str) -> None:
        super().__init__(host, interview, wording)
        self.question = interview.interviewer.library.questions[question_id]
        offer = interview.interviewer.offer(interview.session, question_id)
        now = interview.session.given.get(question_id)
        self.form = AnswerForm(self.question, offer, wording, now, wording.say("interview.unknown_option"))
        self.field = self.form.field

    def draw(self, lines: Lines) -> None:
        """Draw topic and progress, the question, and its answers."""
        lines.add(progress(self.interview, self.question, self.wording), "class:dim")
        lines.blank()
        lines.add(self.wording.text(self.question.text), "class:question")
        lines.blank()
        self.form.draw(lines)

    def key(self, name: str, text: str) -> None:
        """Take an answer, ask for help, or do what the form or every screen of the interview does."""
        match name:
            case "enter":
                self._take()
            case "f1":
                self.read(self._help)
            case "char" if text == "?":
                self.read(self._why)
            case "escape" if self.form.list.filter:
                self.form.list.show_all()
            case "escape" if self.interview.revisiting:
                self.interview.stay()
                self.host.restart()
            case _ if not self.form.key(name, text):
                super().key(name, text)

    def _take(self) -> None:
        """Take the answer, or say what is missing or what it contradicts."""
        answer = self.form.answer
        if answer is None:
            self.host.message = self.form.missing
            return
        taken, self.host.message = take(self.interview, self.question.id, answer, self.wording)
        if taken:
            self.host.restart()

    def _help(self, width: int) -> list[StyledLine]:
        """Return what the question means, and its options."""
        lines, wording = Lines(min(width, WIDEST)), self.wording
        lines.add(wording.text(self.question.text), "class:question")
        lines.blank()
        lines.add(wording.text(self.question.help))
        explained = wording.explained_options(self.question)
        if explained:
            lines.blank()
        for text in explained:
            lines.add(text, lead="• ")
        return lines.lines

    def _why(self, width: int) -> list[StyledLine]:
        """Return why the question is asked."""
        lines = Lines(width)
        for depth, text in why_lines(self.interview, self.question.id, self.wording):
            lines.add(text, lead="  " * depth + ("• " if depth else ""))
        return lines.lines

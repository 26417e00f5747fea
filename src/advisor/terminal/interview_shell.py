"""The interview on the whole screen: a question at a time, and the conclusions as they narrow beside it."""

from __future__ import annotations

from dataclasses import replace

from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from advisor.interview.interview import Interview
from advisor.report.wording import Wording
from advisor.terminal.interview_screen import InterviewScreen
from advisor.terminal.question_screen import QuestionScreen
from advisor.terminal.screen import Host
from advisor.terminal.shell import Shell
from advisor.terminal.stop_screen import StopScreen


def interview_shell(
    interview: Interview, wording: Wording, source: Input | None = None, target: Output | None = None
) -> Shell:
    """Return a shell in which an interview runs; the input and the output are those of the terminal by default."""

    def base(host: Host) -> InterviewScreen:
        now = replace(wording, as_of=interview.session.as_of)
        if interview.question is None:
            return StopScreen(host, interview, now)
        return QuestionScreen(host, interview, now, interview.question)

    return Shell(base, wording.say, source, target)

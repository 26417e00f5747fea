"""`advisor teach`: a case, step by step, in front of a class."""

from __future__ import annotations

import argparse
import contextlib
import sys
from datetime import date
from pathlib import Path
from typing import TextIO

from advisor.catalogue import say
from advisor.commands.common import DONE, knowledge_of, refuse_without, unknown_case
from advisor.knowledge_base import Knowledge
from advisor.output import opened
from advisor.paths import is_there
from advisor.report.wording import Wording
from advisor.standard_streams import can_be_drawn_on
from advisor.teach.case_file import TaughtCaseReader
from advisor.teach.taught_case import TaughtCase
from advisor.teach.teacher import Teacher
from advisor.terminal.plain_lesson import PlainLesson
from advisor.text import Language

FILES = (".yaml", ".yml", ".json")


def run(arguments: argparse.Namespace, language: Language) -> int:
    """List the cases that can be taught, or teach one."""
    knowledge = knowledge_of(arguments)
    if arguments.case is None:
        refuse_without(say("cli.place.case", language), {"--as-of": arguments.as_of}, language)
        with opened(None) as stream:
            list_cases(knowledge, language, stream)
        return DONE
    taught = taught_case(knowledge, arguments.case, arguments.as_of, language)
    teacher = Teacher(knowledge)
    lesson = teacher.lesson(taught)
    wording = Wording(knowledge.library, language, taught.case.as_of)
    if arguments.plain or not can_be_drawn_on():
        with contextlib.suppress(KeyboardInterrupt):  # a way to leave, as on the whole screen
            PlainLesson(teacher, lesson, wording, sys.stdin, sys.stdout).run()
    else:
        # Imported late: it is needed only here and takes a while.
        from advisor.terminal.lesson_screen import LessonScreen
        from advisor.terminal.shell import Shell

        Shell(lambda host: LessonScreen(host, teacher, lesson, wording), wording.say).run()
    return DONE


def taught_case(knowledge: Knowledge, name: str, as_of: date | None, language: Language) -> TaughtCase:
    """Return the case of the library, or the file, that `name` names.

    Raises `UsageError` where there is neither, `AnswersError` where a file cannot be used.
    """
    reader, cases = TaughtCaseReader(knowledge), knowledge.library.cases
    path = Path(name)
    if name.lower() in cases:
        return reader.of_library(cases[name.lower()], as_of)
    if is_there(path) or path.suffix.lower() in FILES or len(path.parts) > 1:
        return reader.of_file(path, as_of)
    raise unknown_case(name, cases, language)


def list_cases(knowledge: Knowledge, language: Language, stream: TextIO) -> None:
    """Write the cases of the library and how to begin."""
    wording = Wording(knowledge.library, language)
    stream.write(wording.say("teach.list_title") + "\n\n")
    for case in knowledge.library.cases.values():
        stream.write(f"  {case.id} – {wording.text(case.title)}\n")
    first = next(iter(knowledge.library.cases), "")
    stream.write("\n" + wording.say("teach.list_hint", name=first) + "\n")
    stream.write(wording.say("teach.list_own") + "\n")

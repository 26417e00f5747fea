"""`advisor interview`: opens or resumes a session and runs the interview."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from advisor.catalogue import say
from advisor.commands.common import DONE, knowledge_of
from advisor.inference.case import CaseReader
from advisor.interview.answers_file import write_answers_file
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import SessionInUseError, SessionStore
from advisor.interview.turn import Stage
from advisor.knowledge.document import read_document
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, Problem, place_of
from advisor.report.wording import Wording
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """List the saved sessions, or run an interview."""
    if arguments.resume == "":
        list_sessions(language)
        return DONE
    run_interview(
        knowledge_of(arguments),
        language,
        arguments.file,
        arguments.as_of,
        arguments.resume,
        arguments.output,
        plain=arguments.plain,
    )
    return DONE


def run_interview(
    knowledge: Knowledge,
    language: Language,
    file: Path | None = None,
    as_of: date | None = None,
    resume: str | None = None,
    output: Path | None = None,
    *,
    plain: bool = False,
    store: SessionStore | None = None,
) -> None:
    """Run one interview on the standard streams.

    It begins with the answers of `file`, or with the saved session `resume`, or with none. At the end the answers
    are written to `output`, if that is given, as an answers file. It fills the screen where there is a terminal,
    and goes line by line where there is none or `plain` is asked for. Raises `AnswersError`.
    """
    store = store or SessionStore()
    session, name, stage = _start(knowledge, Wording(knowledge.library, language), store, file, as_of, resume)
    wording = Wording(knowledge.library, language, session.as_of)
    try:
        with store.held(name):
            interview = Interview(Interviewer(knowledge), session, name, store.save, stage)
            interview.save()
            # What shows the interview is imported late: only one of the two is needed, and each takes a while.
            if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
                from advisor.terminal.plain_interview import PlainInterview

                try:
                    PlainInterview(interview, wording, sys.stdin, sys.stdout).run()
                except KeyboardInterrupt:
                    print("\n" + say("interview.saved", language, name=name))
            else:
                from advisor.terminal.interview_screen import InterviewScreen
                from advisor.terminal.shell import Shell

                Shell(lambda host: InterviewScreen(host, interview, wording), wording.say).run()
                interview.save()
                print(say("interview.saved", language, name=name))
            if output is not None:
                write_answers_file(interview, output)
                print(say("interview.answers_written", language, file=output))
    except SessionInUseError as error:
        raise AnswersError([Problem(place_of(name), "session.in_use", {"name": name})]) from error


def list_sessions(language: Language, store: SessionStore | None = None) -> None:
    """Write the saved sessions, the latest first."""
    every = (store or SessionStore()).all()
    saved_sessions = [saved for saved in every if saved.session.given or saved.session.title]
    print(say("interview.sessions" if saved_sessions else "interview.no_sessions", language))
    for saved in saved_sessions:
        values = {
            "name": saved.name,
            "saved": saved.saved.strftime("%Y-%m-%d %H:%M"),
            "count": len(saved.session.given),
            "title": saved.session.title or say("interview.untitled", language),
        }
        print(say("interview.session_line", language, **values))


def _start(
    knowledge: Knowledge,
    wording: Wording,
    store: SessionStore,
    file: Path | None,
    as_of: date | None,
    resume: str | None,
) -> tuple[Session, str, Stage]:
    """Return the session to begin with, its name, and its stage."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    if resume is not None:
        name = store.named(resume)
        found = store.open(name, reader)
        if found.gone:
            print(wording.say("interview.gone", questions=", ".join(found.gone)))
        if found.new and found.saved.knowledge != knowledge.digest:
            print(wording.say("interview.new", questions=wording.questions(found.new)))
        return found.session, name, "diagnosis" if found.saved.stage == "diagnosis" else "headline"
    if file is not None:
        # Also a file that must name its day and does not is taken: the interview asks for it.
        document = read_document(file)
        named = as_of is not None or (isinstance(document.data, dict) and document.data.get("as_of") is not None)
        case = reader.document(document, as_of if named else date.today())
        session = Session.of(case, assumed_day=not named)
    else:
        covered = reader.data({"answers": {}, "as_of": as_of} if as_of else {"answers": {}}, "--as-of")
        session = Session(covered.as_of, assumed_day=as_of is None)
    return session, store.free_name(date.today()), "headline"

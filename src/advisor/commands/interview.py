"""`advisor interview`: opens or resumes a session and runs the interview."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from advisor.catalogue import say
from advisor.commands.common import DONE, knowledge_of, refuse_beside, refuse_without
from advisor.inference.case import CaseReader
from advisor.interview.answers_file import write_answers_file
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import Saved, SessionInUseError, SessionStore, Unreadable
from advisor.interview.turn import Stage
from advisor.knowledge.document import read_document
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, Problem, UsageError, place_of
from advisor.report.wording import Wording
from advisor.shell_word import shell_word
from advisor.standard_streams import can_be_drawn_on
from advisor.system_error import reason_of
from advisor.terminal.interview_talk import said_at_end, said_of_keeping
from advisor.text import Language, Text


def run(arguments: argparse.Namespace, language: Language) -> int:
    """List the saved sessions, or run an interview. Raises `UsageError` for words that a list has no use for."""
    if arguments.resume == "":
        refuse_beside("--resume", {str(arguments.file): arguments.file}, language)
        named = f"--resume {say('cli.place.name', language)}"
        refuse_without(named, {"--as-of": arguments.as_of, "-o": arguments.output}, language)
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

    It begins with the answers of `file`, or with the saved session `resume` (on the day `as_of`, where that is
    given), or with none. At the end the answers are written to `output`, if that is given, as an answers file. It
    fills the screen where there is a terminal that can be drawn on, and goes line by line where there is none or
    `plain` is asked for. Raises `AnswersError`; `UsageError` where both `file` and `resume` are given.
    """
    if file is not None and resume is not None:
        raise UsageError(say("interview.file_or_session", language, file=file, name=resume))
    store = store or SessionStore()
    with _begun(knowledge, language, store, file, as_of, resume) as interview:
        wording = Wording(knowledge.library, language, interview.session.as_of)
        folder = None if interview.unkept else store.folder
        # What shows the interview is imported late: only one of the two is needed, and each takes a while.
        if plain or not can_be_drawn_on():
            from advisor.terminal.plain_interview import PlainInterview

            with suppress(KeyboardInterrupt):
                PlainInterview(interview, wording, sys.stdin, sys.stdout, folder).run()
        else:
            from advisor.terminal.interview_screen import InterviewScreen
            from advisor.terminal.shell import Shell

            Shell(lambda host: InterviewScreen(host, interview, wording, folder), wording.say).run()
        interview.save()
        print(said_at_end(interview, wording))
        if output is not None:
            write_answers_file(interview, output)
            print(say("interview.answers_written", language, file=shell_word(output)))


def list_sessions(language: Language, store: SessionStore | None = None) -> None:
    """Write the saved sessions, the latest first, and then what cannot be read among them."""
    entries = (store or SessionStore()).entries()
    found = [entry for entry in entries if isinstance(entry, Saved) and not entry.session.empty]
    print(say("interview.sessions" if found else "interview.no_sessions", language))
    for saved in sorted(found, key=lambda entry: entry.saved, reverse=True):
        values = {
            "name": saved.name,
            "saved": saved.saved.strftime("%Y-%m-%d %H:%M"),
            "count": len(saved.session.given) + len(saved.session.aside),
            "title": saved.session.title or say("interview.untitled", language),
        }
        print(say("interview.session_line", language, **values))
    for entry in entries:
        if isinstance(entry, Unreadable):
            reason = entry.problem.sentence(language)
            print(say("interview.session_unreadable", language, name=entry.name, reason=reason))


@contextmanager
def _begun(
    knowledge: Knowledge,
    language: Language,
    store: SessionStore,
    file: Path | None,
    as_of: date | None,
    resume: str | None,
) -> Iterator[Interview]:
    """Give the interview to run, while its session is held: nothing is read before, nothing written yet."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    interviewer = Interviewer(knowledge)
    if resume is not None:
        name = store.named(resume)
        store.refuse_missing(name)
        with ExitStack() as stack:
            refused: OSError | None = None
            try:
                stack.enter_context(store.held(name))
            except SessionInUseError as error:
                raise AnswersError([Problem(place_of(name), "session.in_use", {"name": name})]) from error
            except OSError as error:
                refused = error
            interview = _resumed(interviewer, reader, store, name, as_of, language, refused)
            if refused is not None:
                print(said_of_keeping(interview, Wording(knowledge.library, language)), file=sys.stderr)
            yield interview
        return
    session = _first_session(reader, file, as_of)
    with ExitStack() as stack:
        try:
            name = stack.enter_context(store.held_new(date.today()))
        except OSError as error:
            # Without a folder the interview goes on in memory.
            interview = _unheld(interviewer, session, store, stack, reason_of(error))
            print(said_of_keeping(interview, Wording(knowledge.library, language)), file=sys.stderr)
        else:
            interview = Interview(interviewer, session, name, store.save, delete=store.delete, new=True)
        yield interview


def _unheld(
    interviewer: Interviewer, session: Session, store: SessionStore, stack: ExitStack, reason: Text
) -> Interview:
    """Return a new interview whose session cannot be held, as `reason` says; it is held once it can be saved."""

    def keep(saved: Saved) -> None:
        if not held:
            interview.name = stack.enter_context(store.held_new(date.today()))
            held.append(interview.name)
        store.save(replace(saved, name=interview.name))

    held: list[str] = []
    name = date.today().isoformat()
    interview = Interview(interviewer, session, name, keep, delete=store.delete, new=True)
    interview.unkept = reason
    return interview


def _resumed(
    interviewer: Interviewer,
    reader: CaseReader,
    store: SessionStore,
    name: str,
    as_of: date | None,
    language: Language,
    refused: OSError | None,
) -> Interview:
    """Return the interview with a saved session, which is read but never written where holding it was `refused`."""

    def keep(saved: Saved) -> None:
        if refused is not None:
            raise refused
        store.save(saved)

    wording = Wording(interviewer.library, language)
    day = None if as_of is None else reader.data({"answers": {}, "as_of": as_of}, "--as-of").as_of
    found = store.open(name, reader)
    if found.aside:
        print(wording.say("interview.aside", questions=", ".join(found.aside)))
    if found.new and found.saved.knowledge != interviewer.knowledge.digest:
        print(wording.say("interview.new", questions=wording.questions(found.new)))
    if found.session.as_of != found.saved.session.as_of:
        days = {"day": found.saved.session.as_of, "now": found.session.as_of}
        print(wording.say("interview.day_not_covered", **{name: wording.day(day) for name, day in days.items()}))
    stage: Stage = "diagnosis" if found.saved.stage == "diagnosis" else "headline"
    interview = Interview(interviewer, found.session, name, keep, stage, store.delete)
    interview.unkept = None if refused is None else reason_of(refused)
    if day is not None:
        interview.on_day(day)
        print(wording.say("interview.day_now", day=wording.day(day)))
    return interview


def _first_session(reader: CaseReader, file: Path | None, as_of: date | None) -> Session:
    """Return the session with which a new interview begins. Raises `AnswersError`."""
    if file is None:
        covered = reader.data({"answers": {}, "as_of": as_of} if as_of else {"answers": {}}, "--as-of")
        return Session(covered.as_of, assumed_day=as_of is None)
    # Also a file that must name its day and does not is taken: the interview asks for it.
    document = read_document(file)
    named = as_of is not None or (isinstance(document.data, dict) and document.data.get("as_of") is not None)
    return Session.of(reader.document(document, as_of if named else date.today()), assumed_day=not named)

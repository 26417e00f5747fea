"""What can be done at any time in an interview on the whole screen, and the screens that open for it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from advisor.advice.advice import Conclusion
from advisor.inference.case import Party
from advisor.interview.interview import Interview
from advisor.knowledge.question import Question
from advisor.papers.document import Document
from advisor.problem import AnswersError
from advisor.report.wording import Wording
from advisor.system_error import reason_of
from advisor.terminal.answer_screen import AnswerScreen
from advisor.terminal.field_screen import FieldScreen
from advisor.terminal.interview_files import Kind, kinds, proposed_name, refused_name, write_file
from advisor.terminal.interview_talk import (
    drop_party,
    given_answers,
    name_party,
    note_on,
    party_lines,
    said_of_keeping,
    set_day,
    unasked,
    why_lines,
    wrong_day,
    wrong_party,
)
from advisor.terminal.interview_texts import advice, open_questions, reasoning, tried
from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.list_screen import ListScreen
from advisor.terminal.menu_screen import MenuScreen
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.pager import Content, Pager
from advisor.terminal.paragraph import Paragraph
from advisor.terminal.reply import read_command
from advisor.terminal.screen import Host
from advisor.terminal.summary import said
from advisor.understanding.reading import Answer

CLOSING = ("enter", "left", "f1", "f2", "f3", "f4", "q", "?")
WIDEST_REPORT, WIDEST_HELP = 110, 100
WHOLE, FILES, NEW = "", "=", "+"


class InterviewActions:
    """Opens screens over the interview; `changed` is called where the interview goes on from another place."""

    def __init__(self, host: Host, interview: Interview, wording: Wording, changed: Callable[[], None]) -> None:
        self.host = host
        self.interview = interview
        self.wording = wording
        self._changed = changed

    # -- answers --------------------------------------------------------------------------------------------

    def choose_answer(self) -> None:
        """Show the answers so far, to change one."""
        more = unasked(self.interview, self.wording)
        self._pick_answer(self.wording.say("report.given_answers"), self.go_to, more)

    def go_to(self, question: str) -> None:
        """Look at an answer again."""
        self.interview.go_to(question)
        self._changed()

    def choose_what_if(self) -> None:
        """Ask which answer is tried otherwise."""
        self._pick_answer(self.wording.say("interview.what_if_which"), self._ask_what_if)

    def note(self, question: str) -> None:
        """Ask for a note on the answer to a question."""
        wanted = self.wording.say("interview.note_wanted", question=self.wording.question(question))
        now = self.interview.session.notes.get(question, "")
        keep = partial(self._keep_note, question)
        self.host.open(FieldScreen(self.host, wanted, now, keep, optional=True))

    def _keep_note(self, question: str, note: str) -> None:
        self.host.message = note_on(self.interview, question, note or "-", self.wording)
        self._changed()

    def _pick_answer(
        self, wanted: str, picked: Callable[[str], None], more: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        given = given_answers(self.interview, self.wording)
        items = [Item(name, label) for name, label in (*given.items(), *more.items())]
        options = OptionList(items, cursor=max(len(given) - 1, 0) if items else None)
        empty = self.wording.say("interview.answers_none")
        self.host.open(ListScreen(self.host, wanted, options, picked, "interview.keys.list", empty))

    def _ask_what_if(self, name: str) -> None:
        """Ask for the answer that is tried."""
        wording, session = self.wording, self.interview.session
        question = wording.library.questions[name]
        title = wording.say("interview.what_if", question=wording.text(question.text))
        self.host.open(
            AnswerScreen(
                self.host,
                wording,
                question,
                self.interview.interviewer.offer(session, name),
                None,
                (Paragraph(title, "class:question"), Paragraph()),
                wording.say("interview.unknown_option"),
                partial(self._try, name),
                "interview.keys.several" if question.type == "choices" else "interview.keys.list",
            )
        )

    def _try(self, question: str, answer: Answer) -> None:
        self.host.close()
        self._work_out(lambda: tried(self.interview, question, answer, self.wording))

    # -- title, parties, day --------------------------------------------------------------------------------

    def ask_title(self) -> None:
        """Ask for the title of the session."""
        session = self.interview.session
        wanted = self.wording.say("interview.title_wanted")
        title = self.wording.title(session.title, session.parties)
        self.host.open(FieldScreen(self.host, wanted, title, self._set_title))

    def _set_title(self, title: str) -> None:
        self.interview.titled(title)
        self.host.message = said_of_keeping(self.interview, self.wording)
        self._changed()

    def show_parties(self) -> None:
        """Show the parties that are named, to take one away or to name one more."""
        items = [Item(str(place), line) for place, line in enumerate(party_lines(self.interview))]
        options = OptionList(items, [Item(NEW, self.wording.say("interview.do.one_more_party"))])
        options.cursor = len(items)
        wanted = self.wording.say("interview.parties" if items else "interview.parties_none")
        self.host.open(ListScreen(self.host, wanted, options, self._party, "interview.keys.list"))

    def _party(self, value: str) -> None:
        """Name one more party, or ask what is to be done with one."""
        if value == NEW:
            self._ask_party(None)
            return
        place = int(value)
        actions: dict[str, Callable[[], None]] = {
            self.wording.say("interview.do.change_party"): partial(self._ask_party, place),
            self.wording.say("interview.do.drop_party"): partial(self._drop_party, place),
            self.wording.say("interview.do.keep_party"): self.show_parties,
        }
        above = (Paragraph(party_lines(self.interview)[place], "class:question"), Paragraph())
        self.host.open(MenuScreen(self.host, above, actions, closes=True, keys="interview.keys.list"))

    def _drop_party(self, place: int) -> None:
        self.host.message = drop_party(self.interview, place, self.wording)
        self._changed()
        self.show_parties()

    def _ask_party(self, place: int | None) -> None:
        wanted = self.wording.say("interview.party_wanted")
        name = "" if place is None else self.interview.session.parties[place].name
        self._party_field(wanted, name, partial(self.ask_signatory, place=place), optional=False)

    def ask_signatory(self, name: str, place: int | None = None) -> None:
        """Ask who signs for a party: a new one, or that at `place`, which is named anew."""
        wanted = self.wording.say("interview.signatory_wanted", name=name)
        signatory = "" if place is None else self.interview.session.parties[place].signatory
        ask_office = partial(self._ask_office, name, place)
        self._party_field(wanted, signatory, ask_office)

    def _ask_office(self, name: str, place: int | None, signatory: str) -> None:
        wanted = self.wording.say("interview.office_wanted", name=name)
        office = "" if place is None else self.interview.session.parties[place].office
        keep = partial(self._name_party, name, place, signatory)
        self._party_field(wanted, office, keep)

    def _party_field(self, wanted: str, text: str, done: Callable[[str], None], *, optional: bool = True) -> None:
        """Ask for something of a party; who types that they want to go back does."""

        def wrong(typed: str) -> str:
            is_name = not optional and typed and read_command(typed) is None
            return wrong_party(self.interview, typed, self.wording) if is_name else ""

        def taken(typed: str) -> None:
            command = read_command(typed)
            if command is not None and command.name == "back":
                self.show_parties()
            else:
                done(typed)

        self.host.open(
            FieldScreen(self.host, wanted, text, taken, wrong, optional=optional, left=self.show_parties)
        )

    def _name_party(self, name: str, place: int | None, signatory: str, office: str) -> None:
        self.host.message = name_party(self.interview, Party(name, "", signatory, office), place, self.wording)
        self._changed()
        self.show_parties()

    def ask_day(self) -> None:
        """Ask for the day of signing."""
        wanted = self.wording.say("interview.day_wanted")
        # The day that was only assumed does not stand there, lest it be taken for the one that is asked for.
        as_of = "" if self.interview.lacks_day else self.wording.day(self.interview.session.as_of)
        wrong = partial(wrong_day, self.interview, wording=self.wording)
        self.host.open(FieldScreen(self.host, wanted, as_of, self._set_day, wrong))

    def _set_day(self, day: str) -> None:
        self.host.message = set_day(self.interview, day, self.wording)
        self._changed()

    # -- files and the end ----------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask what is to be written to a file."""
        found = {kind.label: kind for kind in kinds(self.wording)}
        options = OptionList([Item(label, label) for label in found])
        wanted = self.wording.say("interview.file_what")
        picked = partial(self._ask_file, found)
        self.host.open(ListScreen(self.host, wanted, options, picked, "interview.keys.list"))

    def _ask_file(self, found: Mapping[str, Kind], label: str) -> None:
        kind = found[label]
        wanted = self.wording.say("interview.file_wanted", kind=kind.label)
        name = proposed_name(self.interview, kind)
        refused = partial(refused_name, kind, wording=self.wording)
        self.host.open(FieldScreen(self.host, wanted, name, partial(self._write, kind), refused))

    def _write(self, kind: Kind, name: str) -> None:
        self.host.message = write_file(self.interview, kind, name, self.wording)

    def ask_delete(self) -> None:
        """Ask whether the session is to be deleted."""
        question = Paragraph(self.wording.say("interview.delete", name=self.interview.name), "class:question")
        actions: dict[str, Callable[[], None]] = {
            self.wording.say("interview.do.keep"): lambda: None,
            self.wording.say("interview.do.delete_now"): self._delete,
        }
        self.host.open(
            MenuScreen(self.host, (question, Paragraph()), actions, closes=True, keys="interview.keys.list")
        )

    def _delete(self) -> None:
        try:
            self.interview.delete()
        except OSError as error:
            told = {"name": self.interview.name, "reason": reason_of(error)}
            self.host.message = self.wording.say("interview.not_deleted", **told)
        else:
            self.host.leave()

    # -- what is read ---------------------------------------------------------------------------------------

    def choose_advice(self) -> None:
        """Ask what of the advice is to be read (all of it, or how one conclusion comes about) or written."""
        conclusions = self.interview.turn.conclusions.values()
        whole = Item(WHOLE, self.wording.say("interview.do.advice"))
        files = Item(FILES, self.wording.say("interview.do.write"))
        options = OptionList([whole, files, *(self._item(one) for one in conclusions)])
        wanted = self.wording.say("interview.advice_wanted")
        self.host.open(ListScreen(self.host, wanted, options, self.how, "interview.keys.list", stays=True))

    def _item(self, conclusion: Conclusion) -> Item:
        return Item(conclusion.id, said(self.wording, conclusion))

    def whole_advice(self) -> None:
        """Show the advice on the answers so far."""
        self._work_out(lambda: advice(self.interview, self.wording))

    def show_open(self) -> None:
        """Show what has still to be found out."""
        knowledge, turn = self.interview.interviewer.knowledge, self.interview.turn
        self._work_out(lambda: open_questions(knowledge, turn, self.wording))

    def how(self, conclusion: str) -> None:
        """Show how a conclusion comes about or all of the advice, or ask for the file to write it to."""
        if conclusion == WHOLE:
            self.whole_advice()
        elif conclusion == FILES:
            self.choose_file()
        else:
            self._work_out(lambda: reasoning(self.interview, conclusion, self.wording))

    def help(self, question: Question) -> None:
        """Show what a question means, and its options."""
        self._read(partial(self._help, question))

    def why(self, question: Question) -> None:
        """Show why a question is asked."""
        self._read(partial(self._why, question))

    def _work_out(self, work: Callable[[], Document]) -> None:
        """Show a text that takes a while to work out; until it is there the screen says so."""
        waiting = self.wording.say("interview.working")
        self._read(lambda width: [[("", waiting)]]).work_out(lambda: self._content(work))

    def _content(self, work: Callable[[], Document]) -> Content:
        """Return the lines of a text that a report writes, or of what it cannot be worked out for."""
        try:
            document = work()
        except AnswersError as error:
            refusal = self.wording.refusal(error)
            return lambda width: [[("", refusal)]]
        from advisor.papers.text_writer import write_text  # late, like all that works a text out

        def content(width: int) -> list[StyledLine]:
            stream = io.StringIO()
            write_text(document, stream, min(width, WIDEST_REPORT))
            return [[("", line)] for line in stream.getvalue().splitlines()]

        return content

    def _read(self, content: Content) -> Pager:
        pager = Pager(self.host, content, "interview.keys.pager", CLOSING)
        self.host.open(pager)
        return pager

    def _help(self, question: Question, width: int) -> list[StyledLine]:
        lines = Lines(min(width, WIDEST_HELP))
        lines.add(self.wording.text(question.text), "class:question")
        lines.blank()
        lines.add(self.wording.text(question.help))
        explained = self.wording.explained_options(question)
        if explained:
            lines.blank()
        for text in explained:
            lines.add(text, lead="• ")
        lines.blank()
        lines.add(self.wording.say("interview.words"), "class:dim")
        return lines.lines

    def _why(self, question: Question, width: int) -> list[StyledLine]:
        lines = Lines(width)
        for depth, text in why_lines(self.interview, question.id, self.wording):
            lines.add(text, lead="  " * depth + ("• " if depth else ""))
        return lines.lines

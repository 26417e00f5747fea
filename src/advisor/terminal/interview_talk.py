"""What is said and done in an interview alike on the whole screen and in plain mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from advisor.drafts.participant import regions_named
from advisor.inference.case import Party, known_text
from advisor.interview.interview import Interview
from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.paths import below_home
from advisor.report.wording import Wording
from advisor.terminal.summary import said
from advisor.understanding.answer import is_unknown
from advisor.understanding.day import read_day
from advisor.understanding.reading import UNKNOWN, Answer, quoted


def progress(interview: Interview, question: Question, wording: Wording) -> str:
    """Return the topic of a question, its number, and how many more there can be at most."""
    topic = next(t for t in interview.interviewer.library.topics if question in t.questions)
    given = list(interview.session.given)
    number = given.index(question.id) + 1 if question.id in given else len(given) + 1
    left = sum(asked != question.id for asked in interview.turn.asking)
    values = {"topic": wording.text(topic.title), "number": number, "left": left}
    # What another answer to an earlier question leads to is not known yet.
    if interview.revisiting:
        key = "interview.progress_again" if question.id in given else "interview.progress_unasked"
        return wording.say(key, **values)
    return wording.say("interview.progress" if left else "interview.progress_last", **values)


def heading(interview: Interview, wording: Wording) -> str:
    """Return what an interview is called: its day and title; before them, where it cannot be saved, that."""
    session = interview.session
    title = wording.title(session.title, session.parties) or interview.name
    head = f"{wording.say('interview.title')} · {wording.day(session.as_of)} · {title}"
    return f"{wording.say('interview.unkept_mark')} · {head}" if interview.unkept else head


def not_offered(question: Question, offer: Offer, wording: Wording) -> str:
    """Return the sentence on the options that other answers leave no room for; "" where there are none."""
    closed = [option for option in question.option_ids if option not in offer.options]
    if question.type == "number" or not closed:
        return ""
    names = ", ".join(wording.option(question.id, option) for option in closed)
    return wording.say("interview.not_offered", options=names)


def answered(question: str, answer: Answer, wording: Wording) -> str:
    """Return an answer, "tidak tahu" included."""
    return wording.say("interview.unknown") if answer == UNKNOWN else wording.answer(question, answer)


def given_answers(interview: Interview, wording: Wording) -> dict[str, str]:
    """Return, for each question that was answered, its short name and the answer."""
    given = interview.session.given.items()
    return {name: f"{wording.question(name)}: {answered(name, answer, wording)}" for name, answer in given}


def unasked(interview: Interview, wording: Wording) -> dict[str, str]:
    """Return, once all is answered that is asked, each question that was not, by its short name.

    No conclusion hangs on them, but steps, documents and days may.
    """
    if interview.barred or interview.turn.question is not None:
        return {}
    without = (name for name in interview.interviewer.domains if name not in interview.session.given)
    return {name: wording.say("interview.unasked", question=wording.question(name)) for name in without}


def more_to_answer(interview: Interview, wording: Wording) -> str:
    """Return the sentence that says how many questions were not asked; "" where every one was."""
    count = len(unasked(interview, wording))
    return wording.say("interview.more_to_answer", count=count) if count else ""


def said_of_keeping(interview: Interview, wording: Wording) -> str:
    """Return whether and where the session is kept."""
    if interview.deleted:
        return wording.say("interview.deleted", name=interview.name)
    if interview.unkept:
        return wording.say("interview.unkept", name=interview.name, reason=interview.unkept)
    if interview.session.empty:
        return wording.say("interview.nothing_kept")
    title = interview.session.title
    key = "interview.saved_titled" if title else "interview.saved"
    return wording.say(key, name=interview.name, title=title)


def said_at_end(interview: Interview, wording: Wording) -> str:
    """Return whether and where the session was kept, for somebody who has left."""
    if interview.unkept and not interview.deleted:
        return wording.say("interview.lost", name=interview.name, reason=interview.unkept)
    return said_of_keeping(interview, wording)


def changed(interview: Interview, wording: Wording, change: Callable[[], str]) -> str:
    """Change an interview; return what `change` says of it and, once, that it cannot be saved, or can be again."""
    before = bool(interview.unkept)
    told = change()
    return told if before == bool(interview.unkept) else f"{told} {said_of_keeping(interview, wording)}".strip()


def take(interview: Interview, answer: Answer, wording: Wording) -> tuple[bool, str]:
    """Take an answer to the question that is asked.

    Returns whether it was taken, and what there is to say: what was understood, what was dropped for it, and what
    `changed` says of saving; or why it was not taken.
    """
    question = interview.question
    refused = _refusal(interview, answer, wording)
    if question is None or refused:
        return False, refused

    before = interview.session.given.get(question)

    def answer_it() -> str:
        dropped = interview.answer(answer)
        told = taken(question, answer, wording)
        if isinstance(before, tuple) and isinstance(answer, tuple) and not set(before) <= set(answer):
            # Of several answers some went: whoever typed only what is new has to see it.
            told = f"{told} {wording.say('interview.before', answer=answered(question, before, wording))}"
        if dropped:
            told = f"{told} {wording.say('interview.dropped', questions=wording.questions(dropped))}"
        return told

    return True, changed(interview, wording, answer_it)


def taken(question: str, answer: Answer, wording: Wording) -> str:
    """Return the sentence that says which answer was understood."""
    return wording.say(
        "interview.taken", question=wording.question(question), answer=answered(question, answer, wording)
    )


def note_on(interview: Interview, question: str, note: str, wording: Wording) -> str:
    """Keep a note on the answer to a question ("-" takes it away); return the sentence that says so."""
    text = "" if note.strip() == "-" else " ".join(note.split())

    def keep() -> str:
        interview.noted(question, text)
        key = "interview.noted" if text else "interview.note_gone"
        return wording.say(key, question=wording.question(question), note=text)

    return changed(interview, wording, keep)


def wrong_party(interview: Interview, name: str, wording: Wording) -> str:
    """Return what is wrong with a name as that of one party; "" where nothing is."""
    if not any(letter.isalpha() for letter in name) or is_unknown(name):
        return wording.say("interview.party_no_name")
    blanks = interview.interviewer.library.blanks
    if ";" in name or (blanks is not None and regions_named(name, blanks.kinds) > 1):
        return wording.say("interview.party_several")
    return ""


def name_party(interview: Interview, party: Party, place: int | None, wording: Wording) -> str:
    """Name one more party, or that at `place` anew; return the sentence that says so."""
    party = replace(party, signatory=known_text(party.signatory), office=known_text(party.office))

    def name_it() -> str:
        parties = list(interview.session.parties)
        if place is None:
            parties.append(party)
        else:
            parties[place] = replace(party, kind=parties[place].kind)
        interview.naming(parties)
        signs = ", ".join(filter(None, (party.signatory, party.office)))
        key = "interview.party_signing" if signs else "interview.party_named"
        return wording.say(key, name=party.name, signs=signs)

    return changed(interview, wording, name_it)


def drop_party(interview: Interview, place: int, wording: Wording) -> str:
    """Take the party at this place away; return the sentence that says so."""

    def drop_it() -> str:
        parties = list(interview.session.parties)
        gone = parties.pop(place)
        interview.naming(parties)
        return wording.say("interview.party_gone", name=gone.name or gone.kind)

    return changed(interview, wording, drop_it)


def go_on(interview: Interview, wording: Wording) -> str:
    """Go on to the diagnosis; return what `changed` says of saving."""

    def go() -> str:
        interview.go_on()
        return ""

    return changed(interview, wording, go)


def party_lines(interview: Interview) -> list[str]:
    """Return the named parties, each with who signs for it."""
    found = []
    for party in interview.session.parties:
        signs = ", ".join(part for part in (party.signatory, party.office) if part)
        found.append(f"{party.name or party.kind} ({signs})" if signs else party.name or party.kind)
    return found


def start_lines(interview: Interview, wording: Wording, folder: Path | None) -> list[str]:
    """Return what the start page says: what this is, what to have at hand, how long, what is kept where."""
    interviewer = interview.interviewer
    most = len(interview.turn.asking)
    lines = [wording.say("interview.start.what"), wording.say("interview.start.long", most=most)]
    lines += [wording.text(line) for line in interviewer.library.manifest.at_hand]
    lines.append(wording.say("interview.start.unknown"))
    key = "interview.start.private" if folder else "interview.start.private_unkept"
    lines.append(wording.say(key, folder=below_home(folder) if folder else ""))
    return lines


def open_lines(interview: Interview, wording: Wording) -> list[str]:
    """Return the questions on which open conclusions hang, with what hangs on each; most first."""
    most_first = sorted(interview.turn.hanging.items(), key=lambda item: -len(item[1]))
    return [
        wording.say("interview.decides", question=wording.question(name), conclusions=wording.conclusions(hanging))
        for name, hanging in most_first
    ]


def settled_lines(interview: Interview, wording: Wording) -> list[str]:
    """Return the conclusions that are settled."""
    conclusions = interview.turn.conclusions.values()
    return [said(wording, one) for one in conclusions if not one.open and one.reason is None]


def still_open_lines(interview: Interview, wording: Wording) -> list[str]:
    """Return the conclusions that are open, with what is still possible."""
    return [said(wording, one) for one in interview.turn.conclusions.values() if one.open]


def wrong_day(interview: Interview, text: str, wording: Wording) -> str:
    """Return what is wrong with a day of signing as a person wrote it; "" where nothing is."""
    day, first = read_day(text), interview.interviewer.library.manifest.covered_from
    if day is None:
        return wording.say("interview.not_a_day", given=quoted(text))
    if day < first:
        return wording.say("interview.day_too_early", day=wording.day(day), first=wording.day(first))
    return ""


def set_day(interview: Interview, text: str, wording: Wording) -> str:
    """Ask under the law of another day, with which nothing is wrong; return the sentence that says so."""
    day = read_day(text)

    def set_it() -> str:
        if day is not None:
            interview.on_day(day)
        return wording.say("interview.day_now", day=wording.day(interview.session.as_of))

    return changed(interview, wording, set_it)


def _refusal(interview: Interview, answer: Answer, wording: Wording) -> str:
    """Return what an answer contradicts, in words; "" where it can be taken.

    When an earlier answer is changed, later ones give way, so only what can never stand is refused.
    """
    interviewer, session, question = interview.interviewer, interview.session, interview.question
    if question is None or answer == UNKNOWN or interviewer.allows(question, answer, session):
        return ""
    clashing = interviewer.contradicted(question, answer, session)
    if not clashing:
        return wording.say("interview.never")
    if interview.revisiting:
        return ""
    return wording.say("interview.contradicts", questions=wording.questions(clashing))


def why_lines(interview: Interview, question: str, wording: Wording) -> Iterator[tuple[int, str]]:
    """Yield why a question is asked: what is still open, what answers would rule out, and the articles.

    Each line comes with its depth (0 to 2).
    """
    turn = interview.turn
    why = interview.interviewer.why(turn, question)
    if not why.conclusions:
        yield 0, wording.say("interview.why_settled")
        return
    yield 0, wording.say("interview.why")
    for name in why.conclusions:
        if name not in turn.conclusions:
            yield 1, wording.say("interview.why_detail", fact=wording.label(name))
            continue
        yield 1, said(wording, turn.conclusions[name])
        effects: dict[tuple[str | bool, ...], list[str]] = {}
        for effect in why.effects:
            if effect.conclusion == name:
                effects.setdefault(effect.goes, []).append(wording.answer(question, effect.answer))
        for gone, answers in effects.items():
            goes = " / ".join(wording.value(name, value) for value in gone)
            yield 2, wording.say("interview.why_effect", answer=wording.quoted(answers), goes=goes)
        if why.effects and not effects:
            yield 2, wording.say("interview.why_none")
    if not why.effects:  # said once, since it holds for every line
        yield 0, wording.say("interview.why_together")
    if why.cites:
        yield 0, wording.say("interview.why_cites", articles=wording.citations(why.cites))

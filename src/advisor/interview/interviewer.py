"""The interviewer: says what to ask next, what may be answered, and why it is asked.

A question is asked only while its answer alone can still change an open conclusion of the stage: that is what
`depends_on` says, exactly. Questions come topic by topic, in the order of kbase/questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.advice.conclusions import bare_conclusion
from advisor.inference.authored import LEGAL_AUTHORITIES
from advisor.inference.case import Case
from advisor.inference.day import Clauses
from advisor.inference.domain import Code, Domain
from advisor.inference.formula import AllOf, Atom, Formula, Literal, atoms
from advisor.inference.ground import GroundRule
from advisor.interview.session import Session
from advisor.interview.turn import Effect, Offer, Settled, Stage, Turn, Wanted, Why, possible
from advisor.knowledge.question import Question
from advisor.knowledge_base import Knowledge
from advisor.reasoning.completions import EVERYWHERE
from advisor.reasoning.entailment import Entailment
from advisor.understanding.reading import Answer

MOST_EFFECTS = 16


class Interviewer:
    """Works out turns for sessions; the same session always gives the same turn."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.library = knowledge.library
        self.domains: dict[str, Domain] = {domain.id: domain for domain in knowledge.rulebase.domains}
        self.headline = tuple(name for name, c in self.library.conclusions.items() if c.headline)
        self.diagnosis = tuple(name for name, c in self.library.conclusions.items() if not c.headline)
        self.details = self.library.roles.with_headline
        self._order = {question: index for index, question in enumerate(self.library.questions)}
        self._last: Entailment | None = None
        self._clauses: Clauses | None = None

    def turn(self, session: Session, stage: Stage = "headline") -> Turn:
        """Return where the session stands; `stage` says which conclusions are still to be settled."""
        entailment, facts = self._entailment(session), self._facts(stage)
        entailment.find_ranges(facts)
        conclusions = {name: bare_conclusion(entailment, name) for name in facts}
        touches = self._touches(session, {name: c.depends_on for name, c in conclusions.items()})
        unasked = [q for q in entailment.open if q not in session.given and q not in touches]
        details = {name: [q for q in unasked if entailment.matters(name, q)] for name in self.details}
        touches |= self._touches(session, details)
        asking = sorted(touches, key=lambda q: self._order[q])
        return Turn(session, conclusions, tuple(asking), touches)

    def case(self, session: Session) -> Case:
        """Return the known answers as a case for advice."""
        known = session.known
        ordered = {name: known[name] for name in self.domains if name in known}
        notes = {question: text for question, text in session.notes.items() if question in self.domains}
        told = (session.title, session.id, session.parties, notes)
        return Case(session.as_of, ordered, self._codes(ordered), *told, session.assumed_day)

    def offer(self, session: Session, question: str) -> Offer:
        """Return the answers to `question` that contradict none of the other answers."""
        domain = self.domains[question]
        others = self._entails(session.without(question))

        def stands(formula: Formula) -> bool:
            return others.truth(formula, EVERYWHERE) is not False

        if domain.question.type == "number":
            low, high = domain.bounds
            fitting = [code for code in domain.cells if stands(_given(domain, code))]
            return Offer(low=min(fitting, default=low), high=high)
        options = domain.question.option_ids
        if domain.question.type == "choices":
            chosen = tuple(o for o in options if stands(Literal((question, o))))
            return Offer(chosen, nothing=self.allows(question, (), session))
        return Offer(tuple(o for o in options if stands(_given(domain, domain.encode(o)))))

    def allows(self, question: str, answer: Answer, session: Session) -> bool:
        """Return whether an answer stands beside the other answers of the session (and can stand at all)."""
        return self._stands(session.answered(question, answer))

    def contradicted(self, question: str, answer: Answer, session: Session) -> tuple[str, ...]:
        """Return the questions whose answers a refused answer contradicts; () where it never stands."""
        changed = session.answered(question, answer)
        others = [other for other in changed.known if other != question]
        return tuple(other for other in others if self._stands(changed.without(other))) or tuple(others)

    def changed(self, session: Session, question: str, answer: Answer) -> tuple[Session, tuple[str, ...]]:
        """Return the session with an answer changed, and the later answers that had to be dropped for it."""
        dropped: list[str] = []
        after = session.answered(question, answer)
        while not self._stands(after):
            clashing = self.contradicted(question, answer, after)
            if not clashing:
                raise ValueError(f"{answer!r} can never be an answer to {question}")
            dropped.append(clashing[-1])
            after = after.without(clashing[-1])
        return after, tuple(dropped)

    def why(self, turn: Turn, question: str) -> Why:
        """Return why a question is asked: what hangs on it, and what single answers would rule out."""
        session = turn.session
        effects: list[Effect] = []
        touched = turn.touches.get(question, ())
        for answer in self._examples(self.library.questions[question], self.offer(session, question)):
            after = self._entailment(session.answered(question, answer), keep=False)
            for name in (name for name in touched if name in turn.conclusions):
                then = possible(bare_conclusion(after, name))
                gone = tuple(value for value in possible(turn.conclusions[name]) if value not in then)
                if gone:
                    effects.append(Effect(name, answer, gone))
        return Why(question, touched, tuple(effects), self._cites(session, question, touched))

    def wanted(self, turn: Turn) -> tuple[Wanted, ...]:
        """Return the questions on which the open conclusions hang, and what single answers would settle of them."""
        hanging = turn.hanging
        ordered = sorted(hanging, key=lambda question: self._order[question])
        return tuple(Wanted(q, hanging[q], self._settling(turn.session, q, hanging[q])) for q in ordered)

    # -- inside ---------------------------------------------------------------------------------------------

    def _settling(self, session: Session, question: str, hanging: Sequence[str]) -> tuple[Settled, ...]:
        found: list[Settled] = []
        for answer in self._examples(self.library.questions[question], self.offer(session, question)):
            after = self._entailment(session.answered(question, answer), keep=False)
            then = tuple(bare_conclusion(after, name) for name in hanging)
            settled = tuple(one for one in then if not one.open)
            if settled:
                found.append(Settled(answer, settled))
        return tuple(found)

    def _facts(self, stage: Stage) -> tuple[str, ...]:
        return self.headline if stage == "headline" else (*self.headline, *self.diagnosis)

    def _codes(self, answers: Mapping[str, Answer]) -> dict[str, Code]:
        return {name: self.domains[name].encode(answer) for name, answer in answers.items()}

    def _stands(self, session: Session) -> bool:
        return self._entails(session).consistent

    def _entails(self, session: Session, before: Entailment | None = None) -> Entailment:
        day = self.knowledge.on(session.as_of)
        if self._clauses is None or self._clauses.day is not day:
            self._clauses = Clauses(day)  # shared by all turns of a day: a turn shows no example
        return Entailment(self.library, day, self._codes(session.known), before, self._clauses)

    def _entailment(self, session: Session, *, keep: bool = True) -> Entailment:
        """Return what follows from a session, sooner where it goes on from the one before."""
        before = self._last
        codes = self._codes(session.known)
        if before is not None and (
            before.day is not self.knowledge.on(session.as_of) or not before.known.items() <= codes.items()
        ):
            before = None
        entailment = self._entails(session, before)
        if keep:
            self._last = entailment
        return entailment

    def _touches(self, session: Session, hanging: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name, questions in hanging.items():
            for question in questions:
                if question not in session.given:
                    found.setdefault(question, []).append(name)
        return {question: tuple(names) for question, names in found.items()}

    def _examples(self, question: Question, offer: Offer) -> list[Answer]:
        """Return answers that show what the question can do."""
        found: list[Answer] = []
        if question.type == "number":
            found += [cell for cell in self.domains[question.id].cells if offer.low <= cell <= offer.high]
        elif question.type == "choices":
            found += [(option,) for option in offer.options]
        else:
            found += offer.options
        return found[:MOST_EFFECTS]

    def _cites(self, session: Session, question: str, touched: tuple[str, ...]) -> tuple[str, ...]:
        """Return the articles of the rules that ask this question on the way to the conclusions it touches.

        Where such a rule states a judgement or only connects others, also those of the law that rests on what it
        states. Only what holds on the day: judgements also cite articles of other days, for comparison.
        """
        program = self.knowledge.on(session.as_of).program
        cone: set[Atom] = {(name, value) for name in touched for value in program.values[name]}
        leading: list[GroundRule] = []
        for rule in reversed(program.rules):
            if not cone.isdisjoint(rule.heads):
                cone.update(atoms(rule.body))
                leading.append(rule)
        asking: dict[str, None] = {}
        resting: dict[str, None] = {}
        stated: set[Atom] = set()
        for rule in reversed(leading):
            tested = tuple(atoms(rule.body))
            asks = any(atom[0] == question for atom in tested)
            if not asks and stated.isdisjoint(tested):
                continue
            law = rule.grounds.authority in LEGAL_AUTHORITIES
            if rule.silent or not law:
                stated.update(rule.heads)
            if not rule.silent and (asks or law):
                (asking if asks else resting).update(dict.fromkeys(rule.grounds.cites))
        cited = {**asking, **resting}
        return tuple(c for c in cited if self.library.status(c, session.as_of) in ("in_force", "study"))


def _given(domain: Domain, code: Code) -> Formula:
    """Return the formula that says that a question has the answer with this code."""
    return AllOf(tuple(Literal(atom, domain.has(code, atom[1])) for atom in domain.atoms))

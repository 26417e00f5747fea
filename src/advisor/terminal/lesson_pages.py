"""The pages of a lesson as paragraphs: the facts, the question before a step, the step, and the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from advisor.advice.advice import Conclusion
from advisor.knowledge.case import Aspect, StudyCase
from advisor.reasoning.competition import Candidate
from advisor.report.case_report import FINDINGS
from advisor.teach.comparison import Compared, Comparison
from advisor.teach.lecture import Page
from advisor.teach.lesson import Lesson
from advisor.teach.step import Ready, Saying, Step
from advisor.terminal.lesson_words import LessonWords
from advisor.terminal.paragraph import Paragraph
from advisor.text import Text

BLANK = Paragraph()
BULLET, INNER = "  • ", "      "
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_LISTED = 8
MOST_WAYS = 4
HEADING, STRONG, DIM, GOOD, NOTE = "class:heading", "class:question", "class:dim", "class:settled", "class:note"

Halves = tuple[list[Paragraph], list[Paragraph]]


class LessonPages:
    """Writes the pages of lessons in one language."""

    def __init__(self, words: LessonWords) -> None:
        self.words = words
        self.say = words.say

    # -- the facts ------------------------------------------------------------------------------------------

    def facts(self, lesson: Lesson, *, changed: bool = False) -> Iterator[Paragraph]:
        """Yield the facts of the case, as the study reports them."""
        words, study = self.words, lesson.taught.study
        yield Paragraph(self.name(lesson), HEADING)
        if study is not None:
            yield Paragraph(words.text(study.title), STRONG)
            members = ", ".join(member.name for member in study.members)
            yield Paragraph(self.say("teach.members", members=members or words.text(study.location)))
        yield Paragraph(self.say("teach.day", day=words.day(lesson.taught.case.as_of)))
        if not lesson.admissible:
            yield Paragraph(self.say("teach.only_gate"), NOTE)
        elif lesson.conclusions[words.library.roles.gate].open:
            yield Paragraph(self.say("teach.if_admissible"), NOTE)
        yield Paragraph(self.say("teach.steps_ahead", count=len(lesson.steps)), DIM)
        yield BLANK
        key = "teach.facts_changed" if changed else "teach.facts_study" if study else "teach.facts_file"
        yield Paragraph(self.say(key), HEADING)
        for given in lesson.facts:
            yield Paragraph(
                f"{words.label(given.question)}: {words.answer(given.question, given.answer)}", STRONG, BULLET
            )
            reading = words.reading(given.question, lesson)
            if reading and given.reading is not None:
                yield Paragraph(f"{reading} [{words.citations(given.reading.cites)}]", "", INNER)
        if lesson.unanswered:
            yield BLANK
            yield Paragraph(self.say("teach.not_answered", questions=words.questions(lesson.unanswered)), DIM)

    def name(self, lesson: Lesson) -> str:
        """Return what a lesson is called."""
        study = lesson.taught.study
        return study.name if study else lesson.taught.case.title or lesson.taught.name

    # -- a step ---------------------------------------------------------------------------------------------

    def step(self, lesson: Lesson, step: Step, page: Page) -> Iterator[Paragraph]:
        """Yield a step as it stands on a page: before its outcome, or with it."""
        return self.ask(lesson, step) if page == "ask" else self.shown(lesson, step)

    def ask(self, lesson: Lesson, step: Step) -> Iterator[Paragraph]:
        """Yield a step before its outcome: what is expected, from which facts, and which rules are ready."""
        yield from self._decision(lesson, step)
        yield Paragraph(self.say("teach.expect"), NOTE)
        yield from self._question(step)
        if step.kind in ("none", "open"):
            yield BLANK
            yield Paragraph(self.say("teach.expect_end"))
            return
        yield BLANK
        yield from self._facts_in(lesson, step, readings=True)
        yield from self._absent(step, lacks=False)
        yield BLANK
        yield from self._agenda(step)

    def shown(self, lesson: Lesson, step: Step) -> Iterator[Paragraph]:
        """Yield a step with its outcome: the fact out, the rule, its source, and what was passed over."""
        yield from self._decision(lesson, step)
        if step.conclusion is not None:
            yield from self._without_rule(step, step.conclusion)
            return
        yield Paragraph(self.say("teach.out"), GOOD)
        for name, value in step.out:
            yield Paragraph(self.words.stated(name, (value,)), f"{GOOD} bold", "  ⇒ ")
        yield BLANK
        if step.kind == "either":
            yield Paragraph(self.say("teach.either", questions=self.words.questions(step.whatever)))
        for saying in step.sayings[:MOST_WAYS]:
            yield from self._saying(saying, BULLET if step.kind == "either" else "  ")
        if len(step.sayings) > MOST_WAYS:
            yield Paragraph(self.say("teach.more_ways", count=len(step.sayings) - MOST_WAYS), DIM, BULLET)
        yield BLANK
        yield from self._facts_in(lesson, step, readings=False)
        for helper in step.helpers:
            yield Paragraph(self.say("teach.helped", text=self.words.text(helper.text)), DIM, BULLET)
        yield from self._absent(step, lacks=True)
        if step.kind == "fires" and step.whatever:
            yield Paragraph(self.say("teach.whatever", questions=self.words.questions(step.whatever)), DIM, "  ")
        yield from self._candidates(step)
        yield from self._after(lesson, step)

    def _decision(self, lesson: Lesson, step: Step) -> Iterator[Paragraph]:
        group = next(group for group in lesson.groups if group.decision == step.decision)
        title = self.words.text(group.title)
        note = f" ({self.say('teach.background')})" if step.background else ""
        yield Paragraph(self.say("teach.decision", decision=title) + note, DIM)
        yield BLANK

    def _question(self, step: Step) -> Iterator[Paragraph]:
        conclusion = self.words.library.conclusions.get(step.name)
        if conclusion is None:
            yield Paragraph(self.say("teach.expect_fact", fact=self.words.label(step.name)), STRONG)
            return
        yield Paragraph(self.words.text(conclusion.question), STRONG)
        if len(step.expected) > MOST_LISTED:
            yield Paragraph(self.words.values(step.name, step.expected), "", "  ")
            return
        for letter, value in zip(LETTERS, step.expected, strict=False):
            yield Paragraph(self.words.word(step.name, value), "", f"  {letter}. ")

    def _facts_in(self, lesson: Lesson, step: Step, *, readings: bool) -> Iterator[Paragraph]:
        yield Paragraph(self.say("teach.facts_in"), HEADING)
        if step.kind == "either":
            yield Paragraph(
                self.say("teach.not_all_known", questions=self.words.questions(step.whatever)), "", BULLET
            )
        elif not step.facts_in:
            yield Paragraph(self.say(self._without_facts(step)), "", BULLET)
        for fact in step.facts_in:
            yield Paragraph(self.words.fact_in(fact, lesson), "", BULLET)
            reading = self.words.reading(fact.name, lesson) if readings and not fact.steps else ""
            if reading:
                yield Paragraph(reading, DIM, INNER)

    def _without_facts(self, step: Step) -> str:
        """Return the key of what is said of a rule that no fact made fire."""
        if step.absent or step.whatever:
            return "teach.only_absent"
        return "teach.last_resort" if step.candidates else "teach.no_facts_in"

    def _absent(self, step: Step, *, lacks: bool) -> Iterator[Paragraph]:
        if step.absent:
            yield Paragraph(self.say("teach.absent"), HEADING)
        for fact in step.absent:
            yield Paragraph(self.words.absent(fact), "", BULLET)
            for lack in fact.lacks if lacks else ():
                yield Paragraph(self.say("teach.unmet", needs=self.words.needs(lack)), DIM, INNER)

    def _agenda(self, step: Step) -> Iterator[Paragraph]:
        count = len(step.agenda)
        yield Paragraph(
            self.say("teach.agenda", count=count) if count > 1 else self.say("teach.agenda_one"), HEADING
        )
        if step.agenda:
            yield Paragraph(self.say("teach.first", fact=self.words.label(step.agenda[0].name)), STRONG, "  ► ")
        others = step.agenda[1:]
        if others:
            yield Paragraph(self.say("teach.then", facts=self._counted(others)), DIM, "    ")

    def _counted(self, rules: Iterable[Ready]) -> str:
        """Return of which facts rules speak, and how many of them do where they are several."""
        rules = list(rules)
        counts = Counter(rule.name for rule in rules if not rule.helper)
        found = [self.words.label(name) + (f" ({count})" if count > 1 else "") for name, count in counts.items()]
        helpers = sum(rule.helper for rule in rules)
        return ", ".join([*found, *([self.say("teach.helpers", count=helpers)] if helpers else [])])

    def _after(self, lesson: Lesson, step: Step) -> Iterator[Paragraph]:
        """Yield how the agenda is another after a step: what has become ready, and what dropped out unfired."""
        following = lesson.steps[step.number].agenda if step.number < len(lesson.steps) else ()
        before, after = ({rule.rule for rule in agenda} for agenda in (step.agenda, following))
        came = [rule for rule in following if rule.rule not in before]
        went = [rule for rule in step.agenda if rule.withdrawn and rule.rule not in after]
        if came or went:
            yield BLANK
        if came:
            yield Paragraph(self.say("teach.came", facts=self._counted(came)), DIM)
        if went:
            yield Paragraph(self.say("teach.went", facts=self._counted(went)), DIM)

    def _saying(self, saying: Saying, lead: str) -> Iterator[Paragraph]:
        yield Paragraph(self.words.text(saying.text), "", lead)
        yield Paragraph(self.words.said_by(saying), DIM, " " * len(lead))

    def _without_rule(self, step: Step, conclusion: Conclusion) -> Iterator[Paragraph]:
        label = self.words.label(step.name)
        if step.kind == "none":
            said = self.words.concluded(conclusion)
            yield Paragraph(f"{label}: {said}", f"{GOOD} bold", "  ⇒ ")
            yield BLANK
            yield Paragraph(self.say("teach.nothing", count=step.considered, value=said), "", "  ")
            return
        yield Paragraph(self.say("teach.stays_open"), NOTE)
        yield Paragraph(label, STRONG, "  ? ")
        yield BLANK
        certain = self.words.certain(conclusion)
        if certain:
            values = self.words.values(step.name, certain)
            yield Paragraph(self.say("teach.even_so", values=values), "", "  ")
        yield Paragraph(self.words.possible(conclusion), "", "  ")
        questions = self.words.questions(conclusion.depends_on)
        yield Paragraph(self.say("report.depends", questions=questions), STRONG, "  ")

    # -- what was passed over -------------------------------------------------------------------------------

    def _candidates(self, step: Step) -> Iterator[Paragraph]:
        if not step.candidates:
            return
        of = step.candidates[0].of
        if of:
            yield Paragraph(self.say("teach.ranking", fact=self.words.label(of)), HEADING)
        else:
            yield Paragraph(self.say("teach.policy"), HEADING)
        for candidate in step.candidates:
            style = GOOD if candidate.kind == "chosen" else ""
            yield Paragraph(self._candidate(candidate), style, "  ✓ " if candidate.kind == "chosen" else "  ✗ ")
            if candidate.lack:
                yield Paragraph(self.say("teach.unfit", needs=self.words.needs(candidate.lack)), DIM, INNER)

    def _candidate(self, candidate: Candidate) -> str:
        value = self.words.word(candidate.name, candidate.value)
        count, every = len(candidate.covers), len(candidate.covers) + len(candidate.misses)
        match candidate.kind:
            case "earlier" | "later" | "unavailable" | "unsure":
                return self.say(f"teach.{candidate.kind}", value=value)
            case "chosen" if every:
                return self.say("teach.chosen", value=value, count=count, all=every)
            case "chosen":
                return self.say("teach.chosen_bare", value=value)
        if not every:
            return self.say("teach.beaten_bare", value=value)
        if candidate.even:
            return self.say("teach.beaten_even", value=value, count=count, all=every)
        missing = ", ".join(self.words.word(candidate.of, need) for need in candidate.misses)
        return self.say("teach.beaten", value=value, count=count, all=every, missing=missing)

    # -- conclusions so far ---------------------------------------------------------------------------------

    def so_far(self, lesson: Lesson, shown: Sequence[Step]) -> Iterator[Paragraph]:
        """Yield the conclusions that the steps so far have reached: settled, growing, open, or not reached."""
        yield Paragraph(self.say("teach.so_far"), HEADING)
        growing = {name for step in lesson.steps[len(shown) :] for name in (step.name, *dict(step.out))}
        for name in self.words.library.conclusions:
            about = [step for step in shown if name in dict(step.out) or (step.name == name and step.conclusion)]
            values = dict.fromkeys(value for step in about for fact, value in step.out if fact == name)
            if not about:
                yield Paragraph(self.words.label(name), DIM, " · ")
                continue
            mark = "?" if any(step.kind == "open" for step in about) else "+" if name in growing else "✓"
            style = GOOD if mark == "✓" else ""
            yield Paragraph(self.words.label(name), f"{style} bold", f" {mark} ")
            if values or mark == "✓":
                yield Paragraph(self.words.values(name, values) or self.say("report.none"), style, "   ")

    # -- the result -----------------------------------------------------------------------------------------

    def result(self, lesson: Lesson) -> tuple[list[Paragraph], list[Halves], list[Paragraph]]:
        """Return the result: what stands above, the rows (advisor, study), and what stands below."""
        study = lesson.taught.study
        if study is None:
            above = [Paragraph(self.say("teach.result_alone"), HEADING), Paragraph(self.say("teach.no_study"), DIM)]
            return [*above, BLANK, *self._conclusions(lesson, lesson.conclusions)], [], []
        above = [Paragraph(self.say("teach.result"), HEADING)]
        rows: list[Halves] = [
            ([Paragraph(self.say("teach.advisor_says"), GOOD)], [Paragraph(self.say("teach.study_says"), NOTE)])
        ]
        for aspect in FINDINGS:
            rows.append(
                (list(self._conclusions(lesson, self._beside(lesson, aspect))), [*self._record(study, aspect)])
            )
        left = self._beside(lesson, None)
        if left:
            rows.append((list(self._conclusions(lesson, left)), []))
        text = self.words.text
        below = [
            Paragraph(f"{self.say('cases.outcome')}: {text(study.outcome)}", STRONG),
            BLANK,
            Paragraph(f"{self.say('cases.lesson')}: {text(study.lesson)}", STRONG),
            Paragraph(f"[{self.words.citations(study.cites)}]", DIM),
            BLANK,
            Paragraph(self.say("teach.discuss"), NOTE),
        ]
        return above, rows, below

    def _beside(self, lesson: Lesson, aspect: Aspect | None) -> list[str]:
        """Return the conclusions about the same matter as an aspect of the study's findings."""
        conclusions = self.words.library.conclusions
        return [name for name in lesson.conclusions if conclusions[name].aspect == aspect]

    def _conclusions(self, lesson: Lesson, names: Iterable[str]) -> Iterator[Paragraph]:
        for name in names:
            conclusion = lesson.conclusions[name]
            yield Paragraph(self.words.label(name) + self.words.contested(conclusion), STRONG)
            yield Paragraph(self.words.concluded(conclusion), "" if conclusion.open else GOOD, "  ")
            if conclusion.open and conclusion.reason is None:
                questions = self.words.questions(conclusion.depends_on)
                yield Paragraph(self.say("report.depends", questions=questions), DIM, "  ")

    def _record(self, study: StudyCase, aspect: Aspect) -> Iterator[Paragraph]:
        text = self.words.text
        found: Text = getattr(study.findings, aspect)
        yield Paragraph(self.say(f"cases.{aspect}"), STRONG)
        yield Paragraph(text(found), "", "  ")
        for name in self.words.library.roles.lists_of_findings.get(aspect, ()):
            listed: tuple[Text, ...] = getattr(study, name)
            if listed:
                yield Paragraph(self.say(f"cases.{name}"), STRONG)
                for one in listed:
                    yield Paragraph(text(one), "", "  • ")

    # -- a comparison ---------------------------------------------------------------------------------------

    def comparison(
        self, comparison: Comparison, question: str, answer: str
    ) -> tuple[list[Paragraph], list[Halves]]:
        """Return what stands above both halves, and the rows: first what changed, then what stays."""
        changed = comparison.changed
        above = [Paragraph(self.say("teach.compared", question=self.words.label(question), answer=answer), HEADING)]
        if changed:
            counts = {"changed": len(changed), "all": len(comparison.conclusions)}
            above.append(Paragraph(self.say("teach.compared_many", **counts), NOTE))
        else:
            above.append(Paragraph(self.say("teach.compared_none"), NOTE))
        rules = {"begins": len(comparison.begins), "ends": len(comparison.ends)}
        above.append(Paragraph(self.say("teach.compared_rules", **rules), DIM))
        rows: list[Halves] = [
            ([Paragraph(self.say("teach.before"), STRONG)], [Paragraph(self.say("teach.after"), STRONG)])
        ]
        rows += [(self._side(one, one.before), self._side(one, one.after)) for one in changed]
        if comparison.same and changed:
            rows.append(([Paragraph(self.say("teach.unchanged"), NOTE)], []))
        rows += [(self._side(one, one.before), self._side(one, one.after)) for one in comparison.same]
        return above, rows

    def _side(self, compared: Compared, conclusion: Conclusion) -> list[Paragraph]:
        after = compared.changed and conclusion is compared.after
        style = "class:changed" if after else DIM if not compared.changed else ""
        lead = "≠ " if compared.changed else "  "
        label = self.words.label(conclusion.id)
        found = [
            Paragraph(label + self.words.contested(conclusion), style or STRONG, lead),
            Paragraph(self.words.concluded(conclusion), style, "    "),
        ]
        return [*found, *self.because(compared)] if after else found

    def because(self, compared: Compared) -> Iterator[Paragraph]:
        """Yield the rules that now say what changed."""
        for saying in compared.because:
            yield from self._saying(saying, "    ")

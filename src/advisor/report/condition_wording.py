"""What a rule asks for and what it concludes, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.inference.authored import Source, SourceRule
from advisor.inference.condition import Combination, Condition, Negation, Test
from advisor.inference.formula import IN_FORCE
from advisor.report.wording import Wording


@dataclass(frozen=True, slots=True)
class ConditionWording:
    """Writes conditions as their authors gave them, with the labels of one library."""

    wording: Wording

    def parts(self, condition: Condition) -> list[str]:
        """Return what a condition asks for, a text for each thing that must hold; none where it always holds."""
        if isinstance(condition, Combination) and condition.joint == "all":
            return [self.text(part) for part in condition.parts]
        return [self.text(condition)]

    def conclusions(self, source: Source) -> list[str]:
        """Return what a rule concludes; nothing of a ranking or shortfall, which names no value itself."""
        if not isinstance(source, SourceRule):
            return []
        copies = [f"{self.wording.label(name)} = {self.wording.label(other)}" for name, other in source.copies]
        return [*(self._is(name, value) for name, value in source.heads), *copies]

    def text(self, condition: Condition) -> str:
        """Return a condition as one text."""
        match condition:
            case Test():
                return self._test(condition)
            case Negation():
                return self.wording.say("condition.not", condition=self.text(condition.part))
            case Combination():
                tests = [part for part in condition.parts if isinstance(part, Test) and part.operator == "is"]
                if condition.joint == "any" and len(tests) == len(condition.parts):
                    return self._any_of(tests)
                joint = "report.and" if condition.joint == "all" else "condition.or"
                return f"({self.wording.say(joint).join(self.text(part) for part in condition.parts)})"

    def _any_of(self, tests: Sequence[Test]) -> str:
        """Return tests of which one must hold; the values of one question or fact follow each other."""
        texts = [self._test(test) for test in tests]
        names = {f"{self.wording.label(test.name)}: " for test in tests if test.name != IN_FORCE}
        name = names.pop() if len(names) == 1 else ""
        if name and all(text.startswith(name) for text in texts):
            return name + " / ".join(text.removeprefix(name) for text in texts)
        return f"({self.wording.say('condition.or').join(texts)})"

    def _test(self, test: Test) -> str:
        say, name = self.wording.say, test.name
        match test.operator:
            case "is" if name == IN_FORCE:
                return say("condition.in_force", law=self.wording.citation(test.values[0]))
            case "is":
                return self._is(name, test.values[0])
            case "over":
                return say("relation.over", question=self.wording.label(name), values=test.values[0])
            case "empty":
                empty = test.values[0] == "yes"
                return say("condition.empty" if empty else "condition.filled", name=self.wording.label(name))
            case "count":
                values = ", ".join(self._value(name, value) for value in test.values[1:])
                return say("condition.count", name=self.wording.label(name), count=test.values[0], values=values)

    def _is(self, name: str, value: str) -> str:
        fact = self.wording.library.all_facts.get(name)
        if fact is not None and fact.kind == "flag":
            label = self.wording.label(name)
            return label if value == "yes" else self.wording.say("condition.not", condition=label)
        return f"{self.wording.label(name)}: {self._value(name, value)}"

    def _value(self, name: str, value: str) -> str:
        """Return the label of an option, of a group of options, or of a value of a fact."""
        library = self.wording.library
        if name not in library.questions:
            return self.wording.text(library.label(name, value))
        labels = (group.label for group in library.groups if (group.question, group.id) == (name, value))
        label = next(labels, None)
        return self.wording.text(label) if label else self.wording.option(name, value)

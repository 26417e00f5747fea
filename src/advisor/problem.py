"""What is wrong with an input: where, what was expected, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from advisor.catalogue import say
from advisor.escaping import on_one_line
from advisor.text import Language, Text


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file; lines and columns count from 1, and 0 stands for the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        file = on_one_line(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: its place, a key of the message catalogue and what the message needs.

    The value `near`, if any, is the known name that is most like a wrong one.
    """

    place: Place
    key: str
    values: dict[str, str] = field(default_factory=dict)

    def in_language(self, language: Language) -> str:
        """Return `file:line:column: sentence` in `language`."""
        return f"{self.place}: {self.sentence(language)}"

    def sentence(self, language: Language) -> str:
        """Return what is wrong in `language`, without the place."""
        values = dict(self.values)
        if values.get("near"):
            values["near"] = say("near", language, near=values["near"])
        return say(self.key, language, **values)

    @property
    def text(self) -> Text:
        """What is wrong, without the place, in both languages."""
        return Text(id=self.sentence("id"), en=self.sentence("en"))


class InputError(Exception):
    """Input that cannot be used; `problems` lists every finding, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems, key=lambda p: (p.place, p.key)))
        super().__init__("\n".join(problem.in_language("en") for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[object, ...]]:
        # An error that comes back from another process is made anew from what it was made of.
        return type(self), (self.problems,)

    def in_language(self, language: Language) -> str:
        """Return all findings, one a line."""
        return "\n".join(problem.in_language(language) for problem in self.problems)


class KnowledgeError(InputError):
    """kbase/ or rules/ cannot be used."""


class AnswersError(InputError):
    """An answers file cannot be used."""


class ContradictionError(AnswersError):
    """The answers contradict each other; `questions` are the questions that take part."""

    def __init__(self, problems: Iterable[Problem], questions: Iterable[str]) -> None:
        super().__init__(problems)
        self.questions: tuple[str, ...] = tuple(dict.fromkeys(questions))

    def __reduce__(self) -> tuple[type[ContradictionError], tuple[object, ...]]:
        return ContradictionError, (self.problems, self.questions)


class DisagreementError(RuntimeError):
    """Two readers of the rule base gave different results: a defect of this program, never of the input.

    `facts` have different values, and `rules` fired for one of them alone.
    """

    def __init__(self, facts: Iterable[str], rules: Iterable[str]) -> None:
        self.facts = tuple(sorted(facts))
        self.rules = tuple(sorted(rules))
        super().__init__(f"experta and the bulk reader differ: {self.facts} {self.rules}")

    def __reduce__(self) -> tuple[type[DisagreementError], tuple[tuple[str, ...], tuple[str, ...]]]:
        # An error that comes back from another process is made anew from what it was made of.
        return DisagreementError, (self.facts, self.rules)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like `name`, or "" where none comes near."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def place_of(path: Path | str, line: int = 0, column: int = 0) -> Place:
    """Return a place whose file is written relative to the working directory where that is shorter."""
    text = str(path)
    try:
        relative = str(Path(path).resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        relative = text
    return Place(relative if len(relative) < len(text) else text, line, column)


class UsageError(Exception):
    """The words of the command line cannot be used; the message is ready to be shown."""

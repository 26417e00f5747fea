"""The parser of the command line: argparse, in the language asked for."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from functools import partial
from typing import Any, Final, NoReturn

from advisor.catalogue import say
from advisor.problem import UsageError, nearest
from advisor.text import Language

REASONS: Final = (
    (r"the following arguments are required: (?P<names>.+)", "cli.required"),
    (r"unrecognized arguments: (?P<words>.+)", "cli.unrecognised"),
    (r"one of the arguments (?P<names>.+) is required", "cli.one_required"),
    (r"argument (?P<name>.+?): expected (?:at least )?one argument", "cli.needs_value"),
    (r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)", "cli.not_together"),
    (r"argument (?P<name>.+?): ignored explicit argument (?P<given>.+)", "cli.takes_no_value"),
    (r"argument (?P<name>.+?): invalid choice: (?P<given>.+) \(choose from (?P<known>.+)\)", "cli.no_choice"),
    (r"argument (?P<name>.+?): (?P<reason>.+)", "cli.bad_value"),
    (r"(?P<said>.+)", "cli.other"),
)
"""What argparse says of words that it cannot take, and what is said instead; the first that fits."""


class Formatter(argparse.HelpFormatter):
    """Lays out help as argparse does, with the word for "usage" in a language."""

    def __init__(self, language: Language, **settings: Any) -> None:
        super().__init__(**settings)
        self._language: Language = language

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Add the line that shows how the command is used."""
        if prefix is None:
            prefix = say("cli.usage", self._language) + " "
        super().add_usage(usage, actions, groups, prefix)


class Parser(argparse.ArgumentParser):
    """A parser that raises instead of leaving the program, and speaks a language."""

    def __init__(self, language: Language, **settings: Any) -> None:
        super().__init__(
            formatter_class=partial(Formatter, language),
            add_help=False,
            allow_abbrev=False,
            **settings,
        )
        self.language: Language = language
        self._positionals.title = say("cli.arguments", language)
        self._optionals.title = say("cli.options", language)
        self.add_argument("-h", "--help", action="help", help=say("cli.help", language))

    @property
    def commands(self) -> tuple[str, ...]:
        """The names of the commands, where there are any."""
        made = (action for action in self._actions if isinstance(action, argparse._SubParsersAction))
        return tuple(name for action in made for name in action.choices)

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError` with the usage of the command."""
        reason = reason_in(self.language, message)
        raise UsageError(self.format_usage() + say("cli.usage_error", self.language, reason=reason))

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Leave after --help or --version."""
        raise SystemExit(status)


def reason_in(language: Language, message: str) -> str:
    """Return what argparse says in a language; its own words, in quotation marks, where they are nothing known."""
    found, key = next((m, key) for pattern, key in REASONS if (m := re.fullmatch(pattern, message, re.DOTALL)))
    told = found.groupdict()
    if "known" in told:
        known = re.findall(r"[^', ]+", told["known"])
        near = nearest(told["given"].strip("'"), known)
        told["known"] = ", ".join(known)
        told["near"] = say("near", language, near=near) if near else ""
    return say(key, language, **told)

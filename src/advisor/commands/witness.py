"""`advisor witness`: cases that fire each rule or just miss it, as scenarios for a person to approve."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from advisor.catalogue import say
from advisor.commands.common import DONE, knowledge_of
from advisor.commands.progress import with_progress
from advisor.output import opened
from advisor.problem import UsageError, nearest
from advisor.text import Language
from advisor.verify.witness.proposal import proposals
from advisor.verify.witness.witness import Witnesses
from advisor.yaml_text import yaml_text


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write the scenarios. Raises `UsageError` where no rule has one of the names that were given."""
    knowledge = knowledge_of(arguments)
    witnesses = Witnesses(knowledge, arguments.as_of)
    every = [source.shape.id for source in witnesses.sources(())]
    for prefix in arguments.rules_named:
        if not any(name.startswith(prefix) for name in every):
            near = nearest(prefix, every)
            told = say("near", language, near=near) if near else ""
            raise UsageError(say("mutation.no_rule", language, name=prefix, near=told))
    scenarios: list[dict[str, Any]] = []
    count = len(witnesses.sources(arguments.rules_named))
    for witness in with_progress(witnesses.of(arguments.rules_named), count):
        scenarios += proposals(knowledge, witness, language)
        if witness.fires is None:
            told = say("witness.never", language, place=witness.source.place, rule=witness.source.shape.id)
            print(told, file=sys.stderr)
    with opened(arguments.output) as stream:
        stream.write(say("witness.comment", language) + "\n")
        stream.write(yaml_text({"scenarios": scenarios}))
    print(say("witness.done", language, scenarios=len(scenarios), rules=count), file=sys.stderr)
    return DONE

"""`advisor witness`: cases that fire each rule or just miss it, as scenarios for a person to approve."""

from __future__ import annotations

import argparse
from typing import Any

from advisor.catalogue import say
from advisor.commands.common import DONE, knowledge_of, refuse_unknown_rules
from advisor.commands.progress import showing_progress
from advisor.output import opened, tell
from advisor.text import Language
from advisor.verify.witness.proposal import proposals
from advisor.verify.witness.witness import Witnesses
from advisor.yaml_text import yaml_text


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write the scenarios. Raises `UsageError` where no rule has one of the names that were given."""
    knowledge = knowledge_of(arguments)
    witnesses = Witnesses(knowledge, arguments.as_of)
    every = [source.shape.id for source in knowledge.rulebase.authored]
    refuse_unknown_rules(arguments.rules_named, every, language)
    scenarios: list[dict[str, Any]] = []
    sources = witnesses.sources(arguments.rules_named)
    with showing_progress(map(witnesses.of, sources), len(sources)) as found:
        for witness in found:
            scenarios += proposals(knowledge, witness, language)
            if witness.fires is None:
                tell(say("witness.never", language, place=witness.source.place, rule=witness.source.shape.id))
    with opened(arguments.output) as stream:
        stream.write(say("witness.comment", language) + "\n")
        stream.write(yaml_text({"scenarios": scenarios}))
    tell(say("witness.done", language, scenarios=len(scenarios), rules=len(sources)))
    return DONE

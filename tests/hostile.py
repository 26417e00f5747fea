"""Knowledge that is written to do harm: what is added to a copy of the built-in folders."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from knowledge_copy import EXTRA, Copy

QUESTIONS = "kbase/questions/90-extra.yaml"
FACTS = "kbase/facts.yaml"
CONCLUSIONS = "kbase/conclusions.yaml"

Entry = dict[str, Any]


def text(word: str) -> Entry:
    return {"id": f"Teks {word}.", "en": f"Text {word}."}


def choices(name: str, options: Iterable[str]) -> Entry:
    """Return a question of which any number of options can be chosen."""
    return {
        "id": name,
        "type": "choices",
        **{part: text(part) for part in ("text", "short", "help")},
        "options": [{"id": option, "label": text(option)} for option in options],
        "source": ["pp28-2018:4-1"],
        "control": "own",
    }


def flag(name: str) -> Entry:
    """Return a fact that holds or does not."""
    return {"id": name, "kind": "flag", "label": text(name)}


def rule(name: str, when: Any, then: Entry) -> Entry:
    grounds = {"cites": ["prasetya-2013:10"], "authority": "study", "provenance": "verified"}
    return {"id": f"extra.{name}", "when": when, "then": then, "because": text(name), **grounds}


def add_questions(copy: Copy, questions: Sequence[Entry]) -> None:
    topic = {"topic": "extra", "order": 90, "title": text("topic"), "questions": questions}
    copy.path(QUESTIONS).write_text(json.dumps(topic), "utf-8")


def add_facts(copy: Copy, facts: Iterable[Entry]) -> None:
    copy.append(FACTS, "".join(f"  - {json.dumps(fact)}\n" for fact in facts))


def add_conclusion(copy: Copy, name: str, *values: str) -> None:
    """Add a conclusion that lists any number of these values."""
    conclusion = {**flag(name), "kind": "many", "values": values, "question": text("question")}
    copy.append(CONCLUSIONS, f"  - {json.dumps(conclusion)}\n")


def add_rules(copy: Copy, rules: Sequence[Entry], first: Sequence[str] = ()) -> None:
    """Write one rule a line; the first stands on line 2."""
    lines = ",\n".join(map(json.dumps, rules))
    head = json.dumps({"decision": "extra", "title": text("decision"), "first": first})[:-1]
    copy.path(EXTRA).write_text(f'{head}, "rules": [\n{lines}\n]}}', "utf-8")


def pigeons(holes: int) -> list[str]:
    """Return options that say of each of `holes` + 1 pigeons whether it is in each hole."""
    return [f"p{pigeon}h{hole}" for pigeon in range(holes + 1) for hole in range(holes)]


def pigeonhole(question: str, holes: int) -> Entry:
    """Return the condition that each pigeon has a hole of its own: never true, and very hard to prove so."""

    def there(pigeon: int, hole: int) -> Entry:
        return {question: f"p{pigeon}h{hole}"}

    flock = range(holes + 1)
    housed = [{"any": [there(pigeon, hole) for hole in range(holes)]} for pigeon in flock]
    alone = [
        {"not": {"all": [there(pigeon, hole), there(other, hole)]}}
        for hole in range(holes)
        for pigeon in flock
        for other in range(pigeon)
    ]
    return {"all": [*housed, *alone]}
